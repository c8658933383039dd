"""The readers' form: what is kept, where reports land, and what is refused."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from workflow.accounts.models import User
from workflow.articles.models import Article
from workflow.publishing import feedback as rules
from workflow.publishing import readers
from workflow.publishing.models import Edition, Feedback
from workflow.publishing.publish import Presentation, reissue, withdraw
from workflow.review.models import Comment

pytestmark = pytest.mark.django_db
Publish = Callable[..., dict[str, Edition]]


@pytest.fixture
def edition(published: Publish) -> Edition:
    return published("ar")["ar"]


def send(client: Client, edition: Edition, visitor: str = "192.0.2.1", **fields: str):  # type: ignore[no-untyped-def]
    return client.post(f"/{edition.locale}/feedback/{edition.pk}", fields, REMOTE_ADDR=visitor)


def test_a_vote_is_kept_with_the_edition_and_nothing_about_the_reader(
    client: Client, edition: Edition
) -> None:
    response = send(client, edition, satisfaction="5")
    assert response.status_code == 200
    assert not response.cookies
    assert response["Cache-Control"] == "no-store"
    kept = Feedback.objects.get()
    assert (kept.edition, kept.satisfaction) == (edition, 5)
    assert "192.0.2.1" not in str(vars(kept))


def test_the_hash_of_a_visitor_cannot_be_made_again_tomorrow(client: Client, edition: Edition) -> None:
    send(client, edition, satisfaction="5")
    cache.clear()  # the key of the day is gone
    send(client, edition, satisfaction="5")
    first, second = Feedback.objects.values_list("visitor", flat=True)
    assert first and second and first != second


def test_no_token_is_needed_and_none_is_given(edition: Edition) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert send(strict, edition, satisfaction="1").status_code == 200


def test_the_second_vote_of_a_visitor_replaces_the_first(client: Client, edition: Edition) -> None:
    send(client, edition, satisfaction="1")
    send(client, edition, satisfaction="4")
    send(client, edition, "192.0.2.2", satisfaction="2")
    assert sorted(Feedback.objects.values_list("satisfaction", flat=True)) == [2, 4]


def test_a_report_lands_as_a_comment_on_the_unit(client: Client, edition: Edition) -> None:
    send(client, edition, block="t1", comment="Wrong number.")
    comment = Comment.objects.get()
    assert comment.from_reader and comment.author is None
    assert comment.unit is not None
    assert comment.unit.target == "افتتحت الوزيرة <1>مكتبة جديدة</1> يوم الأربعاء، بحضور 12 كاتبا."
    assert "Wrong number." in comment.text
    assert "بحضور 12 كاتبا" in comment.text
    assert Feedback.objects.get().report == comment


def test_selected_words_are_the_passage_when_they_stand_in_the_text(client: Client, edition: Edition) -> None:
    send(client, edition, block="t1", passage="بحضور  12 كاتبا")
    send(client, edition, block="t1", passage="words that are not there")
    first, second = Feedback.objects.order_by("id")
    assert first.passage == "بحضور 12 كاتبا"
    assert second.passage.startswith("افتتحت الوزيرة")


def test_a_report_on_the_source_needs_no_translation(client: Client, published: Publish) -> None:
    edition = published("en")["en"]
    assert send(client, edition, block="t1", comment="?").status_code == 200
    assert Feedback.objects.get().report is None


def test_a_report_finds_the_unit_after_the_source_has_changed(
    client: Client, article: Article, edition: Edition, editor: User
) -> None:
    from tests.publishing.conftest import ENGLISH
    from workflow.articles.revisions import SourceText, add_revision
    from workflow.drafting.start import translate

    changed = ENGLISH.replace("12 writers", "13 writers")
    add_revision(article, SourceText("Library Opens in Rabat", changed), by=editor)
    translate(article, "ar", by=editor)
    send(client, edition, block="t3")
    unit = Comment.objects.get().unit
    assert unit is not None
    assert unit.segment.revision_id == article.current_id


@pytest.mark.parametrize("field", ["satisfaction", "comment", "block"])
def test_strange_values_are_refused_without_harm(client: Client, edition: Edition, field: str) -> None:
    for value in ("", "6", "0", "-1", "١", "t99", "\x07", "'"):
        response = send(client, edition, **{field: value})
        assert response.status_code in (200, 400, 422, 429), (field, value)
    assert not Feedback.objects.filter(satisfaction__gt=5).exists()


def test_an_empty_form_is_answered_kindly(client: Client, edition: Edition) -> None:
    assert send(client, edition).status_code == 422
    assert not Feedback.objects.exists()


def test_what_is_too_long_is_refused(client: Client, edition: Edition) -> None:
    assert send(client, edition, comment="a" * 2001).status_code == 422
    assert send(client, edition, comment="a" * 20_000).status_code == 422
    assert not Feedback.objects.exists()


def test_a_machine_that_fills_in_everything_is_dropped_in_silence(client: Client, edition: Edition) -> None:
    assert send(client, edition, satisfaction="1", website="http://spam.example").status_code == 200
    assert not Feedback.objects.exists()


def test_a_visitor_who_writes_too_often_is_asked_to_wait(client: Client, edition: Edition) -> None:
    answers = [send(client, edition, comment=f"no {n}").status_code for n in range(10)]
    assert answers == [200] * 6 + [429] * 4
    assert send(client, edition, "192.0.2.9", comment="yes").status_code == 200


def test_everybody_together_cannot_flood_an_edition(
    client: Client, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "PER_EDITION_HOUR", 3)
    monkeypatch.setattr(rules, "REPORTS_PER_EDITION_DAY", 2)
    answers = [send(client, edition, f"192.0.2.{n}", block="t1").status_code for n in range(5)]
    assert answers == [200, 200, 200, 429, 429]
    assert Comment.objects.count() == 2


class NoCache:
    """A cache that nobody reaches."""

    def add(self, *_args: object, **_kwargs: object) -> None:
        raise ConnectionError("no cache")


def test_without_a_cache_the_limit_of_the_edition_still_holds(
    client: Client, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "PER_EDITION_HOUR", 2)
    monkeypatch.setattr(rules, "cache", NoCache())
    assert [send(client, edition, comment="x").status_code for _ in range(3)] == [200, 200, 429]
    assert set(Feedback.objects.values_list("visitor", flat=True)) == {""}


def test_behind_a_trusted_proxy_visitors_are_told_apart(client: Client, edition: Edition) -> None:
    for last in ("7", "8"):
        client.post(
            f"/ar/feedback/{edition.pk}",
            {"satisfaction": "3"},
            headers={"X-Forwarded-For": f"10.0.0.1, 198.51.100.{last}"},
            REMOTE_ADDR="127.0.0.1",
        )
    assert Feedback.objects.count() == 2


def test_a_household_is_one_visitor(client: Client, edition: Edition) -> None:
    answers = [send(client, edition, f"2001:db8::{n}", comment="no").status_code for n in range(8)]
    assert answers == [200] * 6 + [429] * 2
    assert send(client, edition, "2001:db8:0:1::1", comment="yes").status_code == 200


def test_a_withdrawn_edition_takes_no_more_messages(client: Client, edition: Edition, editor: User) -> None:
    withdraw(edition, editor, "wrong")
    answer = send(client, edition, satisfaction="5", comment="still here")
    assert (answer.status_code, answer["Content-Language"]) == (410, "ar")
    assert client.get(f"/ar/feedback/{edition.pk}").status_code == 410
    assert not Feedback.objects.exists()


def test_a_page_left_open_speaks_of_the_edition_it_shows(
    client: Client, edition: Edition, editor: User
) -> None:
    later = reissue(edition, editor, Presentation(slug="مكتبة"))
    answer = send(client, edition, satisfaction="5")
    assert f'href="/ar/{later.slug}"' in answer.content.decode()
    assert Feedback.objects.get().edition == edition
    assert unquote(client.get(f"/ar/feedback/{edition.pk}")["Location"]) == f"/ar/{later.slug}"


def test_the_form_of_another_locale_or_of_nothing_is_not_found(client: Client, edition: Edition) -> None:
    assert client.post(f"/fr/feedback/{edition.pk}", {"satisfaction": "1"}).status_code == 404
    assert client.post("/ar/feedback/999999", {"satisfaction": "1"}).status_code == 404


def test_the_address_of_the_form_leads_to_the_article(client: Client, edition: Edition) -> None:
    response = client.get(f"/ar/feedback/{edition.pk}")
    assert response.status_code == 302
    assert response["Location"].isascii()


def test_editors_see_satisfaction_by_locale_week_and_article(
    client: Client, edition: Edition, editor: User
) -> None:
    for n, step in enumerate(("5", "4", "1")):
        send(client, edition, f"192.0.2.{n}", satisfaction=step)
    send(client, edition, "192.0.2.9", block="t1", comment="<b>Bold</b> words")
    everything = readers.feedback_since(timezone.now() - timedelta(days=1))
    (votes,) = readers.by_locale(everything)
    assert (votes.count, round(votes.mean or 0, 2), votes.steps) == (3, 3.33, (1, 0, 0, 1, 1))
    assert [week.count for week in readers.by_week(everything)] == [3]
    client.force_login(editor)
    page = client.get("/desk/readers/?days=7&locale=ar").content.decode()
    assert "&lt;b&gt;Bold&lt;/b&gt; words" in page
    assert edition.title in page
    assert edition.title not in client.get("/desk/readers/?locale=fr&page=x").content.decode()
