"""Editions, the public site, feeds, static export, readers."""
