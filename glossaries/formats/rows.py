"""The columns of a term table, shared by CSV and XLSX: one row is one concept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from glossaries.matching.concepts import Concept, Mode, Status, Term


class GlossaryFormatError(ValueError):
    """The file cannot be read as a glossary at all; the message says why."""


@dataclass(frozen=True, slots=True)
class RowError:
    """One row that was left out: its line in the file (1 is the header) and the reason."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


SOURCE = "en"
FIXED = ("concept_id", "domain", "definition_en", "en", "en_variants", "pos")
TAIL = ("mode", "case_sensitive", "note")
_LOCALE = re.compile(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
_YES = {"yes", "true", "1", "y", "oui", "نعم"}
_NO = {"no", "false", "0", "n", "non", "", "لا"}
MAX_TERM = 500


def locales(header: Sequence[str]) -> list[str]:
    """The target locales a header speaks of, in its order."""
    found = []
    for name in header:
        code = re.sub(r"_(admitted|forbidden|forms|mode|variants)$", "", name)
        if _LOCALE.match(code) and code != SOURCE and code not in found and code not in ("pos",):
            found.append(code)
    return [code for code in found if code in header]


def several(value: str) -> list[str]:
    """The parts of a `|` list, trimmed, without empties and repeats; `\\|` is a bar inside a term."""
    parts = (part.replace("\\|", "|").strip() for part in re.split(r"(?<!\\)\|", value))
    return list(dict.fromkeys(part for part in parts if part))


def joined(values: Iterable[str]) -> str:
    """A `|` list."""
    return "|".join(value.replace("|", "\\|") for value in values)


def concept(row: Mapping[str, str], target_locales: Sequence[str]) -> Concept:
    """One row as a concept; raises ValueError with a reason a terminologist understands."""
    identity = row.get("concept_id", "").strip()
    english = row.get("en", "").strip()
    if not identity:
        raise ValueError("the row has no concept_id")
    if not english:
        raise ValueError(f"{identity} has no English term")
    mode_name = row.get("mode", "").strip().lower() or Mode.INFLECTING.value
    try:
        mode = Mode(mode_name)
    except ValueError:
        raise ValueError(f"{identity} has the mode “{mode_name}”; use {', '.join(Mode)}") from None
    answer = row.get("case_sensitive", "").strip().lower()
    if answer not in _YES | _NO:
        raise ValueError(f"{identity} says “{answer}” for case_sensitive; use yes or no")
    cased = answer in _YES
    pos = row.get("pos", "").strip()

    def terms(locale: str, text: str, status: Status) -> list[Term]:
        found = []
        for part in several(text):
            if len(part) > MAX_TERM:
                raise ValueError(f"{identity} has a term of more than {MAX_TERM} characters")
            found.append(Term(locale, part, status, pos, mode, cased))
        return found

    all_terms = [Term(SOURCE, english, Status.PREFERRED, pos, mode, cased)]
    all_terms += terms(SOURCE, row.get("en_variants", ""), Status.ADMITTED)
    for locale in target_locales:
        preferred = row.get(locale, "").strip()
        if preferred:
            all_terms.append(Term(locale, preferred, Status.PREFERRED, pos, mode, cased))
        all_terms += terms(locale, row.get(f"{locale}_admitted", ""), Status.ADMITTED)
        all_terms += terms(locale, row.get(f"{locale}_forbidden", ""), Status.FORBIDDEN)
    return Concept(
        identity, row.get("domain", "").strip(), row.get("definition_en", "").strip(), row.get("note", "").strip(),
        tuple(all_terms),
    )  # fmt: skip
