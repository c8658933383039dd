"""Glossary files into the termbase and out of it: a dry run first, a reason for each row left out."""

from dataclasses import dataclass
from typing import Any

from . import formats
from .formats import GlossaryFormatError
from .formats.errors import MAX_BYTES
from .formats.rows import RowError
from .models import Concept
from .store import Stored, store
from .termbase import plain_concept

__all__ = ["MAX_BYTES", "MEDIA_TYPES", "GlossaryFormatError", "Report", "bring_in", "export"]

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "tbx": "application/x-tbx+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Report:
    """What an import did, or would do: how many concepts, and which rows were left out and why."""

    concepts: int
    errors: list[RowError]
    stored: Stored | None


def bring_in(
    name: str,
    data: bytes,
    glossary: str,
    *,
    by: Any = None,
    dry_run: bool = False,
    all_or_nothing: bool = False,
) -> Report:
    """Reads a glossary file into the glossary of that name; rows with errors are reported and left out.

    Args:
        dry_run: store nothing, only report.
        all_or_nothing: store nothing when any row has an error.

    Raises:
        GlossaryFormatError: the file is no glossary at all.
    """
    concepts, errors = formats.read(name, data)
    if dry_run or (all_or_nothing and errors):
        return Report(len(concepts), errors, None)
    return Report(len(concepts), errors, store(concepts, glossary, by=by))


def export(form: str, glossary: str | None = None) -> bytes:
    """The decided concepts (of one glossary, or all) as a file; `form` is csv, tbx or xlsx."""
    concepts = Concept.objects.prefetch_related("terms")
    if glossary:
        concepts = concepts.filter(glossary__name=glossary)
    return formats.write(f"termbase.{form}", [plain_concept(concept) for concept in concepts])
