"""Arabic broken plurals of a term's words: a short list of ours, and the patterns whose results mean nothing else."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from glossaries.matching.letters import spelling

# A singular with its long vowels in place, and the plurals its pattern may take. Patterns whose plural is likely to be
# another word (مريض → مرض, حساب → حسب) are left to the list.
_C = "([^اويءه])"
_PATTERNS = tuple(
    (re.compile(f"^{singular.replace('C', _C)}$"), plurals)
    for singular, plurals in (
        ("CCC", ("ا{0}{1}ا{2}", "{0}{1}و{2}")),
        ("CCاء", ("ا{0}{1}يه",)),
        ("CCاC", ("ا{0}{1}{2}ه",)),
        ("CCيC", ("{0}{1}{2}اء", "ا{0}{1}{2}اء", "ا{0}{1}{2}ه")),
        ("CCيCه", ("{0}{1}اء{2}",)),
        ("CCاCه", ("{0}{1}اء{2}",)),
        ("CاCC", ("{0}وا{1}{2}",)),
        ("CاCCه", ("{0}وا{1}{2}",)),
        ("مCCC", ("م{0}ا{1}{2}",)),
        ("مCCCه", ("م{0}ا{1}{2}",)),
        ("مCC[اوي]C", ("م{0}ا{1}ي{2}",)),
        ("تCCيC", ("ت{0}ا{1}ي{2}",)),
        ("CCCC", ("{0}{1}ا{2}{3}",)),
        ("CCC[اوي]C", ("{0}{1}ا{2}ي{3}",)),
        ("CCCوCه", ("{0}{1}ا{2}ي{3}",)),
        ("CاC", ("ا{0}وا{1}", "{0}ي{1}ان")),
        ("C[وي]C", ("ا{0}وا{1}", "ا{0}يا{1}", "{0}يو{1}")),
    )
)


@lru_cache(maxsize=1)
def _listed() -> dict[str, tuple[str, ...]]:
    lines = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    entries = (line.split() for line in lines if line.strip() and not line.startswith("#"))
    return {spelling(singular): tuple(map(spelling, plurals)) for singular, *plurals in entries}


def plurals(word: str) -> set[str]:
    """The broken plurals a singular may have, in folded spelling; some are no words, which does no harm."""
    singular = spelling(word)
    found = set(_listed().get(singular, ()))
    for pattern, shapes in _PATTERNS:
        if match := pattern.match(singular):
            found |= {shape.format(*match.groups()) for shape in shapes}
    return found
