"""The quality figures: counted from what people confirmed, and nothing else."""

import json
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.conftest import OneEngine, person
from workflow.accounts.models import User
from workflow.articles.models import Article
from workflow.drafting import work
from workflow.drafting.models import TranslationUnit
from workflow.drafting.units import save_target
from workflow.review import figures

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("draft", "final", "edits"),
    [
        ("a b c d", "a b c d", 0),
        ("a b c d", "a x c d", 1),
        ("a b c", "a b c d", 1),
        ("a b c d", "a b d", 1),
        # Words that moved together are one edit, not a deletion and an insertion each.
        ("c d a b e f", "a b c d e f", 1),
        ("", "a b", 2),
        # The example of Snover et al. 2006: a shift, two substitutions, an insertion.
        (
            "this week the saudis denied information published in the new york times",
            "saudi arabia denied this week information published in the american new york times",
            4,
        ),
        ("Le ministre", "le ministre", 1),
    ],
)
def test_edits_are_counted_as_ter_counts_them(draft: str, final: str, edits: int) -> None:
    found = figures.measure(draft, final)
    assert (found.edits, found.words) == (edits, len(final.split()))


def test_chrf_of_the_same_text_is_a_hundred_and_of_another_less() -> None:
    assert figures.measure("une bibliothèque", "une bibliothèque").chrf == 100
    assert 40 < figures.measure("une bibliothèque", "une grande bibliothèque").chrf < 95
    assert figures.measure("abc", "xyz").chrf == 0


def test_a_measure_is_made_once(worked: Article, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    once = figures.measured(figures.confirmed_units())
    monkeypatch.setattr(figures, "measure", lambda draft, final: pytest.fail("measured again"))
    assert figures.measured(figures.confirmed_units()) == once


@pytest.fixture
def worked(drafted: Article, amina: User) -> Article:
    """One unit confirmed as drafted would be too kind: one is rewritten, with thirty seconds of work."""
    unit = drafted.translations.get(locale="ar").current_units()[3]
    save_target(
        unit.pk, version=unit.version, target="تضم 5,000 كتاب بثلاث لغات.", by=amina, confirm=True, seconds=30
    )
    return drafted


def test_only_confirmed_units_count(worked: Article) -> None:
    (row,) = figures.by_locale(figures.measured(figures.confirmed_units()))
    assert (row.key, row.units, row.untouched, row.seconds) == ("ar", 1, 0, 30)
    assert row.ter > 0 and row.chrf < 100
    assert row.seconds_per_word == pytest.approx(30 / 7)


def confirm(article: Article, locale: str, at: int, *, seconds: int = 0) -> None:
    """Confirms the unit at that place as it was drafted."""
    unit = article.translations.get(locale=locale).current_units()[at]
    TranslationUnit.objects.filter(pk=unit.pk).update(
        state="confirmed", target=unit.draft, confirmed_at=timezone.now(), seconds=seconds
    )


def test_each_language_model_and_article_has_its_figures(
    worked: Article, amina: User, submitted: Callable[..., Article], registry: OneEngine
) -> None:
    confirm(worked, "ar", 0)
    confirm(worked, "fr", 0, seconds=12)
    other = submitted(text="# Another Article\n\nIt has one paragraph of text.\n")
    work.drain(registry)  # type: ignore[arg-type]
    confirm(other, "fr", 0)
    TranslationUnit.objects.filter(translation__article=other).update(draft_model="other@1")
    units = figures.measured(figures.confirmed_units())
    assert {row.key: (row.units, row.untouched) for row in figures.by_locale(units)} == {
        "ar": (2, 0.5),
        "fr": (2, 1),
    }
    assert {row.key: row.units for row in figures.by_article(units)} == {str(worked.pk): 3, str(other.pk): 1}
    assert figures.by_article(units)[0].key == str(worked.pk)
    assert {row.key: row.units for row in figures.by_model(units)}["other@1"] == 1
    # Units confirmed in one stroke took no time of anybody; they do not make the others look faster.
    assert {row.key: row.seconds for row in figures.by_locale(units)} == {"ar": 30, "fr": 12}
    whole = figures.overall(units)
    assert whole is not None and whole.units == 4 and whole.untouched == 0.75


def test_the_page_shows_them_and_filters_live_in_the_address(
    worked: Article, client: Client, editor: User
) -> None:
    client.force_login(editor)
    page = client.get("/desk/figures/").content.decode()
    assert "chrF" in page and '<svg class="plot"' in page
    assert f'?days=90&amp;locale=&amp;model=&amp;article={worked.pk}"' in page
    only = client.get(f"/desk/figures/?article={worked.pk}&locale=ar&days=7").content.decode()
    assert "1 confirmed unit with" in only
    for none in ("locale=fr", "model=nothing", f"article={worked.pk + 1}"):
        assert "0 confirmed units" in client.get(f"/desk/figures/?{none}").content.decode()


def test_findings_are_counted_by_names_people_read(worked: Article, client: Client, editor: User) -> None:
    unit = worked.translations.get(locale="ar").current_units()[3]
    TranslationUnit.objects.filter(pk=unit.pk).update(findings=[{"check": "term_missing"}] * 2)
    client.force_login(editor)
    assert "Term not used" in client.get("/desk/figures/").content.decode()
    client.post("/i18n/setlang/", {"language": "fr", "next": "/desk/"})
    page = client.get("/desk/figures/").content.decode()
    assert "Terme non employé" in page and "term_missing" not in page


def test_a_restricted_article_gives_nothing_away(worked: Article, client: Client) -> None:
    Article.objects.update(restricted=True)
    client.force_login(person("other", "editor"))
    page = client.get("/desk/figures/").content.decode()
    assert worked.title not in page and "0 confirmed units" in page


def test_the_pairs_leave_in_two_forms(worked: Article, client: Client, editor: User) -> None:
    client.force_login(editor)
    line = json.loads(b"".join(client.get("/desk/figures/post-edited.jsonl").streaming_content))  # type: ignore[attr-defined]
    assert line["final"] == "تضم 5,000 كتاب بثلاث لغات."
    assert line["source"] == "It holds 5,000 books in three languages."
    assert "5,000 كتاب" in client.get("/desk/figures/post-edited.tmx").content.decode()
    assert client.get("/desk/figures/post-edited.doc").status_code == 404


def test_translators_have_other_things_to_do(client: Client) -> None:
    client.force_login(person("t", "translator", locales=("ar",)))
    assert client.get("/desk/figures/").status_code == 403
