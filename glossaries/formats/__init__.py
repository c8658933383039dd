"""Glossaries in and out: CSV, TBX-Basic and XLSX to plain concepts and back; knows no Django."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from types import ModuleType

from glossaries.formats import csv, tbx, xlsx
from glossaries.formats.errors import GlossaryFormatError, RowError
from glossaries.matching.concepts import Concept

_BY_ENDING = {".csv": csv, ".tsv": csv, ".tbx": tbx, ".xml": tbx, ".xlsx": xlsx}

__all__ = ["GlossaryFormatError", "RowError", "read", "write"]


def read(name: str, data: bytes) -> tuple[list[Concept], list[RowError]]:
    """Concepts of a glossary file, its form told by the ending of its name, and the rows left out."""
    concepts, errors = _form(name).read(data)
    return concepts, errors


def write(name: str, concepts: Iterable[Concept]) -> bytes:
    """A glossary file in the form the ending of its name asks for."""
    return bytes(_form(name).write(concepts))


def _form(name: str) -> ModuleType:
    ending = PurePath(name).suffix.lower()
    if ending not in _BY_ENDING:
        raise GlossaryFormatError(
            message="glossaries are .csv, .tbx or .xlsx files, not “%(name)s”", name=ending or name
        )
    return _BY_ENDING[ending]
