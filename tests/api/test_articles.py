"""Articles over the API: submitted once, seen by who may, published only when approved."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.conftest import TINY, person
from workflow.accounts.models import User
from workflow.api.models import issue
from workflow.articles.models import Article

pytestmark = pytest.mark.django_db


def body(**more: Any) -> dict[str, Any]:
    return {"content": TINY, "format": "markdown", **more}


def test_an_article_is_taken_in_and_queued(caller: Any, editor: User) -> None:
    response = caller(editor, "post", "/articles", body())
    assert response.status_code == 201
    told = response.json()
    assert told["title"] == "Minister Opens Library in Rabat"
    assert [row["state"] for row in told["translations"]] == ["queued", "queued"]


def test_the_same_key_takes_an_article_in_once(client: Any, editor: User) -> None:
    _token, secret = issue(editor, "cms", ["submit"])
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "release-77"}
    first, second = (
        client.post("/api/v1/articles", body(), content_type="application/json", headers=headers)
        for _ in range(2)
    )
    assert first.json() == second.json()
    assert Article.objects.count() == 1
    other = client.post(
        "/api/v1/articles", body(priority="urgent"), content_type="application/json", headers=headers
    )
    assert other.status_code == 422


def test_a_refused_request_leaves_its_key_free(client: Any, editor: User) -> None:
    _token, secret = issue(editor, "cms", ["submit"])
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "release-78"}
    bad = client.post("/api/v1/articles", body(content=" "), content_type="application/json", headers=headers)
    assert bad.status_code == 422
    good = client.post("/api/v1/articles", body(), content_type="application/json", headers=headers)
    assert good.status_code == 201


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"content": ""}, 422),
        ({"content": "<script>alert(1)</script>", "format": "html"}, 422),
        ({"locales": ["de"]}, 422),
        ({"priority": "yesterday"}, 422),
        ({"content": "# Bonjour\n\nLe ministre a inauguré la bibliothèque de la ville ce matin.\n"}, 422),
    ],
)
def test_bad_input_is_a_problem_and_nothing_is_half_saved(
    caller: Any, editor: User, change: dict[str, Any], status: int
) -> None:
    response = caller(editor, "post", "/articles", body(**change))
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert {"type", "title", "status", "detail"} <= set(response.json())
    assert not Article.objects.exists()


def test_without_a_token_nothing_opens(client: Any) -> None:
    response = client.get("/api/v1/articles")
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"


def test_a_scope_that_is_missing_closes_the_door(caller: Any, editor: User) -> None:
    assert caller(editor, "post", "/articles", body(), scopes=["read"]).status_code == 403


def test_a_restricted_article_is_seen_only_by_who_is_named(caller: Any, editor: User, submitted: Any) -> None:
    article = submitted(restricted=True)
    stranger = person("eve", "editor")
    assert caller(editor, "get", f"/articles/{article.pk}").status_code == 200
    assert caller(stranger, "get", f"/articles/{article.pk}").status_code == 403
    listed = caller(stranger, "get", "/articles")
    assert listed.status_code == 200, listed.content
    assert listed.json()["items"] == []


def test_only_what_is_approved_is_published(caller: Any, editor: User, drafted: Article) -> None:
    response = caller(editor, "post", f"/articles/{drafted.pk}/publish", {"locale": "ar"})
    assert response.status_code == 409
    assert caller(editor, "post", f"/articles/{drafted.pk}/publish", {"locale": "en"}).status_code == 201


def test_the_contract_is_published(client: Any) -> None:
    told = client.get("/api/v1/openapi.json").json()
    assert told["info"]["version"] == "1"
    assert "/api/v1/articles" in told["paths"]


def test_an_edition_is_presented_as_the_caller_says(caller: Any, editor: User, article: Article) -> None:
    said = {"locale": "en", "slug": "rabat-library", "summary": "A library.", "social_title": "Books!"}
    assert caller(editor, "post", f"/articles/{article.pk}/publish", said).json()["slug"] == "rabat-library"
    edition = article.editions.get()
    assert (edition.summary, edition.social_title) == ("A library.", "Books!")


def test_a_publication_can_wait_and_be_taken_back(caller: Any, editor: User, article: Article) -> None:
    path = f"/articles/{article.pk}"
    planned = caller(
        editor,
        "post",
        f"{path}/publish",
        {"locale": "en", "publish_at": "2999-01-01T00:00:00Z", "slug": "later"},
    )
    assert planned.status_code == 202
    assert planned.json() == {"locale": "en", "publish_at": "2999-01-01T00:00:00Z", "state": "waiting"}
    assert article.schedule.get().slug == "later"
    assert not article.editions.exists()
    past = {"locale": "fr", "publish_at": "2001-01-01T00:00:00Z"}
    assert caller(editor, "post", f"{path}/publish", past).status_code == 409
    assert caller(editor, "delete", f"{path}/schedule/en").status_code == 204
    assert caller(editor, "delete", f"{path}/schedule/en").status_code == 404
    assert article.schedule.get().state == "cancelled"


def test_a_wish_nobody_reads_is_refused(caller: Any, editor: User, article: Article) -> None:
    assert caller(editor, "post", "/articles", body(prority="urgent")).status_code == 422
    misspelt = {"locale": "en", "sluug": "x"}
    assert caller(editor, "post", f"/articles/{article.pk}/publish", misspelt).status_code == 422


def test_a_file_comes_with_all_that_is_wished_for_it(client: Any, editor: User) -> None:
    _token, secret = issue(editor, "cms", ["submit"])

    def send(**more: Any) -> Any:
        return client.post(
            "/api/v1/articles/upload",
            {"file": SimpleUploadedFile("tiny.md", TINY.encode()), **more},
            headers={"Authorization": f"Bearer {secret}"},
        )

    assert send(prority="urgent").status_code == 422
    wishes = {
        "locales": ["fr"],
        "priority": "urgent",
        "domain": "culture",
        "restricted": "true",
        "deadline": "2999-01-01T00:00:00Z",
        "canonical_url": "https://news.example/a?utm_source=x",
    }
    assert send(**wishes).status_code == 201
    article = Article.objects.get()
    assert (article.priority, article.domain, article.restricted) == (0, "culture", True)
    assert (article.deadline.year, article.canonical_url) == (2999, "https://news.example/a")
    assert [row.locale for row in article.translations.all()] == ["fr"]
    assert send(**wishes).status_code == 200


def test_people_are_named_over_the_api(caller: Any, editor: User, amina: User, karim: User) -> None:
    sent = {"content": TINY, "format": "markdown", "restricted": True, "people": ["amina"]}
    assert caller(editor, "post", "/articles", {**sent, "people": ["nobody"]}).status_code == 422
    assert not Article.objects.exists()
    made = caller(editor, "post", "/articles", sent).json()
    path = f"/articles/{made['id']}"
    assert caller(amina, "get", path).status_code == 200
    assert caller(karim, "get", path).status_code == 403
    told = caller(editor, "put", f"{path}/people", {"restricted": True, "people": ["karim"]})
    assert told.json() == {"restricted": True, "people": ["karim"]}
    assert caller(karim, "get", f"{path}/people").json() == told.json()
    assert caller(amina, "get", path).status_code == 403
