"""What the matcher knows about one word: three sets of keys, from strict to loose."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Analysis:
    """The keys of a word.

    `exact` is the word without case, accents or vowel marks; `inflections` hold every word it may be a form of
    (number, gender, case, person, clitics); `families` what it shares with words derived from the same root.
    """

    exact: str
    inflections: frozenset[str]
    families: frozenset[str]
