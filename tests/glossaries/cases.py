"""The labelled cases of the matcher: `checks.jsonl` over the shipped glossaries and our own `cases.txt`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from glossaries.formats import csv
from glossaries.matching import Concept, Mode, Status, Term

HERE = Path(__file__).parent
DATA = HERE.parent.parent / "glossaries" / "data"


@dataclass(frozen=True)
class Case:
    """One sentence pair, the concept in question and what a terminologist says the translation did."""

    concept: Concept
    locale: str
    source: str
    target: str
    expect: str
    why: str

    def __str__(self) -> str:
        return f"{self.locale}-{self.expect}-{self.why}"


def shipped() -> list[Concept]:
    """All concepts of the shipped glossaries."""
    return [concept for path in sorted(DATA.glob("*.csv")) for concept in csv.read(path.read_bytes())[0]]


def checks() -> list[Case]:
    """The cases over the shipped glossaries."""
    concepts = {concept.id: concept for concept in shipped()}
    rows = map(json.loads, (HERE / "checks.jsonl").read_text(encoding="utf-8").splitlines())
    return [
        Case(concepts[r["concept_id"]], r["locale"], r["source"], r["target"], r["expect"], r["why"])
        for r in rows
    ]


def own() -> list[Case]:
    """The cases that bring their own term."""
    found = []
    for number, line in enumerate((HERE / "cases.txt").read_text(encoding="utf-8").splitlines()):
        if line.startswith("#"):
            continue
        locale, expect, english, preferred, admitted, forbidden, source, target, why = line.split("|")
        text, _, mode = preferred.partition("=")
        how = Mode(mode or "inflecting")
        terms = [Term("en", english, mode=how), Term(locale, text, mode=how)]
        terms += [Term(locale, one, Status.ADMITTED) for one in admitted.split("/") if one]
        terms += [Term(locale, one, Status.FORBIDDEN) for one in forbidden.split("/") if one]
        concept = Concept(f"case-{number}", terms=tuple(terms))
        found.append(Case(concept, locale, source, target, expect, why))
    return found
