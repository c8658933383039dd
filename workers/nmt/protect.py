"""Keeps what must not change: the text round it is translated piece by piece, the thing itself is copied.

Placeholders were tried first ("{0}", "<1>", "XX1"): no small model copies them reliably, and one that is lost
or doubled leaves no way back. Islands need no such trust, cost some fluency round the island, and are used
only where the model lost the item.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from languages import dates
from languages.addresses import addresses, handles

from . import numbers

# A day or a range of days before a month's name, a year after it.
_DAY = re.compile(r"\b\d{1,2}(?:\s?[-–]\s?\d{1,2})?\s$")
_YEAR = re.compile(r",?\s(\d{4})\b")


@dataclass(frozen=True)
class Island:
    """source[start:end] becomes `text` in the draft, whatever the model says."""

    start: int
    end: int
    text: str


def items(sentence: str, protected: Sequence[tuple[int, int]] = ()) -> list[Island]:
    """Addresses, handles and protected spans, as they are; overlapping ones become one."""
    spans = sorted([*_fixed(sentence), *protected])
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        elif start < end:
            merged.append((start, end))
    return [Island(start, end, sentence[start:end]) for start, end in merged]


def _fixed(sentence: str) -> list[tuple[int, int]]:
    return [(start, end) for _, start, end in [*addresses(sentence), *handles(sentence)]]


def figures(sentence: str, locale: str, target: str) -> list[Island]:
    """Dates and numbers, as the target locale writes them."""
    islands = []
    for name in dates.find(sentence, locale):
        if not dates.dated(sentence, name) or dates.write(name.kind, name.number, target) is None:
            continue
        written = [dates.write(name.kind, name.number, target) or ""]
        start, end = name.start, name.end
        if name.kind == "month":
            if day := _DAY.search(sentence[:start]):
                start = day.start()
                text = day.group().strip()
                written.insert(0, "1er" if text == "1" and target.startswith("fr") else text)
            if year := _YEAR.match(sentence, end):
                end = year.end()
                written.append(year.group(1))
        islands.append(Island(start, end, " ".join(written)))
    taken = [(island.start, island.end) for island in islands] + _fixed(sentence)
    for number in numbers.find(sentence, locale):
        if not any(start < number.end and number.start < end for start, end in taken):
            islands.append(Island(number.start, number.end, numbers.write(number, target)))
    return sorted(islands, key=lambda island: island.start)
