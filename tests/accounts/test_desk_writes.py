"""Every address of the product that can be posted to, for every role: a new one without a line here fails.

The addresses are taken from Django's own resolver. Those under WRITES change something, and say whom they
belong to; those under LOOKING must change nothing whoever posts to them. The API has a matrix of its own
(tests/api/test_roles.py), and the pages of one's own account (allauth, under /accounts/) know no roles.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.utils import timezone

from glossaries import decisions
from glossaries import matching as plain
from glossaries.store import put
from tests.conftest import person
from workflow.accounts.models import User
from workflow.api.models import issue
from workflow.articles.models import Article, Picture
from workflow.intake.models import Item, Source
from workflow.publishing import desk_views
from workflow.publishing.models import Delivery, Destination
from workflow.publishing.publish import publish

pytestmark = pytest.mark.django_db

STAFF: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "translator": (("translator",), ("ar",)),
    "other": (("translator",), ("fr",)),
    "editor": (("editor",), ()),
    "terminologist": (("terminologist",), ()),
    "administrator": (("administrator",), ()),
}
EVERYBODY = frozenset(STAFF)
INTO_ARABIC = {"translator", "editor"}
UNIT = {"version": 9999, "target": "x", "check": "numbers", "reason": "x", "text": "x"}

# Address, what is posted, whom it is open to.
WRITES: list[tuple[str, dict[str, Any], frozenset[str] | set[str]]] = [
    ("/desk/profile/", {}, EVERYBODY),
    ("/desk/notices/", {}, EVERYBODY),
    ("/desk/people/new", {}, {"administrator"}),
    ("/desk/people/{person}/", {}, {"administrator"}),
    ("/desk/tokens/{token}/revoke", {}, {"administrator"}),
    ("/desk/submit/", {}, {"editor"}),
    ("/desk/submit/{article}/", {}, {"editor"}),
    ("/desk/submit/pictures/{picture}/again", {}, {"editor"}),
    ("/desk/articles/{article}/people", {}, {"editor"}),
    ("/desk/board/assign", {"to": "auto", "translation": "{ar}"}, {"editor"}),
    ("/desk/translations/{ar}/import", {}, INTO_ARABIC),
    ("/desk/translations/{ar}/claim", {}, INTO_ARABIC),
    ("/desk/translations/{ar}/release", {}, {"editor"}),
    ("/desk/translations/{ar}/assign", {"to": "{person}"}, {"editor"}),
    ("/desk/translations/{ar}/confirm-all", {}, INTO_ARABIC),
    ("/desk/translations/{ar}/approve", {}, INTO_ARABIC),
    ("/desk/translations/{ar}/return", {"reason": "x"}, INTO_ARABIC),
    ("/desk/translations/{ar}/retry", {}, {"editor"}),
    ("/desk/translations/{ar}/cancel", {}, {"editor"}),
    ("/desk/units/{unit}/save", UNIT, INTO_ARABIC),
    ("/desk/units/{unit}/unconfirm", UNIT, INTO_ARABIC),
    ("/desk/units/{unit}/accept", UNIT, INTO_ARABIC),
    ("/desk/units/{unit}/check", UNIT, INTO_ARABIC),
    ("/desk/units/{unit}/draft-again", UNIT, INTO_ARABIC),
    ("/desk/units/{unit}/alternatives/ask", UNIT, INTO_ARABIC),
    ("/desk/units/{unit}/comment", UNIT, EVERYBODY),
    ("/desk/comments/{comment}/settle", {"resolved": "1"}, INTO_ARABIC),
    ("/desk/articles/{article}/publish/en/publish", {}, {"editor"}),
    ("/desk/articles/{article}/publish/en/reissue", {}, {"editor"}),
    ("/desk/articles/{article}/publish/en/schedule", {}, {"editor"}),
    ("/desk/articles/{article}/publish/en/cancel", {}, {"editor"}),
    ("/desk/articles/{article}/publish/en/withdraw", {}, {"editor"}),
    ("/desk/editions/{edition}/send", {}, {"editor"}),
    ("/desk/deliveries/{delivery}/retry", {}, {"editor"}),
    ("/desk/destinations/new", {}, {"administrator"}),
    ("/desk/destinations/{destination}", {}, {"administrator"}),
    ("/desk/sources/new/", {}, {"administrator"}),
    ("/desk/sources/{source}/edit/", {}, {"administrator"}),
    ("/desk/sources/{source}/look/", {}, {"editor", "administrator"}),
    ("/desk/sources/items/{item}/accept/", {}, {"editor"}),
    ("/desk/sources/items/{item}/retry/", {}, {"editor"}),
    ("/desk/sources/items/{item}/dismiss/", {}, {"editor"}),
    ("/desk/terms/new", {}, {"terminologist"}),
    ("/desk/terms/{concept}/edit", {}, {"terminologist"}),
    ("/desk/terms/propose", {}, EVERYBODY),
    ("/desk/terms/proposals/{proposal}", {"decision": "refuse"}, {"terminologist"}),
    ("/desk/terms/import", {}, {"terminologist"}),
]
# For readers too, without signing in.
OPEN = ["/i18n/setlang/", "/en/feedback/{edition}"]
LOOKING = [
    "/",
    "/health/live",
    "/health/ready",
    "/metrics",
    "/robots.txt",
    "/sitemap.xml",
    "/media/" + 64 * "0" + ".png",
    "/en/",
    "/en",
    "/en/feed.atom",
    "/en/search",
    "/en/about-translation",
    "/en/archive/",
    "/en/archive/2026/1/",
    "/en/archive/2026/1/2/",
    "/en/slug",
    "/en/slug/",
    "/en/nothing/there",
    "/desk/",
    "/desk/board/",
    "/desk/people/",
    "/desk/tokens/",
    "/desk/engines/",
    "/desk/figures/",
    "/desk/figures/post-edited.jsonl",
    "/desk/concordance",
    "/desk/readers/",
    "/desk/destinations/",
    "/desk/sources/",
    "/desk/sources/{source}/",
    "/desk/articles/{article}/",
    "/desk/articles/{article}/publish",
    "/desk/articles/{article}/preview/en",
    "/desk/translations/{ar}/",
    "/desk/translations/{ar}/progress",
    "/desk/translations/{ar}/preview",
    "/desk/translations/{ar}/export.po",
    "/desk/units/{unit}/",
    "/desk/units/{unit}/alternatives",
    "/desk/units/{unit}/matches",
    "/desk/units/{unit}/history",
    "/desk/terms/",
    "/desk/terms/{concept}/",
    "/desk/terms/{concept}/usage",
    "/desk/terms/{concept}/reach",
    "/desk/terms/proposals/",
    "/desk/terms/export.csv",
    "/desk/terms/changes/",
]


@pytest.fixture
def fill(article: Article, editor: User) -> Callable[[str], str]:
    """Fills the places of an address or a field with rows that are there."""
    arabic = article.translations.get(locale="ar")
    edition = publish(article, "en", editor)
    destination = Destination.objects.create(name="d", kind="folder", folder="/tmp/d")
    source = Source.objects.create(name="s", kind=Source.Kind.FEED, address="https://example.org/feed")
    now = timezone.now()
    item = Item.objects.create(
        source=source, external_id="1", state=Item.State.HELD, arrived_at=now, seen_at=now, due_at=now
    )
    concept, _new = put(plain.Concept("c-1", terms=(plain.Term("en", "library"),)), "g")
    places = {
        "article": article.pk,
        "ar": arabic.pk,
        "unit": arabic.current_units()[0].pk,
        "picture": Picture.objects.create(
            article=article, address="https://example.org/a.png", due_at=now
        ).pk,
        "person": person("zahra", "translator", locales=("ar",)).pk,
        "comment": arabic.comments.create(unit=arabic.current_units()[0], author=editor, text="x").pk,
        "token": issue(editor, "cms", ["read"])[0].pk,
        "edition": edition.pk,
        "destination": destination.pk,
        "delivery": Delivery.objects.create(edition=edition, destination=destination, due_at=now).pk,
        "source": source.pk,
        "item": item.pk,
        "concept": concept.pk,
        "proposal": decisions.propose("library", "fr", "bibliothèque", by=editor).pk,
    }
    return lambda text: text.format(**places)


def post(client: Client, address: str, form: dict[str, Any]) -> HttpResponse:
    """Posts, and undoes what that did."""
    with transaction.atomic():
        response = client.post(address, form)
        transaction.set_rollback(True)
    return response


@pytest.mark.parametrize("role", STAFF)
def test_a_write_is_open_to_the_right_roles_only(
    client: Client, fill: Callable[[str], str], role: str
) -> None:
    roles, locales = STAFF[role]
    client.force_login(person("somebody", *roles, locales=locales))
    for address, form, allowed in WRITES:
        filled = {name: fill(value) if isinstance(value, str) else value for name, value in form.items()}
        status = post(client, fill(address), filled).status_code
        if role in allowed:
            assert status < 500 and status not in (401, 403, 404, 405), (address, status)
        else:
            assert status == 403, (address, status)


def test_nobody_writes_without_signing_in(client: Client, fill: Callable[[str], str]) -> None:
    for address, form, _allowed in WRITES:
        response = post(client, fill(address), form)
        outside = response.status_code == 302 and "/accounts/login/" in response["Location"]
        assert outside or response.status_code in (401, 403), (address, response.status_code)


def test_nobody_writes_to_a_restricted_article_without_being_named(
    client: Client, article: Article, fill: Callable[[str], str]
) -> None:
    Article.objects.filter(pk=article.pk).update(restricted=True)
    client.force_login(
        person("all", "translator", "editor", "terminologist", "administrator", locales=("ar", "fr"))
    )
    for address, form, _allowed in WRITES:
        if any(
            place in address
            for place in ("{article}", "{ar}", "{unit}", "{edition}", "{delivery}", "{picture}", "{comment}")
        ):
            assert post(client, fill(address), form).status_code == 403, address


def test_a_page_to_look_at_changes_nothing_when_posted_to(client: Client, fill: Callable[[str], str]) -> None:
    client.force_login(
        person("all", "translator", "editor", "terminologist", "administrator", locales=("ar", "fr"))
    )
    for address in LOOKING:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.post(fill(address), {"name": "x", "q": "x"})
        changes = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
        assert changes == [], address


def test_every_address_is_in_one_of_the_lists(fill: Callable[[str], str]) -> None:
    listed = [*(address for address, _form, _allowed in WRITES), *OPEN, *LOOKING]
    known = {resolve(fill(address)).route for address in listed}
    assert {route for route in routes(get_resolver()) if not route.startswith(("api/", "accounts/"))} == known


def test_every_step_of_publishing_has_its_line() -> None:
    prefix = "/desk/articles/{article}/publish/en/"
    steps = {address.removeprefix(prefix) for address, _f, _a in WRITES if address.startswith(prefix)}
    assert steps == set(desk_views.STEPS)


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """The routes of every view below a resolver."""
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route
        else:
            yield from routes(entry, route)
