"""Articles, their immutable revisions and their segments."""
