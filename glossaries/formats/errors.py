"""What can be wrong with a glossary file: the file as a whole, or one row of it."""

from __future__ import annotations

from dataclasses import dataclass


class GlossaryFormatError(ValueError):
    """The file cannot be read as a glossary at all; the message says why."""


@dataclass(frozen=True, slots=True)
class RowError:
    """One row (or entry) that was left out: its line in the file, the header being line 1, and the reason."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


MAX_BYTES = 32 * 1024 * 1024


def bounded(data: bytes) -> bytes:
    """The same bytes, or GlossaryFormatError when the file is too large to be a glossary."""
    if len(data) > MAX_BYTES:
        raise GlossaryFormatError(f"the file is larger than {MAX_BYTES // 1024 // 1024} MB")
    return data
