"""The termbase compiled for one pair: find terms, check a translation, choose among drafts, suggest a form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from glossaries.matching.concepts import (
    Concept,
    Mode,
    Severity,
    SourceMatch,
    Status,
    Term,
    TermUse,
    spellings,
)
from glossaries.matching.sources import SourceIndex
from glossaries.matching.targets import INFLECTED, Hit, TargetText, overlap, pattern
from glossaries.matching.words import words


class Termbase:
    """All concepts of a glossary, ready for texts of one pair of locales."""

    def __init__(self, concepts: Iterable[Concept], source: str, target: str) -> None:
        self.source, self.target = source, target
        self._concepts = {concept.id: concept for concept in concepts}
        self._index = SourceIndex(self._concepts.values(), source)

    @classmethod
    def compile(
        cls, concepts: Iterable[Concept], source: str = "en", target: str = "fr"
    ) -> Termbase:
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
        """What the target did with every term occurrence of the source; concepts without target terms are left out."""
        return self._judge(self.find(source), TargetText(target, self.target))

    def choose(self, source: str, hypotheses: Sequence[str]) -> int:
        """The index of the hypothesis that honours most terms; the earlier one when several do."""
        matches = self.find(source)
        if not matches or len(hypotheses) < 2:
            return 0
        merits = []
        for hypothesis in hypotheses:
            uses = self._judge(matches, TargetText(hypothesis, self.target))
            merits.append(
                sum(
                    {"ok": 1, "missing": 0, "forbidden": -1}[use.status] for use in uses
                )
            )
        return merits.index(max(merits))

    def _judge(self, matches: Sequence[SourceMatch], text: TargetText) -> list[TermUse]:
        occurrences: dict[str, list[SourceMatch]] = {}
        for match in matches:
            occurrences.setdefault(match.concept_id, []).append(match)
        uses: list[TermUse] = []
        for concept_id, found in occurrences.items():
            uses += self._judge_concept(self._concepts[concept_id], found, text)
        settled = {use.source_span for use in uses if use.status == "ok"}
        # Two concepts may share an English word; when the text renders one of them, the other is not meant.
        uses = [
            use for use in uses if use.status == "ok" or use.source_span not in settled
        ]
        return sorted(uses, key=lambda use: use.source_span)

    def _judge_concept(
        self, concept: Concept, found: list[SourceMatch], text: TargetText
    ) -> list[TermUse]:
        designations = concept.designations(self.target)
        wanted = [
            t
            for t in designations
            if t.status != Status.FORBIDDEN and t.mode != Mode.FORBIDDEN
        ]
        barred = [
            t
            for t in designations
            if t.status == Status.FORBIDDEN or t.mode == Mode.FORBIDDEN
        ]
        kept = any(m.term.mode == Mode.DO_NOT_TRANSLATE for m in found)
        expected = tuple(t.text for t in wanted) or ((found[0].text,) if kept else ())
        if not expected and not barred:
            return []
        hits = self._distinct(self._admitted(found, wanted, text))
        bad = self._distinct(
            hit
            for term in barred
            for form in spellings(term)
            for hit in text.find_as_written(form, INFLECTED)
        )
        bad = [
            b
            for b in bad
            if not any(overlap(b.words, h.words) and _outweighs(h, b) for h in hits)
        ]
        hits = [h for h in hits if not any(overlap(b.words, h.words) for b in bad)]
        severity = Severity.WARNING
        if kept or any(t.mode in (Mode.EXACT, Mode.DO_NOT_TRANSLATE) for t in wanted):
            severity = Severity.ERROR
        uses = []
        for i, match in enumerate(found):
            status, span, how = "missing", None, severity
            if i < len(hits):
                status, span = "ok", hits[i].span
            elif i - len(hits) < len(bad):
                status, span, how = "forbidden", bad[i - len(hits)].span, Severity.ERROR
            elif hits:
                # A pronoun or an ellipsis may stand for the second mention: only a term never used is missing.
                status, span = "ok", hits[-1].span
            elif not expected:
                continue
            uses.append(TermUse(concept.id, status, match.span, span, expected, how))
        return uses

    def _admitted(
        self, found: list[SourceMatch], wanted: list[Term], text: TargetText
    ) -> Iterable[Hit]:
        meant = _meaning_words(found[0].text)
        # Where a designation as short as the source is listed, the longer ones are other ways to say it, not this one
        # made explicit: none of their words may be dropped.
        explicit = all(pattern(term.text, self.target).heavy > meant for term in wanted)
        for term in wanted:
            for form in spellings(term):
                if term.mode == Mode.DO_NOT_TRANSLATE:
                    yield from text.find_untouched(form)
                elif term.mode == Mode.EXACT:
                    yield from text.find_as_written(form)
                else:
                    spare = (
                        max(0, pattern(form, self.target).heavy - meant)
                        if explicit
                        else 0
                    )
                    yield from text.find(form, spare)
        for name in {match.text for match in found}:
            if any(m.term.mode == Mode.DO_NOT_TRANSLATE for m in found):
                yield from text.find_untouched(name)
            elif _code(name) and all(term.mode == Mode.INFLECTING for term in wanted):
                yield from text.find_as_written(name)

    @staticmethod
    def _distinct(hits: Iterable[Hit]) -> list[Hit]:
        kept: list[Hit] = []
        for hit in sorted(hits, key=lambda hit: (-hit.score, -len(hit.words))):
            if not any(overlap(hit.words, other.words) for other in kept):
                kept.append(hit)
        return kept


def _meaning_words(source: str) -> int:
    """How many words of a source term carry meaning; an acronym stands for as many as it has letters."""
    found = [word for word in words(source) if word.text.lower() not in _ENGLISH_FREE]
    if len(found) == 1 and len(source) > 1 and source.rstrip("s").isupper():
        return len(source.rstrip("s"))
    return max(1, len(found))


def _code(name: str) -> bool:
    """Whether a name is an international code (SARS-CoV-2, H1N1), at home in every language as it is."""
    return (
        any(c.isdigit() for c in name)
        and any(c.isupper() for c in name)
        and " " not in name
    )


_ENGLISH_FREE = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "in",
        "on",
        "for",
        "to",
        "and",
        "or",
        "by",
        "with",
        "at",
        "from",
    ]
)


def _outweighs(admitted: Hit, barred: Hit) -> bool:
    """Whether the admitted term was meant where both were found: it holds more words, or fits no less."""
    if len(admitted.words) != len(barred.words):
        return len(admitted.words) > len(barred.words)
    return admitted.score >= barred.score
