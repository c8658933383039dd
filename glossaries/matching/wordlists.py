"""Word lists of the matcher, kept as text beside the code so that linguists can read and correct them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@lru_cache(maxsize=8)
def _sections(locale: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in (_FOLDER / f"{locale}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            lines = found.setdefault(line.strip("[]"), [])
        elif line.strip() and not line.startswith("#"):
            lines.append(line)
    return found


def wordlist(locale: str, section: str) -> frozenset[str]:
    """The words of one section of a locale's lists (fr, ar)."""
    return frozenset(" ".join(_sections(locale)[section]).split())


def families(locale: str) -> list[list[str]]:
    """The section `families`, one list of related words for each line."""
    return [line.split() for line in _sections(locale)["families"]]
