"""The termbase: concepts, terms, and the matcher that finds them."""
