"""The place of a dateline in capitals ("RABAT, 3 November 2026"): models know places in small letters only."""

import re

from languages import dates

_PLACE = re.compile(r"[^\W\d_]+(?:[ .'’-]+[^\W\d_]+){0,4}(?=(?: \([^()]{1,40}\))?, )")
_END_OF_PLACE = re.compile(r"[,،(]")
# The date follows close behind: a day of the week and a day of the month at most stand before the month.
_NEAR = 20


def spoken(text: str, locale: str) -> str:
    """The text with the place of its dateline in small letters, a capital each; else the text as it is.

    Only a place that a date follows is one for certain: "ICESCO, Mali Discuss …" is not. Lengths stay, so
    that offsets in one are offsets in the other.
    """
    place = _PLACE.match(text)
    if place is None or not place.group().isupper() or len(place.group()) < 3:
        return text
    rest = text[text.index(", ", place.end()) + 2 :]
    near = any(name.start <= _NEAR and dates.dated(rest, name) for name in dates.find(rest, locale))
    small = place.group().title()
    return small + text[place.end() :] if near and len(small) == place.end() else text


def written(draft: str) -> str:
    """The draft of such a text with its place in capitals again, where its script has them; lengths stay."""
    end = _END_OF_PLACE.search(draft)
    place = draft[: end.start()] if end else ""
    capitals = place.upper()
    return capitals + draft[len(place) :] if len(capitals) == len(place) else draft
