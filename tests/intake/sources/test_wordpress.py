"""WordPress sites: every published post once, changes as revisions, pictures with what is said of them."""

from collections.abc import Callable

import pytest

from workflow.articles.models import Article
from workflow.drafting.models import DraftItem
from workflow.intake.models import Source
from workflow.intake.sources import wordpress

from .conftest import PARAGRAPHS, look, read
from .web import Web
from .wordpress import WordPress, media

Make = Callable[..., Source]
PATH = "/wp-json/wp/v2/posts"


@pytest.fixture
def site(web: Web) -> WordPress:
    site = WordPress(web.address)
    web.pages[PATH] = site.answer
    return site


@pytest.fixture
def source(site: WordPress, make: Make) -> Source:
    return make(site.address, kind="wordpress")


def test_a_post_becomes_an_article_with_its_picture(site: WordPress, source: Source) -> None:
    picture = media(
        "https://example.org/library.jpg", "The library from the street", "The new library on Wednesday."
    )
    site.write(7, "Minister&#8217;s <em>Library</em>", PARAGRAPHS, "2025-07-09T10:00:00", _embedded=picture)
    (item,) = read(source)
    article = item.article
    assert article.title == "Minister’s Library"
    assert article.canonical_url == f"{site.address}/news/7"
    assert article.current.byline == "By Sara Haddad"
    kinds = dict(article.current.segments.values_list("kind", "text"))
    assert kinds["alt"] == "The library from the street"
    assert kinds["caption"] == "The new library on Wednesday."


def test_a_changed_post_becomes_a_revision(site: WordPress, source: Source, web: Web) -> None:
    site.write(7, "Library Opens", PARAGRAPHS, "2025-07-09T10:00:00")
    site.write(8, "Another Story", PARAGRAPHS.replace("library", "museum"), "2025-07-09T10:30:00")
    read(source)
    assert source.cursor == "2025-07-09T10:30:00"
    before = DraftItem.objects.count()
    site.write(7, "Library Opens", PARAGRAPHS.replace("12 writers", "15 writers"), "2025-07-09T12:00:00")
    record = look(source)
    read(source)
    assert (record.new, record.changed) == (0, 1)
    assert "modified_after=2025-07-09T10%3A20%3A00Z" in web.requests[1][0]
    assert Article.objects.get(title="Library Opens").revisions.count() == 2
    assert Article.objects.get(title="Another Story").revisions.count() == 1
    changed = Article.objects.get(title="Library Opens").current
    assert (
        DraftItem.objects.count()
        == before + DraftItem.objects.filter(unit__segment__revision=changed).count()
    )


def test_all_pages_are_read(site: WordPress, source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wordpress, "PER_PAGE", 10)
    for number in range(1, 36):
        site.write(
            number, f"Title {number}", PARAGRAPHS + f"<p>{number}</p>", f"2025-07-09T10:{number:02}:00"
        )
    assert look(source).new == 35
    assert source.items.count() == 35


def test_a_post_taken_away_while_reading_leaves_none_unread(
    site: WordPress, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wordpress, "PER_PAGE", 2)
    for number in range(1, 7):
        site.write(number, f"Title {number}", PARAGRAPHS, f"2025-07-09T10:0{number}:00")
    site.before_page[2] = lambda: site.posts.remove(next(p for p in site.posts if p["id"] == 6))
    look(source)
    assert source.cursor == ""
    look(source)
    assert set(source.items.values_list("external_id", flat=True)) == {"1", "2", "3", "4", "5", "6"}
    assert source.cursor == "2025-07-09T10:05:00"


def test_protected_posts_and_other_languages_stay_out(site: WordPress, source: Source) -> None:
    source.language_filter = "en"
    source.save()
    site.write(1, "Open", PARAGRAPHS, "2025-07-09T10:00:00")
    site.write(2, "Ouvert", PARAGRAPHS, "2025-07-09T10:00:00", lang="fr")
    site.write(3, "Secret", "", "2025-07-09T10:00:00", protected=True)
    site.write(4, "Draft", PARAGRAPHS, "2025-07-09T10:00:00", status="draft")
    assert [item.title for item in read(source)] == ["Open"]


def test_a_site_without_rest_is_said_to_have_none(web: Web, make: Make) -> None:
    web.put(PATH, "<html>Hello</html>")
    record = look(make(web.address, kind="wordpress"))
    assert record.state == "failed"
    assert "There is no WordPress REST API" in record.note


@pytest.mark.parametrize(
    "body", ["{}", "[1]", "[" * 5000, '[{"id": null}]', '[{"content": {"rendered": "\\ud800"}}]']
)
def test_odd_answers_do_not_crash_it(web: Web, make: Make, body: str) -> None:
    web.put(PATH, body, headers={"X-WP-Total": "x", "X-WP-TotalPages": "-1"})
    read(make(web.address, kind="wordpress"))
