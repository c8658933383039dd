"""Commands of the termbase."""
