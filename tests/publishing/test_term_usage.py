"""Where a term occurs in published texts, and how many pages a change of it touches."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from glossaries import exchange
from glossaries.models import Concept
from glossaries.termbase import plain_concept
from workflow.accounts.models import User
from workflow.publishing.term_usage import usage

pytestmark = pytest.mark.django_db

CSV = (
    "concept_id,domain,definition_en,en,en_variants,pos,fr,fr_admitted,fr_forbidden,ar,ar_admitted,ar_forbidden,"
    "mode,case_sensitive,note\n"
    "t-1,test,,library,,noun,bibliothèque,,,مكتبة,,,inflecting,no,\n"
    "t-2,test,,harbour,,noun,port,,,ميناء,,,inflecting,no,\n"
)


@pytest.fixture
def concepts(db: None) -> dict[str, Concept]:
    exchange.bring_in("test.csv", CSV.encode(), "test")
    return {concept.identifier: concept for concept in Concept.objects.all()}


def test_only_live_pages_whose_source_has_the_concept_count(
    concepts: dict[str, Concept], published: Callable[..., Any]
) -> None:
    assert usage(plain_concept(concepts["t-1"])) == []
    published("ar", "fr")
    pages = usage(plain_concept(concepts["t-1"]))
    assert {page.edition.locale for page in pages} == {"ar", "fr"}
    assert all(page.counts["ok"] and not page.counts["missing"] for page in pages)
    assert usage(plain_concept(concepts["t-2"])) == []


def test_the_concept_page_says_how_many_pages_a_change_affects(
    concepts: dict[str, Concept], published: Callable[..., Any], client: Client, editor: User
) -> None:
    published("ar", "fr")
    client.force_login(editor)
    reach = client.get(f"/desk/terms/{concepts['t-1'].pk}/reach").content.decode()
    assert "2 published pages" in reach
    page = client.get(f"/desk/terms/{concepts['t-1'].pk}/usage").content.decode()
    assert "مكتبة" in page and "bibliothèque" in page
