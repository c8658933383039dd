"""Several workers at once: every article once, whoever is first."""

import sqlite3
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection, connections

from workflow.articles.models import Article
from workflow.intake.models import Host, Item, Source
from workflow.intake.sources import planning, polling, taking
from workflow.intake.sources.hosts import HostBusy, turn
from workflow.intake.sources.incoming import Incoming

from .conftest import PARAGRAPHS, entry, look, rss
from .web import Web

pytestmark = pytest.mark.django_db(transaction=True)
Make = Callable[..., Source]
AtOnce = Callable[[list[Callable[[], object]]], list[object]]


@pytest.fixture
def at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AtOnce:
    """Runs all of them at the same moment, as several workers would; what each returned."""

    def run(calls: list[Callable[[], object]]) -> list[object]:
        if connection.vendor == "sqlite":
            # Connections to a database in memory share its locks; processes have it in a file.
            connection.ensure_connection()
            path = tmp_path / "desk.sqlite3"
            with sqlite3.connect(path) as copy:
                connection.connection.backup(copy)
            monkeypatch.setitem(connections.settings["default"], "NAME", str(path))
        start, outcomes = threading.Barrier(len(calls)), []

        def worker(call: Callable[[], object]) -> None:
            start.wait()
            try:
                outcomes.append(call())
            finally:
                connection.close()

        _all([threading.Thread(target=worker, args=(call,)) for call in calls])
        return outcomes

    return run


def _all(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)


def test_one_article_in_many_feeds_is_taken_in_once(web: Web, make: Make, at_once: AtOnce) -> None:
    for name in "abcd":
        address = f"https://example.org/news/1?utm_source={name}"
        look(make(web.put_feed(f"/{name}", rss(entry(1, f"Title {name}", link=address))), name))
    items = list(Item.objects.values_list("pk", flat=True))

    def take_and_count(pk: int) -> tuple[str | None, int]:
        return taking.take(pk), Article.objects.count()

    outcomes = at_once([lambda pk=pk: take_and_count(pk) for pk in items])  # type: ignore[misc]
    assert sorted(outcomes) == [("duplicate", 1)] * 3 + [("taken", 1)]


def test_one_text_under_many_addresses_is_taken_in_once(web: Web, make: Make, at_once: AtOnce) -> None:
    for number in range(4):
        look(make(web.put_feed(f"/{number}", rss(entry(number))), str(number)))
    items = list(Item.objects.values_list("pk", flat=True))
    outcomes = at_once([lambda pk=pk: taking.take(pk) for pk in items])  # type: ignore[misc]
    assert sorted(map(str, outcomes)) == ["duplicate", "duplicate", "duplicate", "taken"]


def test_one_item_is_taken_by_one_worker(web: Web, make: Make, at_once: AtOnce) -> None:
    look(make(web.put_feed("/feed", rss(entry()))))
    pk = Item.objects.get().pk
    outcomes = at_once([lambda: taking.take(pk)] * 4)
    assert sorted(map(str, outcomes)) == ["None", "None", "None", "taken"]


def test_one_source_is_read_by_one_worker(web: Web, make: Make, at_once: AtOnce) -> None:
    source = make(web.put_feed("/feed", rss(entry())))
    at_once([lambda: polling.poll(source.pk)] * 4)
    assert len(web.asked("/feed")) == 1


def test_entries_planned_twice_at_once_are_there_once(make: Make, at_once: AtOnce) -> None:
    source = make("https://example.org/feed")
    entries = [Incoming(str(number), f"Title {number}", PARAGRAPHS) for number in range(250)]
    now = datetime(2025, 7, 9, tzinfo=UTC)

    def plan_and_count() -> int:
        planning.plan(source, entries, now, planning.Seen())
        return Item.objects.count()

    assert at_once([plan_and_count] * 3) == [250, 250, 250]


def test_a_server_is_asked_by_one_worker(at_once: AtOnce, db: None) -> None:
    inside = threading.Semaphore(1)

    def ask() -> str:
        try:
            with turn("https://example.org/"):
                assert inside.acquire(blocking=False)
                Host.objects.count()
                inside.release()
                return "asked"
        except HostBusy:
            return "busy"

    assert "asked" in at_once([ask] * 6)
