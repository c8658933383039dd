"""What can be wrong with a glossary file: the file as a whole, or one row of it."""

from __future__ import annotations

from dataclasses import dataclass

from glossaries.matching.concepts import Mode


class _Wrong(ValueError):
    """What is wrong: an English message with %(name)s places for `params`, put in words where it is shown."""

    def __init__(self, *, message: str, **params: object) -> None:
        super().__init__(message, params)
        self.message, self.params = message, params

    def __str__(self) -> str:
        return self.message % self.params


class GlossaryFormatError(_Wrong):
    """The file cannot be read as a glossary at all; the message says why."""


class RowRefused(_Wrong):
    """One row (or entry) cannot be taken; the message says why."""


@dataclass(frozen=True, slots=True)
class RowError:
    """One row (or entry) that was left out: its line in the file, the header being line 1, and the reason."""

    line: int
    reason: RowRefused

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


MAX_BYTES = 32 * 1024 * 1024


def bounded(data: bytes) -> bytes:
    """The same bytes, or GlossaryFormatError when the file is too large to be a glossary."""
    if len(data) > MAX_BYTES:
        raise GlossaryFormatError(
            message="the file is larger than %(limit)d MB", limit=MAX_BYTES // 1024 // 1024
        )
    return data


def mode_named(concept: str, name: str) -> Mode:
    """The mode of that name; RowRefused when there is none, naming the concept."""
    try:
        return Mode(name)
    except ValueError:
        raise RowRefused(
            message="%(concept)s has the mode “%(mode)s”; use %(modes)s",
            concept=concept,
            mode=name,
            modes=", ".join(Mode),
        ) from None
