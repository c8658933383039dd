"""What a draft must not be: cut short, endless, a copy, in the wrong script, or without its numbers.

Each guard compares a source text and its draft and answers with a fault or None. They are tuned on human
translations, which must pass: a false alarm costs an empty unit.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from languages.addresses import addresses, blanked, handles
from languages.letters import ARABIC, LATIN

from . import numbers

# Reasons are gettext msgids: shown to translators, the same text each time.
EMPTY = "The engine gave no text."
LENGTH = "The draft is far shorter or longer than the source."
LOOP = "The draft repeats itself."
COPIED = "The draft is a copy of the source."
SCRIPT = "The draft is not in the script of its language."
LOST_NUMBERS = "The draft lost numbers of the source."
ADDED_NUMBERS = "The draft has numbers the source has not."
LOST_ITEMS = "The draft lost an address, a handle or a protected name."

_TOKEN = re.compile(r"\w+|[^\w\s]")
_LETTER = re.compile(r"[^\W\d_]")
_SCRIPTS = {"ar": ARABIC, "fr": LATIN, "en": LATIN}
# Characters of the draft for one of the source: the corpora's human translations lie well within.
_RATIO = {"fr": (0.45, 2.6), "ar": (0.35, 2.0)}
_RATIO_ELSE = (0.3, 3.0)
# Reflexive verbs double these in good French.
_DOUBLED = ("nous", "vous")
# Below this length a ratio says little ("UN" is « Organisation des Nations unies »).
_SHORT = 30


@dataclass(frozen=True)
class Fault:
    """Why a draft is refused: `reason` is one of this module's; `details` what was lost or repeated."""

    reason: str
    details: tuple[str, ...] = ()


def check(
    source: str, draft: str, source_locale: str, locale: str, protected: Sequence[str] = ()
) -> list[Fault]:
    """Every fault of the draft, the gravest first; none for one that may be shown."""
    if not _LETTER.search(source):
        # A date or a number standing alone is the same in all languages, or about so.
        return _lost(source, draft, source_locale, locale, protected)
    if not draft.strip():
        return [Fault(EMPTY)]
    faults = [
        loop(source, draft),
        length(source, draft, locale),
        copied(source, draft, locale, protected),
        script(draft, locale, protected),
    ]
    return [fault for fault in faults if fault] + _lost(source, draft, source_locale, locale, protected)


def _lost(source: str, draft: str, source_locale: str, locale: str, protected: Sequence[str]) -> list[Fault]:
    faults = []
    if items := lost_items(source, draft, protected):
        faults.append(Fault(LOST_ITEMS, tuple(items)))
    # Digits within an address are the address's.
    source_rest, draft_rest = _without_items(source, protected), _without_items(draft, protected)
    if lost := numbers.lost(source_rest, draft_rest, source_locale, locale):
        faults.append(Fault(LOST_NUMBERS, tuple(number.text for number in lost)))
    if added := numbers.added(source_rest, draft_rest, source_locale, locale):
        faults.append(Fault(ADDED_NUMBERS, tuple(number.text for number in added)))
    return faults


def length(source: str, draft: str, locale: str) -> Fault | None:
    """A draft whose length is out of all proportion: the model stopped early, or went on alone."""
    low, high = _RATIO.get(locale.split("-")[0], _RATIO_ELSE)
    written, given = len(draft.strip()), len(source.strip())
    if written > high * given + _SHORT or written < low * given - _SHORT / 3:
        return Fault(LENGTH, (f"{given}", f"{written}"))
    return None


def loop(source: str, draft: str) -> Fault | None:
    """The same words again and again: directly after one another, or too often for the source.

    A phrase of one to eight tokens said three times running is a loop; said twice, if it has three tokens or
    more, or is one word of four letters (Arabic doubles an indefinite noun to say "one by one"). So is one of
    five tokens that comes two times more often than any such phrase of the source.
    """
    tokens = [token.lower() for token in _TOKEN.findall(draft)]
    had = [token.lower() for token in _TOKEN.findall(source)]
    for size in range(1, 9):
        allowed = _running(had, size)
        most, phrase = _most_running(tokens, size)
        spoken = any(token[0].isalpha() for token in phrase)
        doubled = size == 1 and len(phrase) == 1 and len(phrase[0]) >= 4
        doubled = doubled and (phrase[0] < "\u0250" or phrase[0].startswith("ال"))
        limit = 2 if size >= 3 or (doubled and phrase[0] not in _DOUBLED) else 3
        if spoken and most >= max(limit, allowed + 1):
            return Fault(LOOP, (" ".join(phrase),))
    grams = Counter(zip(*(tokens[index:] for index in range(5)), strict=False))
    usual = max(Counter(zip(*(had[index:] for index in range(5)), strict=False)).values(), default=1)
    for gram, count in grams.most_common(1):
        if count >= usual + 2:
            return Fault(LOOP, (" ".join(gram),))
    letters = re.search(r"([^\W\d]{1,3}?)\1{4,}", draft)
    if letters and letters.group() not in source:
        return Fault(LOOP, (letters.group(),))
    return None


def _running(tokens: Sequence[str], size: int) -> int:
    return _most_running(tokens, size)[0]


def _most_running(tokens: Sequence[str], size: int) -> tuple[int, tuple[str, ...]]:
    """How often a phrase of `size` tokens comes directly after itself at most, and which."""
    most, phrase = 1, tuple[str, ...]()
    for offset in range(size):
        parts = [tuple(tokens[at : at + size]) for at in range(offset, len(tokens) - size + 1, size)]
        count = 1
        for before, after in pairwise(parts):
            count = count + 1 if before == after else 1
            if count > most:
                most, phrase = count, after
    return most, phrase


def copied(source: str, draft: str, locale: str, protected: Sequence[str] = ()) -> Fault | None:
    """The source itself instead of a translation. A name or a title of a few words may well stay the same."""
    words = [word.lower() for word in _TOKEN.findall(_without_items(source, protected)) if word.isalpha()]
    drafted = Counter(
        word.lower() for word in _TOKEN.findall(_without_items(draft, protected)) if word.isalpha()
    )
    kept = sum((Counter(words) & drafted).values())
    if len(words) >= 5 and kept >= 0.8 * len(words):
        return Fault(COPIED)
    return None


def script(draft: str, locale: str, protected: Sequence[str] = ()) -> Fault | None:
    """Most letters are of another script than the language's."""
    wanted = _SCRIPTS.get(locale.split("-")[0])
    letters = _LETTER.findall(_without_items(draft, protected))
    if wanted is None or len(letters) < 4:
        return None
    right = sum(bool(wanted.match(letter)) for letter in letters)
    return Fault(SCRIPT) if right < 0.5 * len(letters) else None


def lost_items(source: str, draft: str, protected: Sequence[str] = ()) -> list[str]:
    """Addresses, handles and protected names the draft has fewer times than the source."""
    wanted = Counter(item for item, _, _ in [*addresses(source), *handles(source)])
    wanted |= Counter({name: source.count(name) for name in protected if name in source})
    return sorted(item for item, times in wanted.items() if draft.count(item) < times)


def _without_items(text: str, protected: Sequence[str]) -> str:
    text = blanked(text, " ")
    for name in protected:
        text = text.replace(name, " " * len(name))
    return text
