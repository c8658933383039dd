"""Translations and their units; asks the workers for drafts and stores them."""
