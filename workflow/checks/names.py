"""Names: people's and organisations' names of the source that vanish from a French translation.

Only names that French writes as English does can be checked so: those that follow a title of courtesy, and
acronyms in brackets. Geography and institutions are translated, and belong to the termbase.
"""

import re
import unicodedata

from rapidfuzz import fuzz

from workflow.messages import gettext_noop

from .findings import Finding

NAME_LOST = gettext_noop("The name “%(name)s” is missing or written otherwise.")
ACRONYM_LOST = gettext_noop("The acronym “%(acronym)s” is missing.")

_TITLES = r"(?:Dr|Mr|Mrs|Ms|Prof|Sheikh|Sir)"
_NAME = re.compile(
    rf"\b{_TITLES}\.?\s+((?:[A-ZÀ-Þ][\w'’-]*\.?|[Aa]l-[A-Z][\w'’-]*|bin|ben|ibn|de|el|al|von)"
    r"(?:\s+(?:[A-ZÀ-Þ][\w'’-]*\.?|[Aa]l-[A-Z][\w'’-]*|bin|ben|ibn|de|el|al|von(?=\s[A-Z]))){0,4})"
)
_ACRONYM = re.compile(r"\b[A-Z]{4,}\b")
_NO_NAMES = frozenset(["bin", "ben", "ibn", "von"])
_KEPT_ACRONYMS = frozenset(["ICESCO", "UNESCO", "UNICEF", "ISESCO", "ASEAN", "NASA", "INTERPOL", "AFRICOM"])


def check(source: str, target: str, locale: str) -> list[Finding]:
    """Compares names of plain texts; only French targets are checked (Arabic transcribes names)."""
    if not locale.startswith("fr"):
        return []
    written = _bare(target)
    words = written.split()
    found = []
    for match in _NAME.finditer(source):
        parts = [part for part in _bare(match[1]).split() if len(part) > 2 and part not in _NO_NAMES]
        if not parts or any(close(part, word) for part in parts for word in words):
            continue
        found.append(
            Finding("name_lost", "warning", NAME_LOST, {"name": match[1]}, source_span=match.span(1))
        )
    for match in _ACRONYM.finditer(source):
        if match[0] in _KEPT_ACRONYMS and match[0].lower() not in words:
            found.append(
                Finding(
                    "acronym_lost", "warning", ACRONYM_LOST, {"acronym": match[0]}, source_span=match.span(),
                    suggestion=match[0],
                )
            )  # fmt: skip
            break
    return found


def close(name: str, word: str) -> bool:
    """Whether two bare words are the same name, one letter of spelling aside (Mohamed, Mohammed)."""
    return name == word or (len(name) > 3 and fuzz.ratio(name, word) >= 80)


def _bare(text: str) -> str:
    """Lower case without accents; hyphens and apostrophes part words."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    return re.sub(r"[\W_]+", " ", letters)
