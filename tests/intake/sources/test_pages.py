"""The pages of sources: who may do what there, and what the buttons do."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import person
from workflow.accounts.models import User
from workflow.intake.models import Item, Source
from workflow.intake.sources import taking

from .conftest import PARAGRAPHS, entry, look, read, rss
from .test_taking import FRENCH
from .web import Web

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.intake.sources.urlconf")]
Make = Callable[..., Source]
FIELDS = {
    "name": "Wire",
    "kind": "rss",
    "address": "https://example.org/feed",
    "poll_minutes": "15",
    "priority": "2",
}


@pytest.fixture
def administrator(client: Client) -> User:
    user = person("root", "administrator")
    client.force_login(user)
    return user


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    calls: list[tuple[object, ...]] = []
    monkeypatch.setattr("workflow.intake.sources.decisions.ring", lambda *call: calls.append(call))
    return calls


def test_an_administrator_sets_a_source_up(client: Client, administrator: User) -> None:
    form = {**FIELDS, "locales": ["ar"], "active": "on", "domain": "culture"}
    response = client.post(reverse("new-source"), form, follow=True)
    source = Source.objects.get()
    assert (source.locales, source.domain, source.active, source.full_text) == (
        ["ar"],
        "culture",
        True,
        False,
    )
    assert "Wire" in response.content.decode()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"address": "ftp://example.org/feed"}, "no address of the web"),
        ({"address": "http://127.0.0.1/feed"}, "internal network"),
        ({"kind": "folder", "address": "incoming"}, "full path of a folder"),
        ({"kind": "wordpress", "address": "https://example.org/?feed=rss"}, "address of the site"),
        ({"restricted": "on"}, "at least one person"),
        ({"poll_minutes": "0"}, "greater than or equal to 1"),
    ],
)
def test_what_cannot_work_is_refused_with_the_reason(
    client: Client, administrator: User, fields: dict[str, str], said: str
) -> None:
    response = client.post(reverse("new-source"), {**FIELDS, **fields})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Source.objects.exists()


def test_an_allowed_host_and_a_folder_that_is_there_are_taken(
    client: Client, administrator: User, tmp_path: Path
) -> None:
    client.post(
        reverse("new-source"), {**FIELDS, "address": "http://127.0.0.1/feed", "private_hosts": "127.0.0.1"}
    )
    client.post(
        reverse("new-source"), {**FIELDS, "name": "Folder", "kind": "folder", "address": str(tmp_path)}
    )
    assert Source.objects.count() == 2


def test_a_new_address_is_read_from_the_start(client: Client, administrator: User, make: Make) -> None:
    source = make("https://example.org/old", etag='"1"', cursor="2025", last_modified="yesterday", errors=3)
    client.post(reverse("edit-source", args=[source.pk]), FIELDS)
    source.refresh_from_db()
    assert (source.etag, source.cursor, source.last_modified, source.errors) == ("", "", "", 0)


@pytest.mark.parametrize("role", ["translator", "terminologist", "editor"])
def test_only_administrators_set_sources_up(client: Client, make: Make, role: str) -> None:
    source = make("https://example.org/feed")
    client.force_login(person("anna", role))
    assert client.get(reverse("new-source")).status_code == 403
    assert client.post(reverse("edit-source", args=[source.pk]), FIELDS).status_code == 403
    assert client.get(reverse("sources")).status_code == (200 if role == "editor" else 403)
    assert client.post(reverse("look-at-source", args=[source.pk])).status_code == (
        302 if role == "editor" else 403
    )


def test_an_editor_takes_in_what_needed_confirmation(
    client: Client, web: Web, make: Make, editor: User, rung: list[tuple[object, ...]]
) -> None:
    (item,) = read(make(web.put_feed("/feed", rss(entry(text=FRENCH * 3)))))
    client.force_login(editor)
    page = client.get(reverse("source", args=[item.source_id]) + "?state=held").content.decode()
    assert "does not look English" in page
    assert reverse("accept-item", args=[item.pk]) in page
    client.post(reverse("accept-item", args=[item.pk]))
    assert rung == [("tasks.take_items",)]
    taking.drain()
    item.refresh_from_db()
    assert (item.state, item.confirmed_by) == ("taken", editor)
    again = client.post(reverse("accept-item", args=[item.pk]), follow=True)
    assert "already" in again.content.decode()


def test_an_editor_leaves_out_or_tries_again(client: Client, make: Make, editor: User, web: Web) -> None:
    one, other = read(
        make(web.put_feed("/feed", rss(entry(1, text="<p> </p>"), entry(2, "Two", "<p> </p>"))))
    )
    client.force_login(editor)
    client.post(reverse("dismiss-item", args=[one.pk]))
    client.post(reverse("retry-item", args=[other.pk]))
    assert list(Item.objects.order_by("pk").values_list("state", flat=True)) == ["dismissed", "planned"]


def test_looking_now_rings_for_a_poll(
    client: Client, make: Make, editor: User, rung: list[tuple[object, ...]]
) -> None:
    source = make("https://example.org/feed", active=False)
    client.force_login(editor)
    client.post(reverse("look-at-source", args=[source.pk]))
    source.refresh_from_db()
    assert source.asked
    assert rung == [("tasks.poll_source", source.pk)]


def test_what_is_restricted_is_shown_to_the_people_named_only(
    client: Client, make: Make, editor: User, web: Web
) -> None:
    source = make(web.put_feed("/feed", rss(entry(text=FRENCH * 3, title="Secret"))), restricted=True)
    source.people.add(person("omar", "editor"))
    (item,) = read(source)
    client.force_login(editor)
    assert "Secret" not in client.get(reverse("source", args=[source.pk])).content.decode()
    assert client.post(reverse("accept-item", args=[item.pk])).status_code == 403
    client.force_login(User.objects.get(username="omar"))
    assert "Secret" in client.get(reverse("source", args=[source.pk])).content.decode()


def test_the_list_says_how_sources_do(client: Client, make: Make, editor: User, web: Web) -> None:
    look(make(web.put("/feed", "Broken", status=500), "Failing"))
    read(make(web.put_feed("/held", rss(entry(text=FRENCH * 3))), "Held"))
    client.force_login(editor)
    page = client.get(reverse("sources")).content.decode()
    assert "answered 500" in page
    assert "?state=held" in page


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_every_page_is_there_in_every_language(
    client: Client, make: Make, administrator: User, web: Web, language: str
) -> None:
    administrator.is_editor = True
    administrator.interface_language = language
    administrator.save()
    source = make(
        web.put_feed("/feed", rss(entry(1), entry(2, "Held", FRENCH * 3), entry(3, "Empty", "<p> </p>")))
    )
    read(source)
    for page in (reverse("sources"), reverse("source", args=[source.pk]), reverse("new-source")):
        assert client.get(page).status_code == 200
    assert client.get(reverse("edit-source", args=[source.pk])).status_code == 200
    assert PARAGRAPHS not in client.get(reverse("source", args=[source.pk])).content.decode()


def test_the_pages_load_no_reader_of_feeds_or_pages() -> None:
    import subprocess
    import sys

    code = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'; import django; django.setup();"
        "import workflow.intake.sources.urls; print({'feedparser', 'trafilatura'} & set(sys.modules))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "set()"
