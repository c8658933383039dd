"""Arabic letters in one spelling: vowel marks off, alef, ya, ta marbuta and the seats of hamza folded."""

from __future__ import annotations

import re
import unicodedata

from glossaries.matching.words import ascii_digits

_MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c-\u200f]")
_LETTERS = str.maketrans(
    dict(zip("أإآٱىةؤئیکگڤپچ", "اااايهءءيككفبج", strict=True)),
)


def bare(word: str) -> str:
    """A word without vowel marks, tatweel and joiners."""
    return _MARKS.sub("", unicodedata.normalize("NFC", word))


def spelling(word: str) -> str:
    """A bare word in the one spelling used for comparing."""
    return ascii_digits(word.translate(_LETTERS))
