"""Whatever is wrong, a program is told in problem+json: nothing under /api/ answers with a page."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from workflow.accounts.models import User
from workflow.api import articles
from workflow.api.models import Scope, issue

pytestmark = pytest.mark.django_db


@pytest.fixture
def headers(editor: User) -> dict[str, str]:
    return {"Authorization": f"Bearer {issue(editor, 'test', list(Scope.values))[1]}"}


def check(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.content[:300]
    assert response["Content-Type"] == "application/problem+json"
    told = response.json()
    assert told["status"] == status
    assert told["detail"]
    return dict(told)


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/v1/articles/", "/api/v2/articles", "/api/"])
def test_an_unknown_address_is_a_problem(client: Client, headers: dict[str, str], path: str) -> None:
    check(client.get(path, headers=headers), 404)


def test_a_method_that_is_not_taken_says_which_are(client: Client, headers: dict[str, str]) -> None:
    response = client.patch("/api/v1/articles", headers=headers)
    check(response, 405)
    assert {method.strip() for method in response["Allow"].split(",")} == {"GET", "POST"}


@pytest.mark.parametrize(
    "media_type",
    ["text/plain", "application/xml", "multipart/form-data", "application/x-www-form-urlencoded"],
)
def test_a_body_in_another_format_is_not_taken(
    client: Client, headers: dict[str, str], media_type: str
) -> None:
    data = {"content": "x"} if media_type == "multipart/form-data" else "content=x"
    sent = {} if media_type == "multipart/form-data" else {"content_type": media_type}
    check(client.post("/api/v1/articles", data, headers=headers, **sent), 415)


def test_a_file_comes_as_a_form(client: Client, headers: dict[str, str]) -> None:
    check(
        client.post(
            "/api/v1/articles/upload", {"file": "x"}, content_type="application/json", headers=headers
        ),
        415,
    )


def test_every_body_has_its_format_checked(client: Client, headers: dict[str, str]) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    taking = [
        (method, path)
        for path, operations in paths.items()
        for method, operation in operations.items()
        if "requestBody" in operation
    ]
    assert len(taking) > 5
    for method, path in taking:
        address = "/".join("1" if part.startswith("{") else part for part in path.split("/"))
        check(client.generic(method.upper(), address, b"x", content_type="text/x", headers=headers), 415)


@pytest.mark.parametrize("media_type", ["application/json", "multipart/form-data; boundary=x"])
def test_too_much_is_refused_unread(client: Client, headers: dict[str, str], media_type: str) -> None:
    much = b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    check(client.post("/api/v1/articles", much, content_type=media_type, headers=headers), 413)


def test_a_nul_character_is_a_problem(client: Client, headers: dict[str, str]) -> None:
    check(client.get("/api/v1/articles?url=%00", headers=headers), 400)


def test_a_failure_is_a_problem_without_its_inside(
    client: Client, headers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_user: User) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(articles, "visible_translations", fail)
    client.raise_request_exception = False
    told = check(client.get("/api/v1/articles", headers=headers), 500)
    assert "secret" not in str(told)


def test_pages_for_people_stay_pages(client: Client) -> None:
    assert client.get("/en/nothing-there")["Content-Type"].startswith("text/html")
