"""Scripts and spellings: which letters are Latin or Arabic, and Arabic words in one spelling."""

import re

LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")

_FOLD = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ـ": None})
VOWEL_SIGNS = "\u064b-\u065f\u0670"
_VOWEL_SIGN = re.compile(f"[{VOWEL_SIGNS}]")


def folded(word: str) -> str:
    """An Arabic word without vowel signs and with its spelling variants levelled."""
    return _VOWEL_SIGN.sub("", word).translate(_FOLD)


def places(text: str) -> list[int]:
    """Where each character that `folded` leaves stood in the text, and the text's end."""
    return [at for at, letter in enumerate(text) if letter != "ـ" and not _VOWEL_SIGN.match(letter)] + [
        len(text)
    ]
