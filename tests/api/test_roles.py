"""Every write of the API, for every role: allowed to whom it belongs, forbidden to the rest."""

from typing import Any

import pytest

from tests.conftest import TINY, person
from workflow.accounts.models import User
from workflow.articles.models import Article

pytestmark = pytest.mark.django_db

ROLES: dict[str, dict[str, Any]] = {
    "translator": {"roles": ("translator",), "locales": ("ar",)},
    "other translator": {"roles": ("translator",), "locales": ("fr",)},
    "editor": {"roles": ("editor",)},
    "terminologist": {"roles": ("terminologist",)},
    "administrator": {"roles": ("administrator",)},
    "nobody": {"roles": ()},
}
SUBMIT = {"content": TINY, "format": "markdown"}
CONCEPT = {"glossary": "g", "terms": [{"locale": "en", "text": "ceasefire"}]}
PROPOSAL = {"english": "ceasefire", "locale": "fr", "text": "cessez-le-feu"}
# What each write needs; "no" stands for 403, anything else for "not forbidden".
WRITES = [
    ("post", "/articles", SUBMIT, {"editor"}),
    ("post", "/articles/{article}/revisions", SUBMIT, {"editor"}),
    ("put", "/articles/{article}/people", {"restricted": False}, {"editor"}),
    ("post", "/articles/{article}/publish", {"locale": "en"}, {"editor"}),
    ("delete", "/articles/{article}/schedule/ar", None, {"editor"}),
    ("post", "/articles/{article}/withdraw", {"locale": "en", "reason": "test"}, {"editor"}),
    ("put", "/translations/{ar}/units/{unit}", {"target": "نص", "version": 1}, {"translator", "editor"}),
    ("post", "/translations/{ar}/approve", {}, {"translator", "editor"}),
    ("put", "/terms/concepts/{concept}", CONCEPT, {"terminologist"}),
    ("post", "/terms/proposals", PROPOSAL, set(ROLES)),
    ("post", "/webhooks", {"url": "https://example.org/hook"}, {"administrator"}),
    ("patch", "/webhooks/1", {"active": False}, {"administrator"}),
    ("delete", "/webhooks/1", None, {"administrator"}),
    ("post", "/webhooks/deliveries/1/replay", None, {"administrator"}),
]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    ("method", "path", "body", "allowed"), WRITES, ids=[f"{w[0]} {w[1]}" for w in WRITES]
)
def test_a_write_is_open_to_the_right_roles_only(
    caller: Any, drafted: Article, role: str, method: str, path: str, body: Any, allowed: set[str]
) -> None:
    user: User = person("somebody", *ROLES[role]["roles"], locales=ROLES[role].get("locales", ()))
    arabic = drafted.translations.get(locale="ar")
    unit = arabic.current_units()[0]
    address = path.format(article=drafted.pk, ar=arabic.pk, unit=unit.pk, concept="cf-1")
    if path.endswith("/withdraw") and role in allowed:
        caller(user, "post", f"/articles/{drafted.pk}/publish", {"locale": "en"})
    response = caller(user, method, address, body)
    if role in allowed:
        assert response.status_code != 403
        assert response.status_code < 500
    else:
        assert response.status_code in (403, 404), response.content
        assert path.endswith("/withdraw") or response.status_code == 403


def test_every_write_is_in_the_matrix(client: Any) -> None:
    told = client.get("/api/v1/openapi.json").json()
    writes = {
        (method, path.removeprefix("/api/v1"))
        for path, operations in told["paths"].items()
        for method in operations
        if method in ("post", "put", "patch", "delete")
    }
    shapes = {(method, _shape(path)) for method, path, _body, _allowed in WRITES}
    reads_by_post = {("post", "/terms/check")}
    uploads = {("post", "/articles/upload")}
    assert {(method, _shape(path)) for method, path in writes - reads_by_post - uploads} == shapes


def _shape(path: str) -> str:
    return "/".join("*" if part.startswith("{") or part.isdigit() else part for part in path.split("/"))
