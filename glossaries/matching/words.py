"""Words with their offsets: the one tokeniser of sources, targets and terms."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

# Combining marks, tatweel and joiners are inside words; apostrophes and hyphens part them.
_INSIDE = (
    "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u200c\u200d"
)
_ARABIC = "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06fa-\u06ff"
# Arabic letters, digits and other letters never share a word: كوفيد19 and بـTor are two words, H1N1 four.
_WORD = re.compile(
    rf"[{_ARABIC}](?:[{_ARABIC}{_INSIDE}])*|\d+|[^\W\d_{_ARABIC}](?:[^\W\d_{_ARABIC}]|[{_INSIDE}])*"
)
_SENTENCE_END = re.compile(r"[.!?;؟؛…\n]")
_APOSTROPHES = frozenset("'’ʼ`´‘")
_HYPHENS = frozenset("-‐‑–־")
_ASCII_DIGITS = {ord(c): str(unicodedata.digit(c)) for c in "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"}


class Word(NamedTuple):
    """One word of a text: characters [start, end), its sentence, and how it hangs on the word before.

    `joint` is "" for a space or any punctuation, "'" for an apostrophe, "-" for a hyphen without spaces.
    """

    text: str
    start: int
    end: int
    sentence: int
    joint: str = ""


def words(text: str) -> list[Word]:
    """Part a text into words; offsets count characters of `text` as given."""
    found: list[Word] = []
    sentence, last = 0, 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        joint = ""
        if start > last + 1 or (start > last and text[last] != " "):
            between = text[last:start]
            if len(between) == 1 and found:
                joint = "'" if between in _APOSTROPHES else "-" if between in _HYPHENS else ""
            if found and not joint and _SENTENCE_END.search(between) and not _decimal(between, text[start]):
                sentence += 1
        found.append(Word(text[start:end], start, end, sentence, joint))
        last = end
    return found


@lru_cache(maxsize=16384)
def term_words(term: str) -> tuple[Word, ...]:
    """The words of a term, remembered: the same few terms are asked for again and again."""
    return tuple(words(term))


def _decimal(between: str, after: str) -> bool:
    return between == "." and after.isdigit()


def ascii_digits(text: str) -> str:
    """Arabic-Indic digits written as 0-9: ٢٠١٩ and 2019 are one number."""
    return text.translate(_ASCII_DIGITS)


def fold(text: str) -> str:
    """Case, accents, ligatures and digit shapes taken off a Latin word: Œuvre and oeuvre are one."""
    if text.isascii():
        return text.lower()
    text = ascii_digits(text.casefold()).replace("œ", "oe").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
