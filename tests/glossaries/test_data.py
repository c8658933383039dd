"""The shipped glossaries: every row is usable, none contradicts itself, and no two say the same word is theirs."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from glossaries.formats import csv
from glossaries.matching import Concept, Status, Termbase
from tests.glossaries import cases

FILES = sorted(cases.DATA.glob("*.csv"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_row_is_read(path: Path) -> None:
    concepts, errors = csv.read(path.read_bytes())
    assert concepts
    assert not errors


def test_no_term_is_both_wanted_and_forbidden_in_one_concept() -> None:
    torn = [
        (concept.id, term.text)
        for concept in cases.shipped()
        for term in concept.terms
        if term.status == Status.FORBIDDEN
        and any(
            other.text == term.text and other.locale == term.locale and other.status != Status.FORBIDDEN
            for other in concept.terms
        )
    ]
    assert not torn


def test_no_two_concepts_of_one_domain_share_a_source_term() -> None:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for concept in cases.shipped():
        for term in concept.terms:
            if term.locale == "en":
                owners[term.text, concept.domain].add(concept.id)
    assert not {name: ids for name, ids in owners.items() if len(ids) > 1}


def test_every_concept_has_an_identifier_of_its_own() -> None:
    concepts = cases.shipped()
    assert len({concept.id for concept in concepts}) == len(concepts)


def _terms(*ids: str, target: str = "fr") -> Termbase:
    concepts: list[Concept] = [concept for concept in cases.shipped() if concept.id in ids]
    return Termbase.compile(concepts, target=target)


def test_a_word_with_two_senses_is_settled_by_either_rendering() -> None:
    chairs = _terms("inst-021", "edu-092")
    source = "The chair opened the meeting."
    assert {use.status for use in chairs.check(source, "Le président a ouvert la réunion.")} == {"ok"}
    assert {use.status for use in chairs.check("A chair of law.", "Une chaire de droit.")} == {"ok"}
    sessions = _terms("inst-032", target="ar")
    assert [use.status for use in sessions.check("The opening session.", "الجلسة الافتتاحية.")] == ["ok"]


def test_a_holy_city_is_no_old_town_and_a_cv_no_curriculum() -> None:
    terms = _terms("cult-047", "cult-101", "edu-051", "edu-091", "sec-071", "cult-106")

    def found(text: str) -> list[str]:
        return [match.concept_id for match in terms.find(text)]

    assert found("Pilgrims in Medina sent a curriculum vitae.") == ["edu-091"]
    assert found("The medina of Fez and its customs and traditions.") == ["cult-047", "cult-106"]
