"""Reads documents people hand in (Markdown, HTML, DOCX, plain text) into canonical article HTML."""
