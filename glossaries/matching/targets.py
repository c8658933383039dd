"""The target side: where a translation uses a term, in whatever form its grammar asks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from glossaries.matching.forms import Analysis
from glossaries.matching.patterns import Part, Pattern, grammar, pattern
from glossaries.matching.words import Word, fold, term_words, words

# How well a word of the text matches a word of the term.
EXACT, INFLECTED, DERIVED, RELATED = 1.0, 0.95, 0.8, 0.7
LIGHT_WEIGHT = 0.3
# Words that may stand between two words of a term: adjectives, coordination, a name in quotation marks.
GAP = 4


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a target uses a term.

    `score` (0–1) weighs how its words were found; `sure` says they all were, inflected at most; `faithful` that even
    the small words between them are those of the term. `words` are places in the text, `span` its characters.
    """

    score: float
    words: tuple[int, ...]
    span: tuple[int, int]
    sure: bool = True
    faithful: bool = True


@dataclass(frozen=True, slots=True)
class Leave:
    """Which words of a term a text may leave unsaid because they only make explicit what the source leaves to context.

    At most `count` words (`scholarship`, منحة دراسية: one), only generic ones where `generic_only`. What remains must
    tell the term from others: its head alone if `bare_head`, or what the head classifies (فيروس كورونا).
    """

    count: int = 0
    generic_only: bool = False
    bare_head: bool = True


NOTHING = Leave()


class TargetText:
    """A translation with every word filed under all its keys."""

    def __init__(self, text: str, locale: str) -> None:
        self.text = text
        self.locale = locale
        self.words: list[Word] = words(text)
        self._grammar = grammar(locale)
        self._surfaces: dict[str, list[int]] = {}
        self._inflections: dict[str, list[int]] = {}
        self._offers: dict[str, list[int]] = {}
        self._families: dict[str, list[int]] = {}
        self._exact: list[str] = []
        analyse = self._grammar.analyse
        for index, word in enumerate(self.words):
            keys = analyse(word.text)
            self._exact.append(keys.exact)
            self._file(keys, index)
            # A compound may be written solid, with a hyphen or with a space.
            if index and (word.joint == "-" or self._exact[index - 1] in self._grammar.prefixes):
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

    def _places(self, part: Part, least: float) -> dict[int, float]:
        """Every word of the text that may be this word of a term, with the quality of the likeness."""
        keys = part.keys
        found: dict[int, float] = {}
        # Words of one root may be far apart in meaning (teach, know, world): only a telling root speaks.
        if least <= RELATED and part.telling:
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

    def find_untouched(self, term: str) -> list[Hit]:
        """Places where `term` stands letter for letter, capitals included."""
        wanted = [word.text for word in term_words(term)]
        if not wanted or wanted[0] not in self.text:
            return []
        return [
            self._hit(list(range(start, start + len(wanted))), EXACT)
            for start in range(len(self.words) - len(wanted) + 1)
            if [word.text for word in self.words[start : start + len(wanted)]] == wanted
        ]

    def find_as_written(self, term: str) -> list[Hit]:
        """Places where the words of `term` stand as they are; articles, hyphens and Arabic particles may change."""
        return self._sequence(term, EXACT, hyphens=False)

    def find_inflected(self, term: str) -> list[Hit]:
        """Places where the words of `term` follow each other inflected, with its own small words and hyphens."""
        return self._sequence(term, INFLECTED, hyphens=True)

    def _sequence(self, term: str, least: float, hyphens: bool) -> list[Hit]:
        wanted = pattern(term, self.locale)
        places = [self._places(part, least) for part in wanted.parts]
        hits = []
        for start, quality in sorted(places[0].items()) if places else ():
            chosen, total = [start], quality
            for options, joint in zip(places[1:], wanted.joints[1:], strict=True):
                at = chosen[-1] + 1
                while at not in options and at < len(self.words) and self._exact[at] in self._grammar.free:
                    at += 1
                if at not in options or not self._joined(chosen[-1], at, joint, hyphens):
                    break
                chosen.append(at)
                total += options[at]
            else:
                hits.append(self._hit(chosen, total / len(places)))
        return hits

    def find(self, term: str, leave: Leave = NOTHING) -> list[Hit]:
        """Places where `term` is used in any form, with words between, surest first.

        `leave` says which of its words the text may leave unsaid.
        """
        wanted = pattern(term, self.locale)
        solid = self._solid(term) if len(wanted.parts) == 2 == wanted.length else []
        if not wanted.heavy:
            return solid
        several = len(wanted.heavy) > 1
        places = [
            # The head names the thing: piratage is not pirate. Its modifiers may be any relative.
            self._places(part, DERIVED if several and i == wanted.heavy[0] else RELATED)
            for i, part in enumerate(wanted.parts)
        ]
        absent = [i for i in wanted.heavy if not places[i] and not wanted.parts[i].person]
        anchors = [i for i in wanted.heavy if places[i]]
        if len(absent) > leave.count or not anchors:
            return solid
        anchor = min(anchors, key=lambda i: (wanted.parts[i].classifier, len(places[i])))
        found = (self._around(start, anchor, wanted, places) for start in sorted(places[anchor]))
        hits = (self._judge(chosen, wanted, places, leave) for chosen in found)
        return sorted([*(hit for hit in hits if hit), *solid], key=lambda hit: (not hit.sure, -hit.score))

    def _solid(self, term: str) -> list[Hit]:
        """Places where a term of two words is written as one."""
        joined = Part(self._grammar.analyse_term("".join(word.text for word in term_words(term))))
        return [self._hit([at], quality) for at, quality in self._places(joined, INFLECTED).items()]

    def _around(
        self, start: int, anchor: int, wanted: Pattern, places: list[dict[int, float]]
    ) -> dict[int, int]:
        """For each part of the term, the best word near the anchor: {part: place in the text}."""
        chosen = {anchor: start}
        sentence = self.words[start].sentence
        reach = wanted.length + GAP * (len(wanted.parts) - 1)
        for i, options in enumerate(places):
            if i == anchor:
                continue
            near = [
                (abs(j - start) - 2 * quality, j)
                for j, quality in options.items()
                if j not in chosen.values() and abs(j - start) <= reach and self.words[j].sentence == sentence
            ]
            if near:
                chosen[i] = min(near)[1]
        return chosen

    def _judge(
        self, chosen: dict[int, int], wanted: Pattern, places: list[dict[int, float]], leave: Leave
    ) -> Hit | None:
        parts, head = wanted.parts, wanted.heavy[0]
        dropped = [i for i in wanted.heavy if i not in chosen and not parts[i].person]
        sure = [i for i in wanted.heavy if i in chosen and places[i][chosen[i]] >= INFLECTED]
        if dropped == [head] and self._speaks_alone(chosen, wanted, places, leave):
            sure = list(chosen)
        elif dropped:
            kept = [i for i in sure if not parts[i].generic and (leave.bare_head or i != head)]
            if len(dropped) > leave.count or not kept or (head in dropped and not parts[head].classifier):
                return None
            if leave.generic_only and not all(parts[i].generic for i in dropped):
                return None
        if all(parts[i].person for i in chosen) or (not sure and len(wanted.heavy) > 1):
            return None
        weights = [1.0 if part.heavy else LIGHT_WEIGHT for part in parts]
        score = sum(weights[i] * places[i][at] for i, at in chosen.items()) / sum(weights)
        order = [chosen[i] for i in sorted(chosen)]
        in_order = order == sorted(order)
        complete = len(sure) == len(wanted.heavy) and (in_order or not self._grammar.ordered)
        faithful = (
            in_order
            and len(chosen) == len(parts)
            and all(self._joined(order[i - 1], order[i], wanted.joints[i]) for i in range(1, len(parts)))
        )
        return self._hit(sorted(order), score, complete, faithful)

    @staticmethod
    def _speaks_alone(
        chosen: dict[int, int], wanted: Pattern, places: list[dict[int, float]], leave: Leave
    ) -> bool:
        """Whether the noun of the adjective says it all: outbreak, flambée épidémique, épidémie.

        Only where the source is one word, so that the head was the translator's addition. The adjective itself would
        belong to another noun: a technicien informatique is no pirate informatique.
        """
        return (
            leave.count > 0
            and not leave.generic_only
            and all(wanted.parts[i].telling and places[i][at] == DERIVED for i, at in chosen.items())
        )

    def _joined(self, before: int, after: int, joint: tuple[str, ...], hyphens: bool = True) -> bool:
        """Whether nothing but the small words of `joint` stands between two words; articles do not count."""
        between = [self._grammar.free.get(self._exact[at]) for at in range(before + 1, after)]
        between.append(self.words[after].joint.strip("'"))
        if None in between:
            return False
        found, wanted = tuple(filter(None, between)), joint
        if not hyphens:
            found, wanted = (tuple(c for c in classes if c != "-") for classes in (found, wanted))
        return found == wanted

    def _hit(self, chosen: list[int], score: float, sure: bool = True, faithful: bool = True) -> Hit:
        span = (self.words[chosen[0]].start, self.words[chosen[-1]].end)
        return Hit(score, tuple(chosen), span, sure, faithful)


def overlap(one: Iterable[int], other: Iterable[int]) -> bool:
    """Whether two hits share a word."""
    return not set(one).isdisjoint(other)
