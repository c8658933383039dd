"""What changed between two revisions of a source: segments paired old to new, and words compared.

Segments are paired by their text, not by their key: keys count blocks, so one new paragraph shifts all keys
after it. Pure functions over (key, text) pairs; texts are in text form (codes.py).
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from . import codes

UNCHANGED, MOVED, CHANGED, ADDED, REMOVED = "unchanged", "moved", "changed", "added", "removed"

# Below half the characters in common, the old target helps nobody; a new draft is better.
SIMILAR = 0.5
# Every old text is compared with every new one up to this many comparisons (half a second); in longer texts
# a new one is compared only with its neighbours in the same gap between two unchanged segments.
_COMPARISONS = 60_000
_NEIGHBOURS = 30


@dataclass(frozen=True)
class Pairing:
    """An old and a new segment that belong together; one of the keys is None for added and removed ones.

    `similarity` runs from 0 to 1 (1: the same text).
    """

    old: str | None
    new: str | None
    change: str
    similarity: float


def align(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> list[Pairing]:
    """Pairs the segments, (key, text) each, of an old and a new revision.

    Returns one pairing per new segment in the order of the new revision, then the removed old ones in
    theirs. No old segment is used twice. The same text elsewhere is "moved"; where everything moved down
    because of an insertion, it is "unchanged".
    """
    same = _same_text(old, new)
    steady = _longest_rising(same)
    similar = _similar(old, new, same, steady)
    found: list[Pairing] = []
    for position, (key, _) in enumerate(new):
        if position in same:
            change = UNCHANGED if position in steady else MOVED
            found.append(Pairing(old[same[position]][0], key, change, 1.0))
        elif position in similar:
            match, similarity = similar[position]
            found.append(Pairing(old[match][0], key, CHANGED, similarity))
        else:
            found.append(Pairing(None, key, ADDED, 0.0))
    used = {*same.values(), *(match for match, _ in similar.values())}
    found.extend(Pairing(key, None, REMOVED, 0.0) for at, (key, _) in enumerate(old) if at not in used)
    return found


def _same_text(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> dict[int, int]:
    """New position → old position of the same text; repeated texts are paired in order."""
    waiting: dict[str, list[int]] = defaultdict(list)
    for at in reversed(range(len(old))):
        waiting[old[at][1]].append(at)
    return {at: waiting[text].pop() for at, (_, text) in enumerate(new) if waiting[text]}


def _longest_rising(same: dict[int, int]) -> dict[int, int]:
    """The largest part of the pairs in which both sides rise: what did not move (patience sorting)."""
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for new_at, old_at in same.items():
        place = bisect_left(tails, old_at)
        before[new_at] = ends[place - 1] if place else None
        tails[place : place + 1] = [old_at]
        ends[place : place + 1] = [new_at]
    steady: dict[int, int] = {}
    at = ends[-1] if ends else None
    while at is not None:
        steady[at] = same[at]
        at = before[at]
    return steady


def _similar(
    old: Sequence[tuple[str, str]],
    new: Sequence[tuple[str, str]],
    same: dict[int, int],
    steady: dict[int, int],
) -> dict[int, tuple[int, float]]:
    """New position → (old position, similarity) for the best pairs among the texts without a twin."""
    taken = set(same.values())
    olds = [at for at in range(len(old)) if at not in taken]
    news = [at for at in range(len(new)) if at not in same]
    anchors = sorted(steady)
    old_anchors = [steady[at] for at in anchors]
    gap_of_new = {at: bisect_left(anchors, at) for at in news}
    gap_of_old = {at: bisect_left(old_anchors, at) for at in olds}
    everywhere = len(olds) * len(news) <= _COMPARISONS
    old_in_gap: dict[int, list[int]] = defaultdict(list)
    for at in olds:
        old_in_gap[gap_of_old[at]].append(at)
    seen_in_gap: Counter[int] = Counter()
    scored: list[tuple[float, bool, int, int, int]] = []
    for new_at in news:
        gap = gap_of_new[new_at]
        near = max(0, seen_in_gap[gap] - _NEIGHBOURS)
        candidates = olds if everywhere else old_in_gap[gap][near : near + 2 * _NEIGHBOURS]
        seen_in_gap[gap] += 1
        for old_at in candidates:
            score = fuzz.ratio(old[old_at][1], new[new_at][1], score_cutoff=SIMILAR * 100) / 100
            if score:
                elsewhere = gap_of_old[old_at] != gap
                scored.append((-score, elsewhere, abs(old_at - new_at), new_at, old_at))
    best: dict[int, tuple[int, float]] = {}
    used: set[int] = set()
    for negative, _, _, new_at, old_at in sorted(scored):
        if new_at not in best and old_at not in used:
            best[new_at] = (old_at, -negative)
            used.add(old_at)
    return best


# A figure with its separators is one word: 6,000 does not change from 5,000 in its first digit alone.
_PIECE = re.compile(r"</?[0-9]+/?>|\w+(?:['’]\w+|(?<=\d)[.,:/\u00a0\u202f](?=\d)\w+)*|\s+|[^\w\s]")


def word_diff(old: str, new: str) -> list[tuple[str, str]]:
    """The change word by word, for display: (op, text) with op "equal", "delete" or "insert".

    The texts of equal and delete make up `old`, those of equal and insert `new`. A space between two
    changed words counts as changed, so that a rewritten phrase shows as one.
    """
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    found: list[tuple[str, str]] = []
    gone = came = ""
    for op in Indel.opcodes(before, after):
        if op.tag == "equal":
            text = "".join(before[op.src_start : op.src_end])
            if text.isspace() and (gone or came) and op.src_end < len(before) and op.dest_end < len(after):
                gone, came = gone + text, came + text
                continue
            found.extend(_flushed(gone, came))
            gone = came = ""
            found.append(("equal", text))
        else:
            gone += "".join(before[op.src_start : op.src_end]) if op.tag != "insert" else ""
            came += "".join(after[op.dest_start : op.dest_end]) if op.tag != "delete" else ""
    return [*found, *_flushed(gone, came)]


def _flushed(gone: str, came: str) -> list[tuple[str, str]]:
    return [(op, text) for op, text in (("delete", gone), ("insert", came)) if text]


NUMBERS_CHANGE = "A number changes."
NAMES_CHANGE = "A name changes."
NEGATION_CHANGES = "A negation changes."

_NUMBER = re.compile(r"[$€£]|[0-9]+(?:[.,:/-][0-9]+)*%?|%")
_NUMBER_WORDS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand
thousands million millions billion billions trillion dozen half third quarter first second fourth fifth sixth
seventh eighth ninth tenth once twice percent
"""
_NEGATIONS = """
not no never none nobody nothing nowhere neither nor without cannot hardly barely scarcely except unless
"""
# Words that are capitalised only because they open a sentence or stand in a headline.
_FUNCTION_WORDS = """
a an the and or but of in on at to for from by with as into over under after before during between this that
these those his her its their our your my he it she they we you who which what when where while also both all
some many more most other such there here then than if so yet
"""
_numbers, _negations, _functions = (
    frozenset(words.split()) for words in (_NUMBER_WORDS, _NEGATIONS, _FUNCTION_WORDS)
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def minor_change_refused(old: str, new: str) -> str | None:
    """Why the change from `old` to `new` may not be called minor, as an English message; None if it may.

    Refused when the numbers (in digits or words), the capitalised words or the negations of the English
    text change, or their order does. Errs on the side of refusing.
    """
    before, after = codes.plain(old), codes.plain(new)
    if _NUMBER.findall(before) != _NUMBER.findall(after):
        return NUMBERS_CHANGE
    for message, pick in (
        (NUMBERS_CHANGE, lambda word: word.lower() in _numbers),
        (NEGATION_CHANGES, lambda word: word.lower() in _negations or word.lower().endswith(("n't", "n’t"))),
        (NAMES_CHANGE, lambda word: word[0].isupper() and word.lower() not in _functions),
    ):
        if _picked(before, pick) != _picked(after, pick):
            return message
    return None


def _picked(text: str, pick: Callable[[str], bool]) -> list[str]:
    words = (part for word in _WORD.findall(text) for part in word.split("-") if part)
    return [word.replace("’", "'") for word in words if pick(word)]
