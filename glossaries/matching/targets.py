"""The target side: where a translation uses a term, in whatever form its grammar asks for."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from glossaries.matching import arabic, french
from glossaries.matching.forms import Analysis
from glossaries.matching.words import Word, fold, words

# How well a word of the text matches a word of the term.
EXACT, INFLECTED, RELATED = 1.0, 0.95, 0.7
LIGHT_WEIGHT = 0.3


@dataclass(frozen=True, slots=True)
class Grammar:
    """What the matcher needs to know about a target language."""

    analyse: Callable[[str], Analysis]
    free: frozenset[str]
    light: frozenset[str]


def _plain(word: str) -> Analysis:
    folded = fold(word)
    return Analysis(folded, frozenset((folded,)), frozenset())


_GRAMMARS = {
    "fr": Grammar(french.analyse, french.FREE, french.LIGHT),
    "ar": Grammar(arabic.analyse, arabic.FREE, arabic.LIGHT),
}
_OTHER = Grammar(_plain, frozenset(), frozenset())


def grammar(locale: str) -> Grammar:
    """The grammar of a locale; languages without one are matched without inflection."""
    return _GRAMMARS.get(locale.split("-")[0].lower(), _OTHER)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A term ready to be looked for: its meaning words, how much each counts, and how many words it has in all."""

    text: str
    words: tuple[Analysis, ...]
    weights: tuple[float, ...]
    length: int


@lru_cache(maxsize=65536)
def pattern(term: str, locale: str) -> Pattern:
    """Prepare one term of one locale."""
    rules = grammar(locale)
    parts = words(term)
    kept, weights = [], []
    for part in parts:
        analysis = rules.analyse(part.text)
        if analysis.exact in rules.free and len(parts) > 1 and not part.text.isupper():
            continue
        kept.append(analysis)
        weights.append(LIGHT_WEIGHT if part.text in rules.light else 1.0)
    if not kept:
        kept, weights = [rules.analyse(p.text) for p in parts], [1.0] * len(parts)
    return Pattern(term, tuple(kept), tuple(weights), len(parts))


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a target uses a term: how sure (0–1), which words, which characters."""

    score: float
    words: tuple[int, ...]
    span: tuple[int, int]


class TargetText:
    """A translation with every word filed under all its keys."""

    def __init__(self, text: str, locale: str) -> None:
        self.text = text
        self.locale = locale
        self.words: list[Word] = words(text)
        self._exact: dict[str, list[int]] = {}
        self._inflections: dict[str, list[int]] = {}
        self._families: dict[str, list[int]] = {}
        analyse = grammar(locale).analyse
        for index, word in enumerate(self.words):
            analysis = analyse(word.text)
            self._file(analysis, index)
            if index and word.joint == "-":
                self._file(analyse(self.words[index - 1].text + word.text), index)

    def _file(self, analysis: Analysis, index: int) -> None:
        self._exact.setdefault(analysis.exact, []).append(index)
        for form in analysis.inflections:
            self._inflections.setdefault(form, []).append(index)
        for family in analysis.families:
            self._families.setdefault(family, []).append(index)

    def places(self, word: Analysis, related: bool) -> dict[int, float]:
        """Every word of the text that may be `word`, with the quality of the likeness."""
        found: dict[int, float] = {}
        if related:
            for family in word.families:
                for index in self._families.get(family, ()):
                    found[index] = RELATED
        for form in word.inflections:
            for index in self._inflections.get(form, ()):
                found[index] = INFLECTED
        for index in self._exact.get(word.exact, ()):
            found[index] = EXACT
        return found

    def find(self, term: str, related: bool = True, gap: int = 4) -> list[Hit]:
        """All places where `term` is used, best first; `related` lets one word be a derivation of the term's word."""
        wanted = pattern(term, self.locale)
        places = [self.places(word, related) for word in wanted.words]
        total = sum(wanted.weights)
        heavy = [i for i, weight in enumerate(wanted.weights) if weight == 1.0]
        if not heavy or any(not places[i] for i in heavy):
            return []
        anchor = min(heavy, key=lambda i: len(places[i]))
        reach = wanted.length + gap * (len(wanted.words) - 1)
        hits = []
        for start in sorted(places[anchor]):
            hit = self._around(start, anchor, wanted, places, reach, total)
            if hit:
                hits.append(hit)
        return sorted(hits, key=lambda hit: -hit.score)

    def _around(
        self, start: int, anchor: int, wanted: Pattern, places: list[dict[int, float]], reach: int, total: float
    ) -> Hit | None:
        taken = {start}
        score = wanted.weights[anchor] * places[anchor][start]
        related = int(places[anchor][start] == RELATED)
        inflected = int(places[anchor][start] != RELATED)
        sentence = self.words[start].sentence
        for i in range(len(wanted.words)):
            if i == anchor:
                continue
            near = [
                (abs(j - start) - 2 * quality, j)
                for j, quality in places[i].items()
                if j not in taken and abs(j - start) <= reach and self.words[j].sentence == sentence
            ]
            if not near:
                if wanted.weights[i] == 1.0:
                    return None
                continue
            _, j = min(near)
            taken.add(j)
            score += wanted.weights[i] * places[i][j]
            if wanted.weights[i] == 1.0:
                related += places[i][j] == RELATED
                inflected += places[i][j] != RELATED
        if related and not inflected:
            return None
        chosen = tuple(sorted(taken))
        return Hit(score / total, chosen, (self.words[chosen[0]].start, self.words[chosen[-1]].end))


def overlap(one: Iterable[int], other: Iterable[int]) -> bool:
    """Whether two hits share a word."""
    return bool(set(one) & set(other))


def best(hits: Iterable[Hit]) -> Hit | None:
    """The surest of some hits."""
    return max(hits, key=lambda hit: hit.score, default=None)


def flatten(lists: Iterable[list[Hit]]) -> list[Hit]:
    """One list of hits, best first."""
    return sorted(itertools.chain.from_iterable(lists), key=lambda hit: -hit.score)
