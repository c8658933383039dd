"""Sentences of a paragraph, each with its place in it.

`sentencex` cuts; a small layer joins what it cuts after a title or an abbreviation it does not know (it cuts
after "Ms."), and cuts what it leaves whole after an ellipsis or a bracket.
"""

import re
from dataclasses import dataclass
from itertools import accumulate, pairwise

# A sentence cannot end here: a title and its name, an abbreviation and what it introduces, "1." and its item.
_UNFINISHED = re.compile(
    r"(?:^|[\s(\[“\"])(?:"
    r"Ms|Mss|Messrs|Mme|Mmes|Mlle|Amb|Eng|Engr|Arch|H\.E|H\.H|H\.R\.H|H\.M|Exc|Sh|Hon|Pres|Maj|Brig|Capt|Cmdr|Adm"
    r"|approx|incl|excl|vols?|nos?|figs?|arts?|paras?|eds?|transl|tel|ext|e\.g|i\.e|cf|viz|vs|al-?"
    r")\.$",
    re.IGNORECASE,
)
# Single letters and numbers end a sentence unless they begin it ("1. Item", but "this is point 1.").
_LABEL = re.compile(r"^(?:\d{1,2}|[A-Za-z]|[ivxIVX]+)\.$")
_SINGLE = re.compile(r"(?:^|\s)(?:\d{1,2}|[A-Za-z]|[ivx]+)\.$", re.IGNORECASE)
_ZONE = re.compile(r"(?:GMT|UTC|CET|local time|Makkah)\b")
_MISSED = re.compile(r"(?:(?<=…)|(?<=[.!?…][)\]])|(?<=[.!?…][)\]][”\"»]))\s+(?=[“\"«(]?[A-Z0-9])")
_PLAIN_END = re.compile(r"(?<=[.!?…])\s+(?=[“\"«(]?[A-Z0-9])")


@dataclass(frozen=True)
class Piece:
    """text == whole[start:end]; no white space at either end, never empty."""

    text: str
    start: int
    end: int


def split(text: str, locale: str = "en") -> list[Piece]:
    """The sentences of `text` in order; what lies between them is white space only."""
    bounds = [0]
    for end in _cut(text, locale):
        if len(bounds) > 1 and _unfinished(
            text[bounds[-2] : bounds[-1]].strip(), text[bounds[-1] :].lstrip()
        ):
            bounds.pop()
        bounds.append(end)
    order = sorted({*bounds, len(text), *(match.end() for match in _MISSED.finditer(text))})
    pieces = (_stripped(text, start, end) for start, end in pairwise(order))
    return [piece for piece in pieces if piece]


def _cut(text: str, locale: str) -> list[int]:
    """Where sentencex ends its sentences."""
    import sentencex

    # One blank for each kind of white space: sentencex 1.0.32 counts bytes and panics at some wide ones.
    plain = re.sub(r"[^\S\n]", " ", text)
    try:
        lengths = [len(sentence) for sentence in sentencex.segment(locale, plain)]
    except BaseException as error:
        # A panic in Rust is no Exception; it must not take the worker with it.
        if type(error).__name__ != "PanicException":
            raise
        return [match.end() for match in _PLAIN_END.finditer(text)]
    return list(accumulate(lengths)) if sum(lengths) == len(text) else []


def _unfinished(before: str, after: str) -> bool:
    """Whether a cut between the two was wrong."""
    if re.search(r"\b[ap]\.m\.$", before):
        return bool(_ZONE.match(after))
    if _SINGLE.search(before):
        return bool(_LABEL.match(before))
    if re.search(r"\s[À-Þ]\.$", before):
        # An accented initial: "Mr. É. Diallo".
        return after[:1].isupper()
    return bool(_UNFINISHED.search(before))


def _stripped(text: str, start: int, end: int) -> Piece | None:
    inside = text[start:end]
    stripped = inside.strip()
    if not stripped:
        return None
    start += len(inside) - len(inside.lstrip())
    return Piece(stripped, start, start + len(stripped))
