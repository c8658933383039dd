"""The quality figures: counted from what people confirmed, and nothing else."""

import json

import pytest
from django.test import Client

from tests.conftest import person
from workflow.accounts.models import User
from workflow.articles.models import Article
from workflow.drafting.units import save_target
from workflow.review import figures

pytestmark = pytest.mark.django_db


def test_the_edit_rate_counts_words(db: None) -> None:
    assert figures.edit_rate("a b c d", "a b c d") == 0
    assert figures.edit_rate("a b c d", "a x c d") == 0.25
    assert figures.edit_rate("<1>a</1> b", "a b") == 0
    assert figures.edit_rate("", "a b") == 1


def test_chrf_of_the_same_text_is_a_hundred(db: None) -> None:
    assert figures.chrf([("une bibliothèque", "une bibliothèque")]) == pytest.approx(100)


@pytest.fixture
def worked(drafted: Article, amina: User) -> Article:
    """One unit confirmed as drafted would be too kind: one is rewritten, with thirty seconds of work."""
    unit = drafted.translations.get(locale="ar").current_units()[3]
    save_target(
        unit.pk, version=unit.version, target="تضم 5,000 كتاب بثلاث لغات.", by=amina, confirm=True, seconds=30
    )
    return drafted


def test_only_confirmed_units_count(worked: Article) -> None:
    (row,) = figures.by_locale(figures.confirmed_units())
    assert (row.name, row.units, row.untouched, row.seconds) == ("ar", 1, 0, 30)
    assert row.edit_rate > 0


def test_the_page_shows_them_and_the_pairs_leave_in_two_forms(
    worked: Article, client: Client, editor: User
) -> None:
    client.force_login(editor)
    assert b"chrF" in client.get("/desk/figures/").content
    line = json.loads(b"".join(client.get("/desk/figures/post-edited.jsonl").streaming_content))  # type: ignore[attr-defined]
    assert line["final"] == "تضم 5,000 كتاب بثلاث لغات."
    assert line["source"] == "It holds 5,000 books in three languages."
    assert "5,000 كتاب" in client.get("/desk/figures/post-edited.tmx").content.decode()
    assert client.get("/desk/figures/post-edited.doc").status_code == 404


def test_translators_have_other_things_to_do(client: Client) -> None:
    client.force_login(person("t", "translator", locales=("ar",)))
    assert client.get("/desk/figures/").status_code == 403
