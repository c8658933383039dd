"""People, their roles and the languages they work in."""
