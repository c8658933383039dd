"""Taking in: each article once, whoever brings it and wherever the work is cut off."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from workflow.accounts.models import User
from workflow.articles.models import Article
from workflow.drafting.models import DraftItem
from workflow.intake.models import Host, Item, Source
from workflow.intake.sources import decisions, hosts, planning, polling, taking

from .conftest import PARAGRAPHS, entry, look, read, rss
from .web import Web

Make = Callable[..., Source]
PAGE = f"""<html><head><title>Minister Opens Library | Example</title></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav>
<main><h1>Minister Opens Library</h1><figure><img src="/library.jpg" alt="The library from the street">
<figcaption>The new library on its first day.</figcaption></figure>{PARAGRAPHS}
<ul><li>Novels in Arabic for all readers</li><li>Poems in French for all readers</li></ul></main>
<footer>All rights reserved</footer></body></html>"""
FRENCH = "<p>La ministre a ouvert mercredi une nouvelle bibliothèque, en présence de douze écrivains.</p>"


def test_two_feeds_with_one_article_give_one(web: Web, make: Make) -> None:
    one = make(
        web.put_feed("/one", rss(entry(1, link="https://example.org/news/1?utm_source=one#top"))), "One"
    )
    other = make(
        web.put_feed(
            "/two", rss(entry(9, "Other Title", "<p>A summary.</p>", link="http://Example.org/news/1/"))
        ),
        "Two",
    )
    assert [item.state for item in read(one)] == ["taken"]
    (item,) = read(other)
    assert (item.state, item.article) == ("duplicate", Article.objects.get())
    web.put_feed("/two", rss(entry(9, "Other", "<p>Another summary.</p>", link="http://Example.org/news/1/")))
    read(other)
    assert Article.objects.get().revisions.count() == 1


def test_the_same_words_under_another_address_give_one(web: Web, make: Make) -> None:
    read(make(web.put_feed("/one", rss(entry(1))), "One"))
    (item,) = read(make(web.put_feed("/two", rss(entry(2, link="https://example.com/syndicated"))), "Two"))
    assert item.state == "duplicate"
    web.put_feed(
        "/two", rss(entry(2, "Own Story", PARAGRAPHS + "<p>More.</p>", link="https://example.com/syndicated"))
    )
    (item,) = read(Source.objects.get(name="Two"))
    assert item.state == "taken"
    assert Article.objects.count() == 2


def test_an_article_handed_in_by_hand_is_known(web: Web, make: Make, article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(canonical_url="https://example.org/news/1")
    (item,) = read(make(web.put_feed("/feed", rss(entry()))))
    assert (item.state, item.article) == ("duplicate", article)


def test_a_text_handed_in_by_hand_is_known_by_its_words(
    web: Web, make: Make, submitted: Callable[..., Article]
) -> None:
    article = submitted(f"# Minister Opens Library in Rabat\n\n{PARAGRAPHS}")
    (item,) = read(make(web.put_feed("/feed", rss(entry()))))
    assert (item.state, item.article) == ("duplicate", article)


def test_the_address_counts_more_than_the_words(web: Web, make: Make) -> None:
    other = PARAGRAPHS.replace("5,000", "6,000")
    first, second = read(make(web.put_feed("/one", rss(entry(1), entry(2, "Second", other))), "One"))
    for number, text, owner in ((1, other, first), (2, PARAGRAPHS, second)):
        link = f"https://example.org/news/{number}?utm_source=two"
        feed = rss(entry(9, "Copy", text, link=link))
        (item,) = read(make(web.put_feed(f"/{number}", feed), f"Copy {number}"))
        assert (item.state, item.article) == ("duplicate", owner.article)


def test_an_item_is_taken_in_once_however_often_it_is_tried(web: Web, make: Make) -> None:
    source = make(web.put_feed("/feed", rss(entry())))
    look(source)
    (item,) = source.items.all()
    assert taking.take(item.pk) == "taken"
    assert taking.take(item.pk) is None
    Item.objects.filter(pk=item.pk).update(state=Item.State.PLANNED, html=PARAGRAPHS)
    assert taking.take(item.pk) == "taken"
    assert Article.objects.get().revisions.count() == 1


@pytest.mark.parametrize("where", ["submit", "_finish"])
def test_a_death_in_the_middle_leaves_nothing_and_the_next_try_all(
    web: Web, make: Make, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    source = make(web.put_feed("/feed", rss(entry())))
    look(source)
    (item,) = source.items.all()

    def dies(*args: object, **kwargs: object) -> None:
        if where == "_finish":
            assert Article.objects.exists()
        raise KeyboardInterrupt

    with monkeypatch.context() as cut, pytest.raises(KeyboardInterrupt):
        cut.setattr(taking, where, dies)
        taking.take(item.pk)
    assert not Article.objects.exists()
    assert taking.take(item.pk) is None
    Item.objects.filter(pk=item.pk).update(lease_expires=timezone.now() - timedelta(seconds=1))
    assert taking.take(item.pk) == "taken"
    assert Article.objects.count() == 1


def test_a_poll_that_dies_is_made_again(web: Web, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    source = make(web.put_feed("/feed", rss(*(entry(number) for number in range(5)))))
    monkeypatch.setattr(planning, "CHUNK", 2)
    real = planning._plan_chunk
    chunks = iter([True, False])

    def dies(*args: object) -> None:
        if not next(chunks):
            raise KeyboardInterrupt
        real(*args)  # type: ignore[arg-type]

    with monkeypatch.context() as cut, pytest.raises(KeyboardInterrupt):
        cut.setattr(planning, "_plan_chunk", dies)
        look(source)
    source.refresh_from_db()
    assert (source.items.count(), source.etag, polling.due()) == (2, "", [])
    Source.objects.update(lease_expires=timezone.now() - timedelta(seconds=1))
    assert polling.due() == [source.pk]
    assert look(source).new == 3
    assert sorted(source.polls.values_list("state", flat=True)) == ["done", "failed"]


def test_a_change_while_it_is_taken_in_is_not_lost(
    web: Web, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = make(web.put_feed("/feed", rss(entry())))
    look(source)
    (item,) = source.items.all()
    web.put_feed("/feed", rss(entry(text=PARAGRAPHS + "<p>A correction.</p>")))
    read_document = taking._document

    def slowly(item: Item) -> object:
        document = read_document(item)
        look(source)
        return document

    monkeypatch.setattr(taking, "_document", slowly)
    assert taking.take(item.pk) is None
    monkeypatch.undo()
    monkeypatch.setattr(hosts, "PAUSE", timedelta(0))
    assert taking.take(item.pk) == "taken"
    assert "A correction" in Article.objects.get().current.html


def test_urgent_sources_come_first_then_the_newest(web: Web, make: Make) -> None:
    dates = [
        "Wed, 09 Jul 2025 10:00:00 GMT",
        "Fri, 11 Jul 2025 10:00:00 GMT",
        "Thu, 10 Jul 2025 10:00:00 GMT",
    ]
    texts = [PARAGRAPHS + f"<p>Number {number}.</p>" for number in range(4)]
    usual = rss(*(entry(n, f"Usual {n}", texts[n], date=date) for n, date in enumerate(dates)))
    look(make(web.put_feed("/usual", usual), "Usual"))
    urgent = rss(entry(9, "Urgent", texts[3], date="Tue, 01 Jul 2025 10:00:00 GMT"))
    look(make(web.put_feed("/urgent", urgent), "Urgent", priority=0))
    taking.drain()
    taken = list(Article.objects.order_by("pk").values_list("title", flat=True))
    assert taken == ["Urgent", "Usual 1", "Usual 2", "Usual 0"]
    line = DraftItem.objects.order_by(
        "unit__translation__article__priority", "-unit__translation__article__created_at"
    ).values_list("unit__translation__article__title", flat=True)
    assert list(dict.fromkeys(line)) == taken


def test_the_full_text_is_taken_from_the_page(web: Web, make: Make) -> None:
    link = web.put("/news/1", PAGE)
    (item,) = read(make(web.put_feed("/feed", rss(entry(text="", summary="A summary.", link=link)))))
    assert item.state == "taken"
    html = item.article.current.html
    assert "5,000 books" in html and "<li>Novels" in html and '<a href="https://example.org/library">' in html
    assert "All rights" not in html and "A summary" not in html
    kinds = dict(item.article.current.segments.values_list("kind", "text"))
    assert kinds["alt"] == "The library from the street"
    assert kinds["caption"] == "The new library on its first day."
    assert html.count("first day") == 1
    assert f'src="{web.address}/library.jpg"' in html


def test_two_wrapped_links_to_one_page_give_one(web: Web, make: Make) -> None:
    """The words differ, as they do on pages with a counter or a line of their own; the page is the same."""
    page = web.put("/news/1", PAGE) + "?utm_source=feed"
    feeds = []
    for number, text in enumerate(["One.", "Two."]):
        web.put(f"/r/{number}", "", status=302, headers={"Location": page})
        link = f"{web.address}/r/{number}"
        feed = rss(entry(number, f"Title {number}", "", summary=text, link=link))
        feeds.append(make(web.put_feed(f"/feed/{number}", feed), f"Feed {number}"))
    (first,) = read(feeds[0])
    web.put("/news/1", PAGE.replace("5,000 books", "6,000 books"))
    (second,) = read(feeds[1])
    assert (first.state, second.state) == ("taken", "duplicate")
    assert Article.objects.get().canonical_url == f"{web.address}/news/1"


def test_a_page_is_known_by_the_address_it_calls_its_own(web: Web, make: Make) -> None:
    head = '<head><link rel="shortlink" href="/?p=1"><link rel="Canonical" href="/news/library/">'
    for number in (1, 2):
        web.put(f"/amp/{number}", PAGE.replace("<head>", head).replace("5,000", f"{number},000"))
    links = [f"{web.address}/amp/{number}" for number in (1, 2)]
    feed = rss(*(entry(n, f"Title {n}", "", summary="A summary.", link=link) for n, link in enumerate(links)))
    items = read(make(web.put_feed("/feed", feed)))
    assert sorted(item.state for item in items) == ["duplicate", "taken"]
    assert {item.canonical_url for item in items} == {f"{web.address}/news/library"}
    assert Article.objects.get().canonical_url == f"{web.address}/news/library"


def test_pages_that_all_call_the_home_page_their_own_are_not_one(web: Web, make: Make) -> None:
    head = '<head><link rel="canonical" href="/">'
    links = [web.put(f"/news/{n}", PAGE.replace("<head>", head).replace("5,000", f"{n},000")) for n in (1, 2)]
    feed = rss(*(entry(n, f"Title {n}", "", summary="A summary.", link=link) for n, link in enumerate(links)))
    assert [item.state for item in read(make(web.put_feed("/feed", feed)))] == ["taken", "taken"]


def test_the_page_of_a_held_item_is_known_when_it_is_accepted(web: Web, make: Make, editor: User) -> None:
    head = '<head><link rel="canonical" href="/news/library">'
    link = web.put("/amp/1", PAGE.replace("<head>", head).replace(PARAGRAPHS, FRENCH * 5))
    (item,) = read(make(web.put_feed("/feed", rss(entry(text="", summary="Un résumé.", link=link)))))
    assert item.state == "held"
    decisions.accept(item, editor)
    taking.drain()
    assert Article.objects.get().canonical_url == f"{web.address}/news/library"


def test_a_summary_is_enough_where_that_is_wished(web: Web, make: Make) -> None:
    feed = rss(entry(text="", summary="The minister opened the library on Wednesday."))
    (item,) = read(make(web.put_feed("/feed", feed), full_text=False))
    assert item.state == "taken"


def test_a_page_robots_may_not_read_is_left_to_an_editor(web: Web, make: Make, editor: User) -> None:
    web.put("/robots.txt", "User-agent: *\nDisallow: /news/")
    link = web.put("/news/1", PAGE)
    feed = rss(entry(text="", summary="The minister opened the library in Rabat on Wednesday.", link=link))
    (item,) = read(make(web.put_feed("/feed", feed)))
    assert item.state == "held"
    assert "robots.txt" in item.error
    assert not web.asked("/news/1")
    assert decisions.accept(item, editor)
    assert not decisions.accept(item, editor)
    taking.drain()
    assert "opened the library in Rabat" in Article.objects.get().current.html


def test_a_page_in_the_internal_network_is_not_fetched(web: Web, make: Make) -> None:
    feed = rss(entry(text="", summary="Look here.", link="http://10.0.0.7/admin"))
    (item,) = read(make(web.put_feed("/feed", feed)))
    assert item.state == "failed"
    assert "internal network" in item.error


def test_a_page_in_trouble_is_tried_later_and_at_last_given_up(web: Web, make: Make) -> None:
    link = web.put("/news/1", "Busy", status=503)
    source = make(web.put_feed("/feed", rss(entry(text="", summary="A summary.", link=link))))
    (item,) = read(source)
    assert (item.state, item.attempts) == ("planned", 1)
    assert item.due_at > timezone.now()
    for _attempt in range(4):
        Item.objects.update(due_at=timezone.now())
        taking.drain()
    item.refresh_from_db()
    assert item.state == "failed"
    web.put("/news/1", PAGE)
    assert decisions.retry(item)
    taking.drain()
    assert Article.objects.count() == 1


def test_a_busy_server_holds_up_only_its_own_items(web: Web, make: Make) -> None:
    link = web.put("/news/1", PAGE)
    feed = rss(entry(1, text="", summary="A summary.", link=link), entry(2, "Whole Text"))
    source = make(web.put_feed("/feed", feed))
    look(source)
    Host.objects.update(free_at=timezone.now() + timedelta(hours=1))
    assert not taking.drain()
    assert sorted(source.items.values_list("state", flat=True)) == ["planned", "taken"]
    assert not taking.waiting()


def test_another_language_waits_for_an_editor(web: Web, make: Make, editor: User) -> None:
    source = make(web.put_feed("/feed", rss(entry(text=FRENCH * 3, title="Une bibliothèque ouvre à Rabat"))))
    (item,) = read(source)
    assert item.state == "held"
    assert "does not look English" in item.error
    assert not Article.objects.exists()
    decisions.accept(item, editor)
    taking.drain()
    item.refresh_from_db()
    assert (item.state, item.article) == ("taken", Article.objects.get())


def test_what_was_dismissed_stays_out_when_it_changes(web: Web, make: Make) -> None:
    source = make(web.put_feed("/feed", rss(entry(text=FRENCH * 3))))
    (item,) = read(source)
    assert decisions.dismiss(item)
    web.put_feed("/feed", rss(entry()))
    assert [item.state for item in read(source)] == ["dismissed"]


def test_restricted_articles_are_for_the_people_named(web: Web, make: Make, amina: User) -> None:
    source = make(web.put_feed("/feed", rss(entry())), restricted=True)
    source.people.add(amina)
    (item,) = read(source)
    assert item.article.restricted
    assert list(item.article.people.all()) == [amina]


def test_an_item_that_kills_its_worker_is_given_up(web: Web, make: Make) -> None:
    source = make(web.put_feed("/feed", rss(entry())))
    look(source)
    Item.objects.update(attempts=taking.MOST_ATTEMPTS)
    taking.drain()
    assert source.items.get().state == "failed"


def test_a_hostile_page_is_a_failure_of_its_item_only(web: Web, make: Make) -> None:
    links = [
        web.put("/deep", b"<div>" * 100_000),
        web.put("/empty", b""),
        web.put("/binary", bytes(range(256)) * 99),
    ]
    feed = rss(
        *(entry(n, text="", summary="A summary.", link=link) for n, link in enumerate(links)), entry(9)
    )
    items = read(make(web.put_feed("/feed", feed)))
    assert items[3].state == "taken"
    assert {item.state for item in items[:3]} <= {"held", "failed"}


def test_hostile_mark_up_is_a_failure_of_its_item_only(web: Web, make: Make) -> None:
    feed = rss(entry(1, text="<div>" * 3000), entry(2, "Good"), entry(3, "Empty", text="<p> </p>"))
    items = read(make(web.put_feed("/feed", feed)))
    assert [item.state for item in items] == ["failed", "taken", "failed"]
