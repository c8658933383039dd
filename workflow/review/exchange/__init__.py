"""Translations out to other tools and back: PO and XLIFF 2.1, and the merge of what comes back."""
