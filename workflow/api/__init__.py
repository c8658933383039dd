"""The REST API, version 1: the same steps people take on the desk, for other programs."""
