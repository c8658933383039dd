"""The matcher: which terms a source text contains and whether a translation honours them; knows no Django."""

from glossaries.matching.concepts import (
    Concept,
    Mode,
    Severity,
    SourceMatch,
    Status,
    Term,
    TermUse,
)
from glossaries.matching.termbase import Termbase

__all__ = [
    "Concept",
    "Mode",
    "Severity",
    "SourceMatch",
    "Status",
    "Term",
    "TermUse",
    "Termbase",
]
