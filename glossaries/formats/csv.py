"""Glossaries as CSV: the columns terminologists know, `|` lists, and a reason for every row left out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from glossaries.formats.errors import MAX_BYTES as MAX_BYTES
from glossaries.formats.errors import GlossaryFormatError, RowError, bounded
from glossaries.formats.rows import parse, table
from glossaries.matching.concepts import Concept


def read(data: bytes) -> tuple[list[Concept], list[RowError]]:
    """Concepts of a CSV file (UTF-8, comma, semicolon or tab) and the rows that were left out.

    Raises GlossaryFormatError when the file is no glossary.
    """
    try:
        text = bounded(data).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise GlossaryFormatError(message="the file is not UTF-8 text; save it as “CSV UTF-8”") from None
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=False)
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        if "concept_id" not in header or "en" not in header:
            raise GlossaryFormatError(message="the first line must name the columns concept_id and en")
        # A row is named by the line it starts on, also when its cells hold line breaks.
        rows: list[tuple[int, list[str]]] = []
        start = reader.line_num + 1
        for cells in reader:
            rows.append((start, cells))
            start = reader.line_num + 1
    except csv.Error as error:
        raise GlossaryFormatError(
            message="line %(line)d cannot be read as CSV: %(detail)s", line=reader.line_num, detail=error
        ) from None
    return parse(rows, header)


def write(concepts: Iterable[Concept]) -> bytes:
    """A CSV file (UTF-8 with a mark, so that spreadsheets read it right), the mirror of `read`."""
    out = io.StringIO(newline="")
    header, rows = table(concepts)
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")
