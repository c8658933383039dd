"""The termbase over the API: put concepts, propose terms, and drafts are held to them."""

from typing import Any

import pytest

from glossaries.models import Change, Concept, Term
from glossaries.store import load_shipped
from tests.conftest import person
from workflow.accounts.models import User

pytestmark = pytest.mark.django_db

CEASEFIRE = {
    "glossary": "diplomacy",
    "domain": "politics",
    "definition": "A stop to fighting.",
    "terms": [
        {"locale": "en", "text": "ceasefire", "forms": ["cease-fires"]},
        {"locale": "fr", "text": "cessez-le-feu", "mode": "exact"},
        {"locale": "fr", "text": "arrêt du feu", "status": "forbidden"},
    ],
}


@pytest.fixture
def salma(db: None) -> User:
    return person("salma", "terminologist")


def test_a_concept_is_put_read_and_replaced(caller: Any, salma: User) -> None:
    made = caller(salma, "put", "/terms/concepts/cf-1", CEASEFIRE)
    assert made.status_code == 201
    told = caller(salma, "get", "/terms/concepts/cf-1").json()
    assert told == made.json()
    assert (told["glossary"], [term["text"] for term in told["terms"]]) == (
        "diplomacy",
        ["ceasefire", "cessez-le-feu", "arrêt du feu"],
    )
    assert told["terms"][0]["forms"] == ["cease-fires"]
    fewer = {**CEASEFIRE, "glossary": "other", "terms": CEASEFIRE["terms"][:2]}
    replaced = caller(salma, "put", "/terms/concepts/cf-1", fewer)
    assert replaced.status_code == 200
    assert (replaced.json()["glossary"], len(replaced.json()["terms"])) == ("diplomacy", 2)
    assert caller(salma, "put", "/terms/concepts/cf-1", fewer).status_code == 200
    log = list(Change.objects.order_by("pk").values_list("what", "by__username"))
    assert log == [("Added to the termbase.", "salma"), ("Changed by a program.", "salma")]


def test_what_is_put_is_checked_at_once(caller: Any, salma: User) -> None:
    texts = {"source": "The ceasefire holds.", "target": "L'arrêt du feu tient.", "locale": "fr"}
    before = caller(salma, "post", "/terms/check", texts).json()
    caller(salma, "put", "/terms/concepts/cf-1", CEASEFIRE)
    after = caller(salma, "post", "/terms/check", texts).json()
    assert len(after) > len(before)
    assert "error" in {finding["severity"] for finding in after}


def test_what_waits_for_a_decision_survives_a_put(caller: Any, salma: User, amina: User) -> None:
    caller(salma, "put", "/terms/concepts/cf-1", CEASEFIRE)
    proposal = {"english": "ceasefire", "locale": "ar", "text": "وقف إطلاق النار"}
    assert caller(amina, "post", "/terms/proposals", proposal).status_code == 201
    assert caller(amina, "post", "/terms/proposals", proposal).status_code == 409
    caller(salma, "put", "/terms/concepts/cf-1", {**CEASEFIRE, "note": "changed"})
    assert Term.objects.get(locale="ar").status == "proposed"


@pytest.mark.parametrize(
    "change",
    [
        {"terms": []},
        {"terms": [{"locale": "en", "text": " "}]},
        {"terms": [{"locale": "de", "text": "x"}]},
        {"terms": [{"locale": "en", "text": "a  b"}, {"locale": "en", "text": "a b"}]},
        {"remark": "nobody reads this"},
    ],
)
def test_a_bad_concept_changes_nothing(caller: Any, salma: User, change: dict[str, Any]) -> None:
    response = caller(salma, "put", "/terms/concepts/cf-1", {**CEASEFIRE, **change})
    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"
    assert not Concept.objects.exists()


def test_every_shipped_concept_has_an_address(caller: Any, salma: User) -> None:
    load_shipped()
    for identifier in Concept.objects.values_list("identifier", flat=True)[::50]:
        assert caller(salma, "get", f"/terms/concepts/{identifier}").status_code == 200
