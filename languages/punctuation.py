"""The marks of French and Arabic: which takes which space before it, which stands for a Latin one."""

NBSP, NNBSP = "\u00a0", "\u202f"

# Imprimerie nationale; either space is right to a reader, the narrow one is the finer. « takes NBSP behind it.
FRENCH_SPACES = {":": NBSP, ";": NNBSP, "!": NNBSP, "?": NNBSP, "%": NBSP, "»": NBSP}

ARABIC_MARKS = {",": "،", ";": "؛", "?": "؟"}
