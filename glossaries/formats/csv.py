"""Glossaries as CSV: the columns terminologists know, `|` lists, and a reason for every row left out."""

from __future__ import annotations

import csv
import io

from glossaries.formats.rows import GlossaryFormatError, RowError, concept, locales
from glossaries.matching.concepts import Concept

MAX_BYTES = 32 * 1024 * 1024


def read(data: bytes) -> tuple[list[Concept], list[RowError]]:
    """Concepts of a CSV file and the rows that were left out; raises GlossaryFormatError when it is no glossary."""
    if len(data) > MAX_BYTES:
        raise GlossaryFormatError(f"the file is larger than {MAX_BYTES // 1024 // 1024} MB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise GlossaryFormatError("the file is not UTF-8 text; save it as “CSV UTF-8”") from None
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = [name.strip() for name in next(reader, [])]
    if "concept_id" not in header or "en" not in header:
        raise GlossaryFormatError("the first line must name the columns concept_id and en")
    found, errors, seen = [], [], set()
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        try:
            one = concept(dict(zip(header, cells, strict=False)), locales(header))
            if one.id in seen:
                raise ValueError(f"{one.id} was already used by a row above")
        except ValueError as error:
            errors.append(RowError(reader.line_num, str(error)))
            continue
        seen.add(one.id)
        found.append(one)
    return found, errors
