"""Glossary files into the termbase and out of it: CSV, TBX-Basic, XLSX; a dry run first, a reason for each row."""

from dataclasses import dataclass
from pathlib import PurePath
from types import ModuleType
from typing import Any

from django.utils.translation import gettext as _

from .formats import csv
from .formats.rows import GlossaryFormatError, RowError
from .models import Concept
from .store import Stored, store
from .termbase import plain_concept

__all__ = ["GlossaryFormatError", "Report", "bring_in", "export"]

MAX_BYTES = csv.MAX_BYTES
FORMATS: dict[str, tuple[ModuleType, str]] = {
    "csv": (csv, "text/csv; charset=utf-8"),
}


@dataclass(frozen=True)
class Report:
    """What an import did, or would do: how many concepts, and which rows were left out and why."""

    concepts: int
    errors: list[RowError]
    stored: Stored | None


def format_of(name: str) -> tuple[ModuleType, str]:
    """The codec and media type for a file name or an extension.

    Raises:
        GlossaryFormatError: no glossary comes in that form.
    """
    extension = (PurePath(name).suffix or f".{name}").lstrip(".").lower()
    if extension not in FORMATS:
        raise GlossaryFormatError(
            _("“%(name)s” is no glossary file; known are %(known)s.")
            % {"name": name, "known": ", ".join(sorted(FORMATS))}
        )
    return FORMATS[extension]


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
    codec, _media_type = format_of(name)
    concepts, errors = codec.read(data)
    if dry_run or (all_or_nothing and errors):
        return Report(len(concepts), errors, None)
    return Report(len(concepts), errors, store(concepts, glossary, by=by))


def export(form: str, glossary: str | None = None) -> tuple[bytes, str]:
    """The decided concepts (of one glossary, or all) as a file and its media type."""
    codec, media_type = format_of(form)
    concepts = Concept.objects.prefetch_related("terms")
    if glossary:
        concepts = concepts.filter(glossary__name=glossary)
    return codec.write([plain_concept(concept) for concept in concepts]), media_type
