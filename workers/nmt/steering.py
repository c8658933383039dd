"""Gets lost numbers into a draft without splicing: the draft is begun again, up to and with the number.

Prefix-constrained decoding: everything before the place where the number belongs is kept, the number is
written there, and the model goes on from it, so that what follows agrees with it. The place is where the
draft has a number the source has not, or else the word that owes most attention to the number. Where the
model substituted one number for another and steering failed, `corrected` puts the source's in its place.
"""

import re

from . import numbers
from .edits import Edited
from .engine import Draft
from .numbers import Number
from .tagged import Note, note

_RANGE = re.compile(r"\d[\d.,]*(?:\s?[-–/]\s?\d[\d.,]*\b)+")
_STUTTER = re.compile(r"\b(\w{3,})(?:\s+\1\b)+")
# Where a stutter takes more of the draft than this, the rest is not to be trusted either.
STUTTER_SHARE = 0.4


def prefix(sentence: str, draft: Draft, source: str, target: str) -> str | None:
    """The beginning that the next attempt must have; None when no number is lost or its place unknown."""
    lost = numbers.lost(sentence, draft.text, source, target)
    if not lost:
        return None
    added = numbers.added(sentence, draft.text, source, target)
    if added:
        at = added[0].start
        number = max(lost, key=lambda number: _weight(draft, number, added[0].start, added[0].end))
    else:
        places = [(place, number) for number in lost if (place := _place(draft, number)) is not None]
        if not places:
            return None
        at, number = min(places, key=lambda pair: pair[0])
    return draft.text[:at] + _written(sentence, number, target)


def _written(sentence: str, number: Number, target: str) -> str:
    """The number, or the whole range it belongs to ("2–3"), as the target locale writes it."""
    for match in _RANGE.finditer(sentence):
        if match.start() <= number.start and number.end <= match.end():
            return match.group()
    return numbers.write(number, target)


def _weight(draft: Draft, number: Number, start: int, end: int) -> float:
    """How much of draft[start:end] the model owes to the number."""
    return sum(
        link.weight
        for link in draft.alignment
        if link.source_start < number.end
        and number.start < link.source_end
        and link.target_start < end
        and start < link.target_end
    )


def _place(draft: Draft, number: Number) -> int | None:
    """Where the word begins that owes most to the number."""
    words = [match.span() for match in re.finditer(r"\S+", draft.text)]
    weights = [_weight(draft, number, *word) for word in words]
    best = max(weights, default=0.0)
    return words[weights.index(best)][0] if best > 0 else None


def corrected(sentence: str, draft: Draft, source: str, target: str) -> tuple[Edited, list[Note]] | None:
    """The draft with each wrong number replaced by the source's number it stands for, and remarks on it.

    Only where the alignment says which one that is, and both are numbers of the same kind; None when that
    does not account for every lost and added number.
    """
    lost = numbers.lost(sentence, draft.text, source, target)
    added = numbers.added(sentence, draft.text, source, target)
    if not lost or len(lost) != len(added):
        return None
    edited, edits, remarks = Edited(draft.text), [], []
    for wrong in added:
        right = max(lost, key=lambda number: _weight(draft, number, wrong.start, wrong.end))
        if right.kind != wrong.kind or not _weight(draft, right, wrong.start, wrong.end):
            return None
        lost.remove(right)
        edits.append((wrong.start, wrong.end, numbers.write(right, target)))
        remarks.append(
            note(
                "The draft said %(wrong)s where the source says %(right)s; it was corrected: please check.",
                wrong=wrong.text,
                right=right.text,
            )
        )
    edited.replace(edits)
    return edited, remarks


def unstuttered(draft: Draft) -> tuple[Edited, list[Note]] | None:
    """The draft without words said again at once ("a également également"), and a remark; else None."""
    found = list(_STUTTER.finditer(draft.text))
    again = sum(match.end() - match.end(1) for match in found)
    if not found or again > STUTTER_SHARE * len(draft.text):
        return None
    edited = Edited(draft.text)
    edited.replace([(match.end(1), match.end(), "") for match in found])
    said = ", ".join(match.group(1) for match in found)
    return edited, [note("The draft repeated “%(words)s”; it was said once: please check.", words=said)]
