"""What the matcher knows about one word: sets of keys, from strict to loose."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Analysis:
    """The keys of a word.

    `exact` is the word without case or vowel marks, `surfaces` the same without the particles written on to
    it; `inflections` hold every word it may be a form of (number, gender, case, person, clitics). `offers` are
    the names under which close derivations may ask for it and `seeks` those it asks for: a noun seeks its verb and its
    adjective, never another noun of theirs. `families` is what it shares with all words of its root.
    """

    exact: str
    surfaces: frozenset[str]
    inflections: frozenset[str]
    offers: frozenset[str] = frozenset()
    seeks: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()
