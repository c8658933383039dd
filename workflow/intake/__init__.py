"""Documents in: form, upload, feeds, API and command line."""
