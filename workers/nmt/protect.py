"""Keeps what must not change: the text round it is translated piece by piece, the thing itself is copied.

Placeholders were tried first ("{0}", "<1>", "XX1"): no small model copies them reliably, and one
that is lost or doubled leaves no way back. Islands need no such trust, cost some fluency round the island, and
are used only where the model lost the item.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from . import numbers
from .guards import HARD

_MONTH_NAMES = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
}
_MONTHS = {locale: names.split() for locale, names in _MONTH_NAMES.items()}
_DATE = re.compile(
    rf"(?P<day>\d{{1,2}}(?:\s?[-–]\s?\d{{1,2}})?)?\s?(?P<month>{'|'.join(_MONTHS['en'])})(?:,?\s(?P<year>\d{{4}}))?\b"
)


@dataclass(frozen=True)
class Island:
    """source[start:end] becomes `text` in the draft, whatever the model says."""

    start: int
    end: int
    text: str


def items(sentence: str, protected: Sequence[tuple[int, int]] = ()) -> list[Island]:
    """Addresses, handles and protected spans, as they are; overlapping ones become one."""
    spans = sorted([match.span() for match in HARD.finditer(sentence)] + list(protected))
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        elif start < end:
            merged.append((start, end))
    return [Island(start, end, sentence[start:end]) for start, end in merged]


def figures(sentence: str, locale: str, target: str) -> list[Island]:
    """Dates and numbers, as the target locale writes them."""
    islands = []
    language = target.split("-")[0]
    for match in _DATE.finditer(sentence) if language in _MONTHS else ():
        day, year = match["day"], match["year"]
        if not day and not year:
            continue
        month = _MONTHS[language][_MONTHS["en"].index(match["month"])]
        if day == "1" and language == "fr":
            day = "1er"
        islands.append(Island(*match.span(), " ".join(part for part in (day, month, year) if part)))
    taken = [(island.start, island.end) for island in islands] + [m.span() for m in HARD.finditer(sentence)]
    for number in numbers.find(sentence, locale):
        if not any(start < number.end and number.start < end for start, end in taken):
            islands.append(Island(number.start, number.end, numbers.write(number, target)))
    return sorted(islands, key=lambda island: island.start)
