"""The verdict on one concept: what a translation did with each mention of it in the source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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
from glossaries.matching.english import key
from glossaries.matching.patterns import headword, pattern
from glossaries.matching.targets import NOTHING, Hit, Leave, TargetText, overlap
from glossaries.matching.words import term_words

_SMALL_WORDS = frozenset(
    ["the", "a", "an", "of", "in", "on", "for", "to", "and", "or", "by", "with", "at", "from"]
)


@dataclass(frozen=True)
class Judge:
    """Judges translations into one locale; `shared` holds target words that several concepts are made of.

    Each comes with the source words all those concepts have in common: `انتقال` alone may render `transmission`
    though `community transmission` has it too; `ترجمة` alone is not `interpreting` where it is `translation`.
    """

    locale: str
    shared: Mapping[str, frozenset[str]]

    def uses(self, concept: Concept, found: Sequence[SourceMatch], text: TargetText) -> list[TermUse]:
        """One use for each match in `found`, all of `concept`; none when nothing is asked of this locale."""
        designations = concept.designations(self.locale)
        wanted = [t for t in designations if t.status != Status.FORBIDDEN and t.mode != Mode.FORBIDDEN]
        barred = [t for t in designations if t.status == Status.FORBIDDEN or t.mode == Mode.FORBIDDEN]
        untouched = any(m.term.mode == Mode.DO_NOT_TRANSLATE for m in found)
        expected = tuple(t.text for t in wanted) or ((found[0].text,) if untouched else ())
        if not expected and not barred:
            return []
        hits = _distinct(self._admitted(found, wanted, text))
        bad = _distinct(hit for form in _forms(barred) for hit in text.find_inflected(form))
        bad = [b for b in bad if not any(overlap(b.words, h.words) and _outweighs(h, b) for h in hits)]
        hits = [h for h in hits if not any(overlap(b.words, h.words) for b in bad)]
        strict = untouched or any(t.mode in (Mode.EXACT, Mode.DO_NOT_TRANSLATE) for t in wanted)
        severity = Severity.ERROR if strict else Severity.WARNING
        # A sure use outweighs a forbidden word, which then renders something else; a mere relative does not.
        ranked = [("ok", h, severity) for h in hits if h.sure]
        ranked += [("forbidden", b, Severity.ERROR) for b in bad]
        ranked += [("ok", h, severity) for h in hits if not h.sure]
        uses = []
        for i, match in enumerate(found):
            if i < len(ranked):
                status, hit, how = ranked[i]
                uses.append(TermUse(concept.id, status, match.span, hit.span, expected, how))
            elif hits:
                # A pronoun or an ellipsis may stand for a further mention: only a term never used is missing.
                uses.append(TermUse(concept.id, "ok", match.span, hits[0].span, expected, severity))
            elif expected:
                uses.append(TermUse(concept.id, "missing", match.span, None, expected, severity))
        return uses

    def _admitted(
        self, found: Sequence[SourceMatch], wanted: Sequence[Term], text: TargetText
    ) -> Iterable[Hit]:
        meant = _meaning_words(found[0].text)
        # Where a designation as short as the source is listed, the longer ones are other ways to say it, not this one
        # made explicit: none of their words may be left out.
        explicit = all(len(pattern(term.text, self.locale).heavy) > meant for term in wanted)
        for term in wanted:
            for form in spellings(term):
                if term.mode == Mode.DO_NOT_TRANSLATE:
                    yield from text.find_untouched(form)
                elif term.mode == Mode.EXACT:
                    yield from text.find_as_written(form)
                else:
                    yield from text.find(form, self._leave(form, found[0], meant) if explicit else NOTHING)
        for name in {match.text for match in found}:
            if any(match.term.mode == Mode.DO_NOT_TRANSLATE for match in found):
                yield from text.find_untouched(name)
            elif _code(name) and all(term.mode == Mode.INFLECTING for term in wanted):
                yield from text.find_as_written(name)

    def _leave(self, form: str, match: SourceMatch, meant: int) -> Leave:
        wanted = pattern(form, self.locale)
        count = len(wanted.heavy) - meant
        if count <= 0:
            return NOTHING
        head = headword(wanted.parts[wanted.heavy[0]].keys.exact, self.locale)
        common = self.shared.get(head)
        told = common is None or any(key(word.text) in common for word in term_words(match.text))
        return Leave(count, generic_only=meant > 1, bare_head=told)


def _forms(terms: Iterable[Term]) -> Iterable[str]:
    return (form for term in terms for form in spellings(term))


def _distinct(hits: Iterable[Hit]) -> list[Hit]:
    """The surest hits that share no word."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (not hit.sure, -hit.score, -len(hit.words))):
        if not any(overlap(hit.words, other.words) for other in kept):
            kept.append(hit)
    return kept


def _outweighs(admitted: Hit, barred: Hit) -> bool:
    """Whether the admitted term was meant where both were found: it holds more words, or fits no less."""
    if len(admitted.words) != len(barred.words):
        return len(admitted.words) > len(barred.words)
    return admitted.faithful and admitted.score >= barred.score


def _meaning_words(source: str) -> int:
    """How many words of a source term carry meaning; an acronym stands for as many as it has letters."""
    found = [word for word in term_words(source) if word.text.lower() not in _SMALL_WORDS]
    letters = source.rstrip("s")
    if len(found) == 1 and len(letters) > 1 and letters.isupper():
        return len(letters)
    return max(1, len(found))


def _code(name: str) -> bool:
    """Whether a name is an international code (SARS-CoV-2, H1N1), at home in every language as it is."""
    return any(c.isdigit() for c in name) and any(c.isupper() for c in name) and " " not in name
