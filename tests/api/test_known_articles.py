"""The same article sent twice is one article; a changed one says so."""

from typing import Any

import pytest

from tests.api.test_articles import body
from tests.conftest import TINY, person
from workflow.accounts.models import User
from workflow.articles.models import Article, Revision
from workflow.intake.models import Fingerprint

pytestmark = pytest.mark.django_db

PAGE = "https://news.example/library"
CHANGED = TINY.replace("5,000", "6,000")


def test_the_same_text_at_the_same_address_is_answered_with_its_article(caller: Any, editor: User) -> None:
    first = caller(editor, "post", "/articles", body(canonical_url=PAGE, locales=["fr"]))
    again = caller(
        editor,
        "post",
        "/articles",
        body(canonical_url="https://News.Example:443/library/?utm_source=x#top", locales=["fr", "ar"]),
    )
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    # The language that is new in the second request is started.
    assert [row["locale"] for row in again.json()["translations"]] == ["ar", "fr"]
    assert Article.objects.get().canonical_url == PAGE
    assert Revision.objects.count() == 1


def test_an_article_is_found_by_any_spelling_of_its_address(caller: Any, editor: User) -> None:
    made = caller(editor, "post", "/articles", body(canonical_url=PAGE + "/?utm_medium=mail")).json()
    found = caller(editor, "get", "/articles?url=https://NEWS.example/library%23top").json()
    assert [row["id"] for row in found["items"]] == [made["id"]]


def test_a_changed_text_at_a_known_address_points_to_its_revisions(caller: Any, editor: User) -> None:
    made = caller(editor, "post", "/articles", body(canonical_url=PAGE)).json()
    refused = caller(editor, "post", "/articles", body(content=CHANGED, canonical_url=PAGE))
    assert refused.status_code == 409
    told = refused.json()
    assert (told["article"], told["revisions"]) == (made["id"], f"/api/v1/articles/{made['id']}/revisions")
    assert Revision.objects.count() == 1
    sent = caller(
        editor,
        "post",
        told["revisions"].removeprefix("/api/v1"),
        {"content": CHANGED, "format": "markdown"},
    )
    assert (sent.status_code, sent.json()["revision"]) == (201, 2)


def test_a_sender_may_ask_for_the_revision_at_once(caller: Any, editor: User) -> None:
    caller(editor, "post", "/articles", body(canonical_url=PAGE))
    told = caller(editor, "post", "/articles", body(content=CHANGED, canonical_url=PAGE, revise=True))
    assert (told.status_code, told.json()["revision"]) == (200, 2)
    assert Article.objects.count() == 1


def test_without_an_address_the_text_itself_is_known(caller: Any, client: Any, editor: User) -> None:
    first = caller(editor, "post", "/articles", body()).json()
    assert caller(editor, "post", "/articles", body()).status_code == 200
    client.force_login(editor)
    page = client.post("/desk/submit/", {"text": TINY, "locales": ["ar"]}, follow=True)
    assert page.redirect_chain[-1][0] == f"/desk/articles/{first['id']}/"
    assert "is here already" in page.content.decode()
    assert Article.objects.count() == 1


def test_nothing_tells_of_an_article_one_may_not_see(caller: Any, editor: User) -> None:
    hidden = caller(editor, "post", "/articles", body(canonical_url=PAGE, restricted=True)).json()
    stranger = person("eve", "editor")
    for status in (201, 200):
        told = caller(stranger, "post", "/articles", body(canonical_url=PAGE))
        assert told.status_code == status
        assert told.json()["id"] != hidden["id"]
    assert Article.objects.count() == 2


def test_what_is_submitted_as_restricted_does_not_join_an_open_article(caller: Any, editor: User) -> None:
    caller(editor, "post", "/articles", body())
    assert caller(editor, "post", "/articles", body(restricted=True)).status_code == 201
    assert Article.objects.filter(restricted=True).count() == 1


@pytest.mark.parametrize("address", ["https://[::1", "https://:80/", "https:///x"])
def test_what_is_no_address_is_refused(caller: Any, editor: User, address: str) -> None:
    assert caller(editor, "post", "/articles", body(canonical_url=address)).status_code == 422


def test_what_people_submit_leaves_its_fingerprints_for_the_sources(caller: Any, editor: User) -> None:
    made = caller(editor, "post", "/articles", body(canonical_url=PAGE)).json()
    assert set(Fingerprint.objects.values_list("article_id", flat=True)) == {made["id"]}
