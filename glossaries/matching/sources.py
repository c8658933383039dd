"""The source side: every term of the termbase found in a text at once, longest first (Aho–Corasick over lemmas)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import ahocorasick
import simplemma

from glossaries.matching.concepts import (
    Concept,
    Mode,
    SourceMatch,
    Status,
    Term,
    spellings,
)
from glossaries.matching.english import key, source_words, verb_key
from glossaries.matching.words import Word, fold, term_words, words


@dataclass(frozen=True, slots=True)
class Entry:
    """One source term as filed in the automaton: the concept's place and the term itself."""

    concept: int
    term: Term


class SourceIndex:
    """Source terms under their lemma keys; built once, then searched in one pass over a text."""

    def __init__(self, concepts: Iterable[Concept], locale: str) -> None:
        self.locale = locale
        self._ids: list[str] = []
        nouns: dict[str, list[Entry]] = {}
        verbs: dict[str, list[Entry]] = {}
        for place, concept in enumerate(concepts):
            self._ids.append(concept.id)
            for term in concept.terms:
                if term.locale != locale or term.status == Status.FORBIDDEN:
                    continue
                entry = Entry(place, term)
                for text in spellings(term):
                    if term.pos == "verb" and locale == "en" and text.lower().startswith("to "):
                        text = text[3:]
                    keys = self._keys(text)
                    if not keys:
                        continue
                    nouns.setdefault(" ".join(keys), []).append(entry)
                    if len(keys) == 2 and all(k.isalpha() for k in keys) and len(keys[0]) > 1:
                        nouns.setdefault("".join(keys), []).append(entry)
                    if term.pos == "verb" and locale == "en":
                        verbs.setdefault(" ".join(verb_key(w.text) for w in self._words(text)), []).append(
                            entry
                        )
        self._nouns, self._verbs = nouns, verbs
        self._noun_automaton, self._verb_automaton = (
            _automaton(nouns),
            _automaton(verbs),
        )

    def _words(self, text: str) -> list[Word]:
        return source_words(text) if self.locale == "en" else words(text)

    def _keys(self, text: str) -> list[str]:
        plain = text.replace(" ", "")
        if self.locale == "en" and plain.isascii() and plain.isalpha():
            return [key(word) for word in text.split()]
        return [self._key(word) for word in self._words(text)]

    def _key(self, word: Word) -> str:
        return key(word.text) if self.locale == "en" else fold(word.text)

    def find(self, text: str) -> list[SourceMatch]:
        """All terms in reading order; overlapping shorter ones give way to the longest."""
        found = self._words(text)
        if not found:
            return []
        candidates: dict[tuple[int, int], list[Entry]] = {}
        keys = [self._key(word) for word in found]
        self._scan(keys, self._nouns, self._noun_automaton, candidates)
        if self._verbs:
            self._scan(
                [verb_key(word.text) for word in found],
                self._verbs,
                self._verb_automaton,
                candidates,
            )
        for i in range(len(found) - 1):
            solid = self._nouns.get(keys[i] + keys[i + 1])
            if solid and text[found[i].end : found[i + 1].start].strip() in {
                "",
                "-",
                "‑",
            }:
                candidates.setdefault((i, i + 2), []).extend(solid)
        matches: list[SourceMatch] = []
        taken_until = -1
        for (start, end), entries in sorted(candidates.items(), key=lambda c: (c[0][0], -c[0][1])):
            if start < taken_until or _negated(found, start):
                continue
            kept: dict[int, Entry] = {}
            for entry in entries:
                if _case_fits(entry.term, found[start:end], start):
                    kept.setdefault(entry.concept, entry)
            if not kept:
                continue
            taken_until = end
            span = (found[start].start, found[end - 1].end)
            definite = start > 0 and found[start - 1].text.lower() == "the"
            matches += [
                SourceMatch(self._ids[place], span, text[span[0] : span[1]], entry.term, definite)
                for place, entry in kept.items()
            ]
        return matches

    @staticmethod
    def _scan(
        keys: list[str],
        table: dict[str, list[Entry]],
        automaton: ahocorasick.Automaton | None,
        candidates: dict[tuple[int, int], list[Entry]],
    ) -> None:
        if automaton is None:
            return
        starts: dict[int, int] = {}
        offset = 1
        for i, word in enumerate(keys):
            starts[offset] = i
            offset += len(word) + 1
        starts[offset] = len(keys)
        for last, found in automaton.iter(" " + " ".join(keys) + " "):
            first = last - len(found)
            candidates.setdefault((starts[first], starts[last + 1]), []).extend(table[found])


def _automaton(table: dict[str, list[Entry]]) -> ahocorasick.Automaton | None:
    if not table:
        return None
    automaton = ahocorasick.Automaton()
    for found in table:
        automaton.add_word(f" {found} ", found)
    automaton.make_automaton()
    return automaton


def _negated(found: list[Word], start: int) -> bool:
    """Whether a `non-` turns the word into its opposite: non-communicable diseases are not communicable ones."""
    return found[start].joint == "-" and start > 0 and found[start - 1].text.lower() in {"non", "un", "anti"}


def _case_fits(term: Term, found: list[Word], start: int) -> bool:
    """Whether the capitals of the text allow this term: WHO is not who, and a case-sensitive term keeps its own."""
    if not term.case_sensitive and term.text.islower():
        return True
    text = [word.text for word in found]
    wanted = [word.text for word in term_words(term.text)]
    if term.mode == Mode.DO_NOT_TRANSLATE and not term.case_sensitive:
        return True
    if len(wanted) == 1 and _strict_acronym(wanted[0]):
        joined = "".join(text)
        return joined == wanted[0] or joined == wanted[0] + "s"
    if term.case_sensitive:
        if all(part.isupper() for part in text):
            return True
        for i, (part, want) in enumerate(zip(text, wanted, strict=False)):
            if part[:1].isupper() != want[:1].isupper() and not (
                i == 0 and start == 0 and part[:1].isupper()
            ):
                return False
    return True


def _strict_acronym(word: str) -> bool:
    letters = sum(c.isupper() for c in word)
    if letters < 2 or any(c.islower() for c in word[:-1]):
        return False
    return len(word) <= 4 or simplemma.is_known(word.lower(), "en")
