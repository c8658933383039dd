"""The demo newsroom: a few people and articles, written for this product, to try everything at once."""
