"""Feeds: what is read from them, asked once and no more than needed, whatever they send."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workflow.articles.models import Article
from workflow.drafting.models import DraftItem, Translation
from workflow.intake.models import Poll, Source
from workflow.intake.sources import feeds
from workflow.intake.sources.incoming import SourceFailed
from workflow.intake.sources.splitting import split

from .conftest import PARAGRAPHS, entry, look, read, rss
from .web import Web

Make = Callable[..., Source]


def test_an_entry_becomes_an_article_queued_for_every_language(web: Web, make: Make) -> None:
    more = (
        "<author>desk@example.org (Sara Haddad)</author>"
        '<media:content url="https://example.org/a.jpg" medium="image"/>'
    )
    source = make(web.put_feed("/feed", rss(entry(more=more))), domain="culture", priority=0)
    (item,) = read(source)
    article = Article.objects.get()
    assert (item.state, item.article, item.html) == ("taken", article, "")
    assert article.title == "Minister Opens Library in Rabat"
    assert (article.domain, article.priority) == ("culture", 0)
    assert article.canonical_url == "https://example.org/news/1"
    assert article.current.byline == "By Sara Haddad"
    assert '<img src="https://example.org/a.jpg"' in article.current.html
    assert sorted(Translation.objects.values_list("locale", flat=True)) == ["ar", "fr"]
    assert DraftItem.objects.filter(unit__translation__article=article).exists()


def test_only_the_wished_languages_are_queued(web: Web, make: Make) -> None:
    read(make(web.put_feed("/feed", rss(entry())), locales=["fr"]))
    assert list(Translation.objects.values_list("locale", flat=True)) == ["fr"]


def test_an_atom_feed_is_read_too(web: Web, make: Make) -> None:
    feed = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><id>urn:a</id>
    <updated>2025-07-09T10:00:00Z</updated><entry><id>urn:1</id><title type="html">Books &amp;amp; Readers</title>
    <link href="https://example.org/1"/><updated>2025-07-09T10:00:00Z</updated>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{PARAGRAPHS}</div></content></entry></feed>"""
    (item,) = read(make(web.put_feed("/feed", feed)))
    assert item.state == "taken"
    assert item.article.title == "Books & Readers"
    assert "<strong>a new library</strong>" in item.article.current.html


def test_an_unchanged_feed_is_not_sent_again(web: Web, make: Make) -> None:
    source = make(web.put_feed("/feed", rss(entry())))
    read(source)
    assert look(source).state == "unchanged"
    first, second = web.asked("/feed")
    assert "if-none-match" not in first
    assert second["if-none-match"] == source.etag
    assert second["if-modified-since"] == source.last_modified
    assert first["user-agent"].startswith("TranslationDesk/")


def test_a_changed_entry_becomes_a_revision_and_only_what_changed_is_drafted(web: Web, make: Make) -> None:
    source = make(web.put_feed("/feed", rss(entry())))
    read(source)
    before = DraftItem.objects.count()
    web.put_feed("/feed", rss(entry(text=PARAGRAPHS.replace("5,000 books", "6,000 books"))))
    assert look(source).changed == 1
    (item,) = read(source)
    article = Article.objects.get()
    assert article.revisions.count() == 2
    assert "6,000 books" in article.current.html
    assert item.state == "taken"
    new = DraftItem.objects.filter(unit__segment__revision=article.current)
    assert DraftItem.objects.count() - before == new.count()


def test_a_feed_read_again_changes_nothing(web: Web, make: Make) -> None:
    source = make(web.put("/feed", rss(entry(1), entry(2, "Another Title"))))
    read(source)
    before = DraftItem.objects.count()
    record = look(source)
    read(source)
    assert (record.found, record.new, record.changed) == (2, 0, 0)
    assert DraftItem.objects.count() == before


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_kept(web: Web, make: Make, status: int) -> None:
    source = make(web.put("/feed", "Later", status=status, headers={"Retry-After": "7200"}))
    assert look(source).state == "failed"
    assert (source.next_poll_at - timezone.now()).total_seconds() > 7100
    assert look(source).state == "failed"
    assert len(web.asked("/feed")) == 1


def test_each_failure_makes_the_wait_longer(web: Web, make: Make) -> None:
    source = make(web.put("/feed", "Broken", status=500), poll_minutes=10)
    waits = []
    for _attempt in range(3):
        look(source)
        waits.append(round((source.next_poll_at - timezone.now()).total_seconds() / 600))
    assert waits == [2, 4, 8]
    assert "500" in source.last_error
    web.put_feed("/feed", rss(entry()))
    look(source)
    assert (source.errors, source.last_error) == (0, "")


def test_a_feed_gone_for_good_is_put_to_rest(web: Web, make: Make) -> None:
    source = make(web.put("/feed", "Gone", status=410))
    look(source)
    assert not source.active


def test_a_page_that_is_no_feed_is_said_to_be_none(web: Web, make: Make) -> None:
    record = look(make(web.put("/feed", "<html><body><p>Hello</p></body></html>")))
    assert record.state == Poll.State.FAILED
    assert "There is no RSS or Atom feed" in record.note


def test_broken_xml_gives_what_can_be_read(web: Web, make: Make) -> None:
    broken = rss(entry(1), entry(2, "Fish & Chips <br> for All")).replace("</channel></rss>", "<item><tit")
    items = read(make(web.put("/feed", broken)))
    assert [item.state for item in items[:1]] == ["taken"]


def test_entities_neither_grow_nor_open_files(web: Web, make: Make) -> None:
    doctype = (
        '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY file SYSTEM "file:///etc/passwd">]>'
    )
    feed = rss(entry(title="Title &b; &file;")).replace("<rss", doctype + "<rss", 1)
    (item,) = read(make(web.put("/feed", feed)))
    assert "root:" not in item.title
    assert "aaaa" not in item.title


def test_a_feed_whose_body_is_a_file_name_is_no_feed() -> None:
    with pytest.raises(SourceFailed):
        list(feeds.entries(BytesIO(b"/etc/hosts"), "http://example.org/feed"))


def test_an_inactive_source_is_tried_and_nothing_taken_in(web: Web, make: Make) -> None:
    source = make(web.put_feed("/feed", rss(entry())), active=False, asked=True)
    record = look(source)
    assert (record.trial, record.found, record.state) == (True, 1, "done")
    assert "Minister Opens Library" in record.note
    assert not source.items.exists()
    assert source.etag == ""


def test_what_was_published_before_the_day_stays_out(web: Web, make: Make) -> None:
    feed = rss(entry(1, date="Sun, 01 Jun 2025 10:00:00 GMT"), entry(2, "New Title"))
    items = read(make(web.put_feed("/feed", feed), not_before="2025-07-01"))
    assert [item.title for item in items] == ["New Title"]


@pytest.mark.parametrize("count", [1, 49, 50, 51, 120])
def test_a_feed_cut_into_pieces_has_the_same_entries(count: int) -> None:
    quoting = PARAGRAPHS + "<p>A feed ends each entry with &lt;/item&gt; or </item> or <item>.</p>"
    feed = rss(*(entry(number, f"Title {number}", quoting) for number in range(count))).encode()
    pieces = list(split(BytesIO(feed)))
    assert len(pieces) >= count / 50
    found = list(feeds.entries(BytesIO(feed), "http://example.org/feed"))
    assert [one.external_id for one in found] == [f"id-{number}" for number in range(count)]
    assert all("or </item> or <item>." in one.html for one in found)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=300), st.integers(0, 1200), st.integers(0, 40))
def test_no_bytes_crash_the_reader(junk: bytes, at: int, cut: int) -> None:
    feed = rss(entry(1), entry(2)).encode()
    for data in (junk, feed[:at] + junk + feed[at + cut :]):
        try:
            list(feeds.entries(BytesIO(data), "http://example.org/feed"))
        except SourceFailed as error:
            assert str(error)
