"""From a WordPress site to the desk and back: an English post comes in and is drafted; its approved translations
appear there, once, linked to it; when the English changes, only what changed comes back, and editions are outdated."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from tests.conftest import OneEngine
from tests.intake.sources.wordpress import WordPress as ReadSide
from tests.publishing.wordpress import WordPress as WriteSide
from workflow.accounts.models import User
from workflow.articles.models import Article
from workflow.checks.findings import named
from workflow.drafting import work
from workflow.drafting.models import State, Translation
from workflow.drafting.units import accept_finding, save_target
from workflow.intake.documents.reading import read
from workflow.intake.models import Source
from workflow.intake.sources import hosts, polling, taking
from workflow.intake.submit import Wishes, submit
from workflow.publishing import deliveries
from workflow.publishing.models import Destination, Edition
from workflow.publishing.publish import publish
from workflow.review.approval import approve

pytestmark = pytest.mark.django_db

PARAGRAPHS = [
    "<p>The minister opened <strong>a new library</strong> on Wednesday, in the presence of 12 writers.</p>",
    "<p>It holds many books in three languages, and readers may stay in its rooms until late.</p>",
]


class Site:
    """One WordPress site: what anybody may read, and what the desk may write with its password."""

    def __init__(self) -> None:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.headers.get("Authorization"):
                    self.answer(200, site.find(self.path))
                    return
                page = site.reading.answer(self.path, {})
                self.send(page.status, page.body, page.headers)

            def do_POST(self) -> None:
                given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                self.answer(201, site.write(self.path, given))

            def answer(self, status: int, data: Any) -> None:
                self.send(status, json.dumps(data).encode(), {})

            def send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
                self.send_response(status)
                self.send_header("Content-Type", "application/json; charset=UTF-8")
                self.send_header("Content-Length", str(len(body)))
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_arguments: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        self.reading = ReadSide(self.address)
        self.writing = WriteSide(address=self.address)
        # Some sites take comments out of what is posted; some give posts another address later.
        self.drops_comments = self.moves = False
        Thread(target=self.server.serve_forever, daemon=True).start()

    def editor_writes(self, paragraphs: list[str], modified: str) -> None:
        """The site's own editor publishes post 7, or changes it."""
        self.reading.write(7, "Minister Opens Library", "\n".join(paragraphs), modified)
        self.writing.posts.setdefault(
            7, {"id": 7, "lang": "en", "slug": "library", "translations": {}, "meta": {}}
        )

    def find(self, path: str) -> list[dict[str, Any]]:
        slug = path.split("slug=")[1].split("&")[0]
        return [self.writing.shown(p, True) for p in self.writing.posts.values() if p.get("slug") == slug]

    def write(self, path: str, given: dict[str, Any]) -> dict[str, Any]:
        number = path.rsplit("/", 1)[1]
        post = (
            self.writing.change(self.writing.posts[int(number)], given)
            if number.isdigit()
            else self.writing.create(given)
        )
        shown = self.writing.shown(post, True)
        self.reading.write(
            post["id"],
            post["title"],
            re.sub("<!--.*?-->", "", post["content"]) if self.drops_comments else post["content"],
            "2026-11-25T12:00:00",
            lang=post["lang"],
            status="publish",
            link=f"{self.address}/moved/{post['id']}" if self.moves else shown["link"],
        )
        return shown


@pytest.fixture(autouse=True)
def an_intranet(settings: Settings) -> None:
    """The site of these tests is on this machine."""
    settings.PRIVATE_HOSTS = ["127.0.0.1"]


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(hosts, "PAUSE", timedelta(0))
    monkeypatch.setattr(hosts, "sleep", lambda seconds: None)
    site = Site()
    yield site
    site.server.shutdown()
    site.server.server_close()


@pytest.fixture
def source(site: Site, db: None) -> Source:
    return Source.objects.create(
        name="Newsroom",
        kind="wordpress",
        address=site.address,
        private_hosts="127.0.0.1",
        language_filter="en",
    )


@pytest.fixture
def destination(site: Site, db: None) -> Destination:
    return Destination.objects.create(
        name="Newsroom", kind="wordpress", url=site.address, username="desk", password="x", plugin="polylang",
        locales=["ar", "fr"],
    )  # fmt: skip


def look(source: Source) -> None:
    Source.objects.filter(pk=source.pk).update(next_poll_at=timezone.now())
    polling.poll(source.pk)
    taking.drain()


def translate(translation: Translation, by: User, approver: User, editor: User) -> None:
    """Every open unit is confirmed as it stands, findings accepted: the text does not matter here."""
    for unit in translation.current_units():
        if unit.state == "confirmed":
            continue
        saved = save_target(unit.pk, version=unit.version, target=unit.target + " .", by=by)
        for name in {named(finding) for finding in saved.errors}:
            accept_finding(unit.pk, version=saved.version, finding=name, reason="a test text", by=by)
        save_target(unit.pk, version=saved.version, target=saved.target, by=by, confirm=True)
    translation.refresh_from_db()
    approve(translation, approver)
    publish(translation.article, translation.locale, editor)


def deliver() -> None:
    for pk in deliveries.due(timezone.now()):
        deliveries.deliver(pk)


def test_a_post_goes_round_once_and_its_change_too(
    site: Site,
    source: Source,
    destination: Destination,
    registry: OneEngine,
    people: dict[str, User],
) -> None:
    site.editor_writes(PARAGRAPHS, "2026-11-25T08:00:00")
    look(source)
    look(source)
    article = Article.objects.get()
    work.drain(registry)  # type: ignore[arg-type]
    assert set(article.translations.values_list("state", flat=True)) == {State.IN_REVIEW}

    editor = people["nadia"]
    pairs = {"ar": ("amina", "karim"), "fr": ("claire", "louis")}
    for locale, (by, approver) in pairs.items():
        translate(article.translations.get(locale=locale), people[by], people[approver], editor)
    publish(article, "en", editor)
    deliver()
    deliver()
    posts = {post["lang"]: post for post in site.writing.posts.values()}
    assert len(site.writing.posts) == 3, "a post was made twice"
    group = {lang: post["id"] for lang, post in posts.items()}
    assert group["en"] == 7
    assert all(post["translations"] == group for post in posts.values())

    look(source)
    assert Article.objects.count() == 1, "our own translations came back as news"

    registry.engine.asked.clear()
    changed = [PARAGRAPHS[0].replace("12 writers", "14 writers"), PARAGRAPHS[1]]
    site.editor_writes(changed, "2026-11-25T13:00:00")
    look(source)
    work.drain(registry)  # type: ignore[arg-type]
    assert article.revisions.count() == 2
    assert registry.engine.asked == [], "unchanged and carried text was drafted again"
    for translation in article.translations.all():
        states = {unit.segment.kind: unit.state for unit in translation.current_units()}
        assert sorted(unit.state for unit in translation.current_units()).count("edited") == 1, states
    live = Edition.objects.filter(live=True)
    assert live.count() == 3
    assert all(edition.outdated for edition in live)


@pytest.mark.parametrize("habit", ["drops_comments", "moves"])
@pytest.mark.parametrize("language_filter", ["en", ""])
def test_our_own_texts_do_not_come_back_as_news(
    site: Site,
    source: Source,
    destination: Destination,
    registry: OneEngine,
    people: dict[str, User],
    habit: str,
    language_filter: str,
) -> None:
    """An article handed in here goes to a site that is read, too: in English and in its translations."""
    document = read("library.html", ("<h1>Library Opens</h1>" + "".join(PARAGRAPHS)).encode())
    article = submit(document, Wishes(), by=people["nadia"], origin="test")
    setattr(site, habit, True)
    Source.objects.update(language_filter=language_filter)
    Destination.objects.update(locales=[])
    work.drain(registry)  # type: ignore[arg-type]
    translate(article.translations.get(locale="fr"), people["claire"], people["louis"], people["nadia"])
    publish(article, "en", people["nadia"])
    deliver()
    deliver()
    assert {post["lang"] for post in site.writing.posts.values()} == {"en", "fr"}

    look(source)
    assert [item.state for item in source.items.all()] == ["duplicate"] * (1 if language_filter else 2)
    assert {item.article for item in source.items.all()} == {article}
    assert Article.objects.count() == 1


def test_a_mark_somebody_else_wrote_is_nothing_to_us(site: Site, source: Source, article: Article) -> None:
    forged = f"<!-- translation-desk article {article.pk} en {'0' * 20} -->"
    site.editor_writes([forged, *PARAGRAPHS], "2026-11-25T08:00:00")
    look(source)
    assert [item.state for item in source.items.all()] == ["taken"]
