"""The termbase compiled for one pair: find terms, check a translation, choose among drafts, suggest a form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from glossaries.matching.concepts import Concept, Mode, SourceMatch, Status, TermUse
from glossaries.matching.english import key
from glossaries.matching.patterns import headword
from glossaries.matching.sources import SourceIndex
from glossaries.matching.suggestions import fitting
from glossaries.matching.targets import TargetText
from glossaries.matching.verdicts import Judge

_MERIT = {"ok": 1, "missing": 0, "forbidden": -1}


class Termbase:
    """All concepts of a glossary, ready for texts of one pair of locales; picklable."""

    def __init__(self, concepts: Iterable[Concept], source: str, target: str) -> None:
        self.source, self.target = source, target
        self._concepts = {concept.id: concept for concept in concepts}
        self._index = SourceIndex(self._concepts.values(), source)
        self._judge = Judge(target, _shared(self._concepts.values(), source, target))

    @classmethod
    def compile(cls, concepts: Iterable[Concept], source: str = "en", target: str = "fr") -> Termbase:
        """Build the termbase for `source` → `target`; later concepts replace earlier ones of the same id."""
        return cls(concepts, source, target)

    def __len__(self) -> int:
        return len(self._concepts)

    def concept(self, concept_id: str) -> Concept:
        """The concept a match or a use speaks of."""
        return self._concepts[concept_id]

    def find(self, text: str) -> list[SourceMatch]:
        """Terms in a source text, in reading order, longest first."""
        return self._index.find(text)

    def check(self, source: str, target: str) -> list[TermUse]:
        """What the target did with every term of the source; concepts without target terms are left out."""
        return self._uses(self.find(source), TargetText(target, self.target))

    def choose(self, source: str, hypotheses: Sequence[str]) -> int:
        """The index of the hypothesis that honours most terms; the earlier one when several do."""
        matches = self.find(source)
        if not matches or len(hypotheses) < 2:
            return 0
        merits = [
            sum(_MERIT[use.status] for use in self._uses(matches, TargetText(hypothesis, self.target)))
            for hypothesis in hypotheses
        ]
        return merits.index(max(merits))

    def suggest(self, match: SourceMatch, target: str = "") -> str:
        """The preferred term in the form that fits a match best; "" when the concept has none in this locale.

        Modest on purpose: a plural for a plural, the article where the source has `the`, a capital where the target
        is still empty and the source begins with the term. Case, gender and pronouns stay with the translator.
        """
        for term in self._concepts[match.concept_id].designations(self.target):
            if term.status != Status.FORBIDDEN and term.mode != Mode.FORBIDDEN:
                return fitting(term, match, self.target, begins=not target.strip() and match.span[0] == 0)
        return match.text if match.term.mode == Mode.DO_NOT_TRANSLATE else ""

    def _uses(self, matches: Sequence[SourceMatch], text: TargetText) -> list[TermUse]:
        mentions: dict[str, list[SourceMatch]] = {}
        for match in matches:
            mentions.setdefault(match.concept_id, []).append(match)
        uses: list[TermUse] = []
        for concept_id, found in mentions.items():
            uses += self._judge.uses(self._concepts[concept_id], found, text)
        # Two concepts may share a source word; when the text renders one of them, the other is not meant.
        settled = {use.source_span for use in uses if use.status == "ok"}
        uses = [use for use in uses if use.status == "ok" or use.source_span not in settled]
        return sorted(uses, key=lambda use: use.source_span)


def _shared(concepts: Iterable[Concept], source: str, target: str) -> dict[str, frozenset[str]]:
    """Target words that terms of several concepts are made of, with the source words those concepts share."""
    common: dict[str, frozenset[str]] = {}
    several: set[str] = set()
    for concept in concepts:
        spoken: set[str] = set()
        made_of: set[str] = set()
        for term in concept.terms:
            if term.locale == source:
                spoken.update(map(key, term.text.split()))
            elif term.locale == target and term.status != Status.FORBIDDEN:
                made_of.update([headword(word, target) for word in term.text.split()])
        for word in made_of:
            known = common.get(word)
            if known is None:
                common[word] = frozenset(spoken)
            else:
                several.add(word)
                if known:
                    common[word] = known & spoken
    return {word: common[word] for word in several}
