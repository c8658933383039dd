"""The target side: where a translation uses a term, in whatever form its grammar asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache, partial

from glossaries.matching import arabic, french
from glossaries.matching.forms import Analysis
from glossaries.matching.words import Word, fold, words

# How well a word of the text matches a word of the term.
EXACT, INFLECTED, DERIVED, RELATED = 1.0, 0.95, 0.8, 0.7
LIGHT_WEIGHT = 0.3


@dataclass(frozen=True, slots=True)
class Grammar:
    """What the matcher needs to know about a target language."""

    analyse: Callable[[str], Analysis]
    analyse_term: Callable[[str], Analysis]
    free: frozenset[str]
    light: frozenset[str]
    classifiers: frozenset[str]
    generic: frozenset[str]
    persons: frozenset[str]
    telling: Callable[[Analysis], bool]


def _plain(word: str) -> Analysis:
    folded = fold(word)
    return Analysis(folded, frozenset((folded,)), frozenset((folded,)))


_GRAMMARS = {
    "fr": Grammar(
        french.analyse,
        partial(french.analyse, citation=True),
        french.FREE,
        french.LIGHT,
        french.CLASSIFIERS,
        french.GENERIC,
        french.PERSONS,
        french.telling,
    ),
    "ar": Grammar(
        arabic.analyse,
        partial(arabic.analyse, citation=True),
        arabic.FREE,
        arabic.LIGHT,
        arabic.CLASSIFIERS,
        arabic.GENERIC,
        arabic.PERSONS,
        arabic.telling,
    ),
}
_OTHER = Grammar(
    _plain,
    _plain,
    frozenset(),
    frozenset(),
    frozenset(),
    frozenset(),
    frozenset(),
    lambda keys: False,
)


def grammar(locale: str) -> Grammar:
    """The grammar of a locale; languages without one are matched without inflection."""
    return _GRAMMARS.get(locale.split("-")[0].lower(), _OTHER)


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a term: its keys, whether it carries the meaning, and whether it only names a kind."""

    keys: Analysis
    heavy: bool
    classifier: bool
    generic: bool
    person: bool = False
    free_before: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A term ready to be looked for: the words that count and how many words it has in all."""

    parts: tuple[Part, ...]
    length: int

    @property
    def heavy(self) -> int:
        """How many words carry the meaning."""
        return sum(part.heavy for part in self.parts)


@lru_cache(maxsize=65536)
def pattern(term: str, locale: str) -> Pattern:
    """Prepare one term of one locale."""
    rules = grammar(locale)
    found = words(term)
    parts: list[Part] = []
    free_before = False
    for i, word in enumerate(found):
        keys = rules.analyse_term(word.text)
        if keys.exact in rules.free and len(found) > 1 and not word.text.isupper():
            free_before = True
            continue
        classifier = bool(keys.inflections & rules.classifiers)
        generic = classifier or bool(keys.inflections & rules.generic)
        # The year or number of a name is often left out: COVID-19, Covid.
        number = word.text.isdigit() and i == 1 == len(found) - 1 and word.joint == "-"
        heavy = word.text not in rules.light and not number
        parts.append(
            Part(
                keys,
                heavy,
                classifier,
                generic,
                bool(keys.inflections & rules.persons),
                free_before,
            )
        )
        free_before = False
    if not any(part.heavy for part in parts):
        parts = [
            Part(rules.analyse_term(word.text), True, False, False) for word in found
        ]
    return Pattern(tuple(parts), len(found))


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
        self._free = grammar(locale).free
        self._surfaces: dict[str, list[int]] = {}
        self._inflections: dict[str, list[int]] = {}
        self._offers: dict[str, list[int]] = {}
        self._families: dict[str, list[int]] = {}
        self._exact: list[str] = []
        analyse = grammar(locale).analyse
        for index, word in enumerate(self.words):
            keys = analyse(word.text)
            self._exact.append(keys.exact)
            self._file(keys, index)
            # A compound may be written solid, with a hyphen or with a space.
            if index and (
                word.joint == "-"
                or self.words[index - 1].text.lower() in french.PREFIXES
            ):
                self._file(analyse(self.words[index - 1].text + word.text), index)

    def _file(self, keys: Analysis, index: int) -> None:
        for surface in keys.surfaces:
            self._surfaces.setdefault(surface, []).append(index)
        for form in keys.inflections:
            self._inflections.setdefault(form, []).append(index)
        for offer in keys.offers:
            self._offers.setdefault(offer, []).append(index)
        for family in keys.families:
            self._families.setdefault(family, []).append(index)

    def _places(self, keys: Analysis, least: float) -> dict[int, float]:
        """Every word of the text that may be the word of these keys, with the quality of the likeness."""
        found: dict[int, float] = {}
        if least <= RELATED:
            for family in keys.families:
                for index in self._families.get(family, ()):
                    found[index] = RELATED
        if least <= DERIVED:
            for relative in keys.seeks:
                for index in self._offers.get(relative, ()):
                    found[index] = DERIVED
        if least <= INFLECTED:
            for form in keys.inflections:
                for index in self._inflections.get(form, ()):
                    found[index] = INFLECTED
        for surface in (keys.exact, f"~{fold(keys.exact)}"):
            for index in self._surfaces.get(surface, ()):
                found[index] = EXACT
        return found

    def find_as_written(self, term: str, least: float = EXACT) -> list[Hit]:
        """Places where the words of `term` follow each other; an article or `de` may change into another."""
        wanted = pattern(term, self.locale)
        places = [self._places(part.keys, least) for part in wanted.parts]
        hits = []
        for start, quality in sorted(places[0].items()) if places else ():
            chosen, total, at = [start], quality, start
            for part, options in zip(wanted.parts[1:], places[1:], strict=True):
                at += 1
                while (
                    part.free_before
                    and at < len(self.words)
                    and self._exact[at] in self._free
                ):
                    at += 1
                if at not in options or part.free_before and at == chosen[-1] + 1:
                    break
                chosen.append(at)
                total += options[at]
            else:
                hits.append(self._hit(chosen, total / len(places)))
        return hits

    def find_untouched(self, term: str) -> list[Hit]:
        """Places where `term` stands letter for letter, capitals included."""
        wanted = [word.text for word in words(term)]
        hits = []
        for start in range(len(self.words) - len(wanted) + 1):
            if [
                word.text for word in self.words[start : start + len(wanted)]
            ] == wanted:
                hits.append(self._hit(list(range(start, start + len(wanted))), EXACT))
        return hits

    def find(self, term: str, spare: int = 0) -> list[Hit]:
        """Places where `term` is used in any form, with words between, best first.

        `spare` is how many words the term has more than its source: they only make the meaning explicit
        (`scholarship`, منحة دراسية) and a text may leave them unsaid, but never the head.
        """
        wanted = pattern(term, self.locale)
        if (
            len(wanted.parts) == 2
            and wanted.length == 2
            and (solid := self._solid(term))
        ):
            return solid
        heavy = [i for i, part in enumerate(wanted.parts) if part.heavy]
        if not heavy:
            return []
        # Words of one root are far apart in meaning (teach, know, world): only beside a sure word do they count.
        places = [self._places(part.keys, RELATED) for part in wanted.parts]
        if len(heavy) == 1 and not grammar(self.locale).telling(
            wanted.parts[heavy[0]].keys
        ):
            places = [self._places(part.keys, DERIVED) for part in wanted.parts]
        absent = [i for i in heavy if not places[i] and not wanted.parts[i].person]
        if len(absent) > spare or not any(places[i] for i in heavy):
            return []
        anchors = [i for i in heavy if places[i]]
        anchor = min(
            anchors, key=lambda i: (wanted.parts[i].classifier, len(places[i]))
        )
        hits = [
            self._around(start, anchor, wanted, places, spare)
            for start in sorted(places[anchor])
        ]
        return sorted((hit for hit in hits if hit), key=lambda hit: -hit.score)

    def _solid(self, term: str) -> list[Hit]:
        """Places where a term of two words is written as one."""
        joined = grammar(self.locale).analyse_term(
            "".join(word.text for word in words(term))
        )
        return [
            self._hit([at], quality)
            for at, quality in self._places(joined, INFLECTED).items()
        ]

    def _around(
        self,
        start: int,
        anchor: int,
        wanted: Pattern,
        places: list[dict[int, float]],
        spare: int,
    ) -> Hit | None:
        chosen = {anchor: start}
        sentence = self.words[start].sentence
        reach = wanted.length + GAP * (len(wanted.parts) - 1)
        for i, options in enumerate(places):
            if i == anchor:
                continue
            near = [
                (abs(j - start) - 2 * quality, j)
                for j, quality in options.items()
                if j not in chosen.values()
                and abs(j - start) <= reach
                and self.words[j].sentence == sentence
            ]
            if near:
                chosen[i] = min(near)[1]
        return self._judge(chosen, wanted, places, spare)

    def _judge(
        self,
        chosen: dict[int, int],
        wanted: Pattern,
        places: list[dict[int, float]],
        spare: int,
    ) -> Hit | None:
        heavy = [i for i, part in enumerate(wanted.parts) if part.heavy]
        dropped = [i for i in heavy if i not in chosen and not wanted.parts[i].person]
        sure = [i for i in heavy if i in chosen and places[i][chosen[i]] >= INFLECTED]
        if dropped:
            head = heavy[0]
            if len(dropped) > spare or all(wanted.parts[i].generic for i in sure):
                return None
            if head in dropped and not wanted.parts[head].classifier:
                return None
        if all(wanted.parts[i].person for i in chosen) or not sure and len(heavy) > 1:
            return None
        weights = [1.0 if part.heavy else LIGHT_WEIGHT for part in wanted.parts]
        score = sum(weights[i] * places[i][at] for i, at in chosen.items()) / sum(
            weights
        )
        return self._hit(sorted(chosen.values()), score)

    def _hit(self, chosen: list[int], score: float) -> Hit:
        return Hit(
            score,
            tuple(chosen),
            (self.words[chosen[0]].start, self.words[chosen[-1]].end),
        )


GAP = 4


def overlap(one: Iterable[int], other: Iterable[int]) -> bool:
    """Whether two hits share a word."""
    return bool(set(one) & set(other))
