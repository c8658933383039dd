"""Text with inline codes beside it: what the pipeline takes and gives."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypedDict


class Note(TypedDict):
    """A remark on a draft, as JSON: an English message with `%(name)s` places, to translate and fill in."""

    message: str
    params: dict[str, str]


def note(message: str, **params: str) -> Note:
    """A remark on a draft."""
    return {"message": message, "params": params}


@dataclass(frozen=True)
class Mark:
    """Code `id` stands round plain[start:end]; a standalone code stands at start == end."""

    id: int
    start: int
    end: int
    standalone: bool = False


@dataclass(frozen=True)
class Tagged:
    """Plain text and the codes in it. Codes nest: of two that overlap, one lies within the other.

    Of two with the same extent, the outer comes first.
    """

    plain: str
    marks: tuple[Mark, ...] = ()

    @classmethod
    def of(cls, plain: str, marks: Iterable[Any] = ()) -> "Tagged":
        """From any objects that have id, start, end and standalone."""
        return cls(plain, tuple(Mark(mark.id, mark.start, mark.end, mark.standalone) for mark in marks))
