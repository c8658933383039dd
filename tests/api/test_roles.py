"""Every write of the API, for every role and every scope: open to whom it belongs, closed to the rest.

The writes are taken from the OpenAPI document: one without a line here fails.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone

from tests.conftest import TINY, person
from workflow.accounts.models import User
from workflow.api.models import Scope, Webhook, WebhookDelivery, issue
from workflow.articles.models import Article
from workflow.drafting.models import Transition
from workflow.publishing.publish import publish
from workflow.publishing.schedule import schedule

pytestmark = pytest.mark.django_db

ROLES: dict[str, dict[str, Any]] = {
    "translator": {"roles": ("translator",), "locales": ("ar",)},
    "other translator": {"roles": ("translator",), "locales": ("fr",)},
    "editor": {"roles": ("editor",)},
    "terminologist": {"roles": ("terminologist",)},
    "administrator": {"roles": ("administrator",)},
    "nobody": {"roles": ()},
}
EVERYBODY = frozenset(ROLES)
TEXT = {"content": TINY.replace("Rabat", "Fez"), "format": "markdown"}
CONCEPT = {"glossary": "g", "terms": [{"locale": "en", "text": "ceasefire"}]}
PROPOSAL = {"english": "ceasefire", "locale": "fr", "text": "cessez-le-feu"}
FILE = "a file"
# Method, path, body, the scope it needs, the roles it is open to.
Line = tuple[str, str, Any, str, frozenset[str] | set[str]]
WRITES: list[Line] = [
    ("post", "/articles", TEXT, "submit", {"editor"}),
    ("post", "/articles/upload", FILE, "submit", {"editor"}),
    ("post", "/articles/{article}/revisions", TEXT, "submit", {"editor"}),
    ("put", "/articles/{article}/people", {"restricted": False}, "submit", {"editor"}),
    ("post", "/articles/{article}/publish", {"locale": "en"}, "publish", {"editor"}),
    ("delete", "/articles/{article}/schedule/ar", None, "publish", {"editor"}),
    ("post", "/articles/{article}/withdraw", {"locale": "en", "reason": "x"}, "publish", {"editor"}),
    (
        "put",
        "/translations/{ar}/units/{unit}",
        {"target": "نص", "version": 1},
        "review",
        {"translator", "editor"},
    ),
    ("post", "/translations/{ar}/approve", {}, "review", {"translator", "editor"}),
    ("post", "/translations/{ar}/reopen", None, "review", {"translator", "editor"}),
    ("put", "/terms/concepts/cf-1", CONCEPT, "terms", {"terminologist"}),
    ("post", "/terms/proposals", PROPOSAL, "terms", EVERYBODY),
    ("post", "/webhooks", {"url": "https://example.org/hook"}, "webhooks", {"administrator"}),
    ("patch", "/webhooks/{webhook}", {"active": False}, "webhooks", {"administrator"}),
    ("delete", "/webhooks/{webhook}", None, "webhooks", {"administrator"}),
    ("post", "/webhooks/deliveries/{delivery}/replay", None, "webhooks", {"administrator"}),
]
# Takes texts by POST because they are long, and changes nothing.
READS_BY_POST = {("post", "/terms/check")}


@pytest.fixture
def call(client: Client, article: Article, editor: User) -> Callable[[Line, str], int]:
    """Tries a line with a token, undoes what it did, and tells the status."""
    arabic = article.translations.get(locale="ar")
    publish(article, "en", editor)
    schedule(article, "ar", timezone.now() + timedelta(days=1), editor)
    webhook = Webhook.objects.create(url="https://example.org/hook", secret="x")
    transition = Transition.objects.create(translation=arabic, name="x", before="queued", after="drafting")
    places = {
        "article": article.pk,
        "ar": arabic.pk,
        "unit": arabic.current_units()[0].pk,
        "webhook": webhook.pk,
        "delivery": WebhookDelivery.objects.create(webhook=webhook, transition=transition).pk,
    }

    def call_once(line: Line, secret: str) -> int:
        method, path, body, _scope, _allowed = line
        address = "/api/v1" + path.format(**places)
        headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        if body is FILE:
            data: Any = {"file": SimpleUploadedFile("tiny.md", TEXT["content"].encode())}
            extra: dict[str, str] = {}
        else:
            data, extra = body, {} if body is None else {"content_type": "application/json"}
        with transaction.atomic():
            response = getattr(client, method)(address, data, headers=headers, **extra)
            transaction.set_rollback(True)
        return int(response.status_code)

    return call_once


@pytest.mark.parametrize("role", ROLES)
def test_a_write_is_open_to_the_right_roles_only(call: Callable[[Line, str], int], role: str) -> None:
    somebody = person("somebody", *ROLES[role]["roles"], locales=ROLES[role].get("locales", ()))
    _token, secret = issue(somebody, "test", list(Scope.values))
    for line in WRITES:
        status = call(line, secret)
        if role in line[4]:
            assert status < 500 and status not in (401, 403, 404, 405, 415), (line, status)
        else:
            assert status == 403, (line, status)


@pytest.mark.parametrize("line", WRITES, ids=[f"{line[0]} {line[1]}" for line in WRITES])
def test_a_write_needs_its_scope(call: Callable[[Line, str], int], line: Line) -> None:
    everything = person("all", "translator", "editor", "terminologist", "administrator", locales=("ar", "fr"))
    assert call(line, issue(everything, "all but one", sorted(set(Scope.values) - {line[3]}))[1]) == 403
    assert call(line, issue(everything, "only one", [line[3]])[1]) not in (401, 403, 404)
    assert call(line, "") == 401


def test_every_write_is_in_the_matrix(client: Client) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    writes = {
        (method, path.removeprefix("/api/v1"))
        for path, operations in paths.items()
        for method in operations
        if method != "get"
    }
    lines = [(method, path) for method, path, *_rest in WRITES]
    covered = {write for write in writes if any(fits(write, line) for line in lines)}
    assert writes - covered == READS_BY_POST
    assert all(any(fits(write, line) for write in writes) for line in lines)


def test_nothing_is_read_without_a_token(client: Client) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    for path, operations in paths.items():
        if "get" in operations:
            address = "/".join("1" if part.startswith("{") else part for part in path.split("/"))
            assert client.get(address).status_code == 401, path


def fits(write: tuple[str, str], line: tuple[str, str]) -> bool:
    """Whether a line of the matrix is about an operation of the OpenAPI document."""
    wanted, given = write[1].split("/"), line[1].split("/")
    same = all(a.startswith("{") or a == b for a, b in zip(wanted, given, strict=False))
    return write[0] == line[0] and len(wanted) == len(given) and same
