"""Neural machine translation: engines side by side, and the pipeline that makes drafts one can trust.

Pure Python, no Django. Read in this order: engine (the interface), drafting (the pipeline), guards (what
is refused), ladder (what is tried before giving up), registry (which model is loaded).
"""
