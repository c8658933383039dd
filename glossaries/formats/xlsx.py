"""Glossaries as XLSX: the first sheet of a workbook, with the columns of the CSV form."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable

import openpyxl
from openpyxl.cell import WriteOnlyCell

from glossaries.formats.errors import GlossaryFormatError, RowError, bounded
from glossaries.formats.rows import parse, table
from glossaries.matching.concepts import Concept

# A small file may unpack to gigabytes; no glossary does.
MAX_UNPACKED = 256 * 1024 * 1024
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def read(data: bytes) -> tuple[list[Concept], list[RowError]]:
    """Concepts of the first sheet and the rows left out; raises GlossaryFormatError when it is no glossary."""
    try:
        with zipfile.ZipFile(io.BytesIO(bounded(data))) as archive:
            if sum(member.file_size for member in archive.infolist()) > MAX_UNPACKED:
                raise GlossaryFormatError(message="the workbook is too large when unpacked")
        workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = workbook.worksheets[0]
        rows = [[_text(value) for value in row] for row in sheet.iter_rows(values_only=True)]
        workbook.close()
    except GlossaryFormatError:
        raise
    except Exception as error:
        # openpyxl raises whatever its parts raise: KeyError, BadZipFile, ParseError, ValueError …
        raise GlossaryFormatError(
            message="the file is not a workbook this desk can read (%(detail)s)", detail=error
        ) from error
    header = [name.strip().lower() for name in rows[0]] if rows else []
    if "concept_id" not in header or "en" not in header:
        raise GlossaryFormatError(message="the first row must name the columns concept_id and en")
    return parse(enumerate(rows[1:], start=2), header)


def write(concepts: Iterable[Concept]) -> bytes:
    """A workbook with one sheet, the mirror of `read`; every cell is text, never a formula."""
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("Glossary")
    header, rows = table(concepts)
    for values in (header, *rows):
        cells = []
        for value in values:
            cell = WriteOnlyCell(sheet, _CONTROL.sub("", value))
            cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
