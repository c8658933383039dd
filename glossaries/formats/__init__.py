"""Glossaries in and out: CSV, TBX-Basic and XLSX to plain concepts and back; knows no Django."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from glossaries.formats import csv, tbx, xlsx
from glossaries.formats.errors import GlossaryFormatError, RowError
from glossaries.matching.concepts import Concept

_BY_ENDING = {".csv": csv, ".tsv": csv, ".tbx": tbx, ".xml": tbx, ".xlsx": xlsx}

__all__ = ["GlossaryFormatError", "RowError", "read", "write"]


def read(name: str, data: bytes) -> tuple[list[Concept], list[RowError]]:
    """Concepts of a glossary file, its form told by the ending of its name, and the rows left out."""
    return _form(name).read(data)


def write(name: str, concepts: Iterable[Concept]) -> bytes:
    """A glossary file in the form the ending of its name asks for."""
    return _form(name).write(concepts)


def _form(name: str):  # type: ignore[no-untyped-def]  # one of three modules with the same two functions
    ending = PurePath(name).suffix.lower()
    if ending not in _BY_ENDING:
        raise GlossaryFormatError(f"glossaries are .csv, .tbx or .xlsx files, not “{ending or name}”")
    return _BY_ENDING[ending]
