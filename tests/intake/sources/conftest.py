"""A web on this machine, and sources in it; servers need no pause here, and nobody sleeps."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from workflow.intake.models import Item, Poll, Source
from workflow.intake.sources import hosts, polling, taking

from .web import Web, serve

PARAGRAPHS = """<p>The minister opened <strong>a new library</strong> on Wednesday, in the presence of 12 writers.</p>
<p>It holds 5,000 books in three languages, and readers may stay in its rooms until midnight.</p>
<p>See <a href="https://example.org/library">the page of the library</a> for the programme of the year.</p>"""


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Servers are asked without a pause; the seconds that would have been slept."""
    slept: list[float] = []
    monkeypatch.setattr(hosts, "PAUSE", timedelta(0))
    monkeypatch.setattr(hosts, "sleep", slept.append)
    return slept


@pytest.fixture
def web() -> Iterator[Web]:
    with serve() as web:
        yield web


@pytest.fixture
def make(db: None) -> Callable[..., Source]:
    def make(address: str, name: str = "Newsroom", kind: str = "rss", **fields: object) -> Source:
        return Source.objects.create(
            name=name, kind=kind, address=address, **{"private_hosts": "127.0.0.1", **fields}
        )

    return make


def look(source: Source) -> Poll:
    """Polls now, whenever its turn would be; the entry in the log."""
    Source.objects.filter(pk=source.pk).update(next_poll_at=timezone.now())
    polling.poll(source.pk)
    source.refresh_from_db()
    return source.polls.latest("pk")


def read(source: Source) -> list[Item]:
    """Polls and takes in what is there; all items of the source in the order they came."""
    look(source)
    taking.drain()
    return list(source.items.order_by("pk"))


def rss(*items: str, title: str = "Newsroom") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:media="http://search.yahoo.com/mrss/"><channel>'
        f"<title>{title}</title><link>https://example.org/</link><description>News</description>"
        f"{''.join(items)}</channel></rss>"
    )


def entry(
    number: int = 1,
    title: str = "Minister Opens Library in Rabat",
    text: str = PARAGRAPHS,
    *,
    link: str = "",
    date: str = "Wed, 09 Jul 2025 10:00:00 GMT",
    summary: str = "",
    more: str = "",
) -> str:
    whole = f"<content:encoded><![CDATA[{text}]]></content:encoded>" if text else ""
    return (
        f"<item><title>{title}</title><link>{link or f'https://example.org/news/{number}'}</link>"
        f"<guid isPermaLink='false'>id-{number}</guid><pubDate>{date}</pubDate>"
        f"<description>{summary}</description>{whole}{more}</item>"
    )
