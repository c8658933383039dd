"""The plain data the matcher takes and returns: concepts with their terms, matches, and uses of terms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """How a term stands in its concept (TBX: preferred, admitted, deprecated)."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    FORBIDDEN = "forbidden"


class Mode(StrEnum):
    """How strictly a translation must repeat a term."""

    INFLECTING = "inflecting"
    EXACT = "exact"
    FORBIDDEN = "forbidden"
    DO_NOT_TRANSLATE = "do-not-translate"


class Severity(StrEnum):
    """How loudly a finding speaks: forbidden, exact and do-not-translate terms are errors, the rest warnings."""

    ERROR = "error"
    WARNING = "warning"


Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Term:
    """One designation of a concept in one locale (BCP 47), with the forms a terminologist listed for it."""

    locale: str
    text: str
    status: Status = Status.PREFERRED
    pos: str = ""
    mode: Mode = Mode.INFLECTING
    case_sensitive: bool = False
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept of the termbase with its designations in every locale."""

    id: str
    domain: str = ""
    definition: str = ""
    note: str = ""
    terms: tuple[Term, ...] = ()

    def designations(self, locale: str) -> tuple[Term, ...]:
        """The terms of one locale, preferred first, forbidden last."""
        order = {Status.PREFERRED: 0, Status.ADMITTED: 1, Status.FORBIDDEN: 2}
        return tuple(
            sorted(
                (t for t in self.terms if t.locale == locale),
                key=lambda t: order[t.status],
            )
        )


@dataclass(frozen=True, slots=True)
class SourceMatch:
    """A term found in a source text: its concept, the characters `span` it covers, whether `the` stands before."""

    concept_id: str
    span: Span
    text: str
    term: Term
    definite: bool = False


@dataclass(frozen=True, slots=True)
class TermUse:
    """What a translation did with one source occurrence of a term.

    `status` is ok, missing or forbidden; `target_span` is where the term (or the forbidden one) stands in the
    target; `expected` lists the designations that would be right, preferred first.
    """

    concept_id: str
    status: str
    source_span: Span
    target_span: Span | None
    expected: tuple[str, ...]
    severity: Severity


_ENDING = re.compile(r"\((?:e|s|es|x|ne|nes|le|les|trice|euse)\)(?:s)?", re.IGNORECASE)
_SEVERAL = re.compile("[(;؛/]")
_ASIDE = re.compile(r"\s*\([^)]*\)\s*")


def spellings(term: Term) -> Iterator[str]:
    """The ways to write a term: its text and listed forms; `a / b` and `a; b` are two, `(…)` may be left out."""
    for text in (term.text, *term.forms):
        yield text
        if not _SEVERAL.search(text):
            continue
        for part in re.split(r"\s*[;؛]\s*|\s+/\s+", text):
            bare = _ASIDE.sub(" ", _ENDING.sub("", part)).strip()
            if bare and bare != text:
                yield bare
