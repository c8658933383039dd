"""Languages of one article know each other: hreflang, language switch, feed, sitemap and metadata."""

import json
import re
from collections.abc import Callable
from datetime import date
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import Settings

from tests.publishing.conftest import written
from workflow.accounts.models import User
from workflow.articles.models import Article
from workflow.publishing import addresses
from workflow.publishing.models import Edition
from workflow.publishing.publish import Presentation, publish, reissue, withdraw

pytestmark = pytest.mark.django_db
Publish = Callable[..., dict[str, Edition]]
BASE = "https://news.example"
XML = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "a": "http://www.w3.org/2005/Atom",
}


def hreflang(page: str) -> dict[str, str]:
    """hreflang → absolute address, as the page's head says."""
    return dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', page))


def canonical(page: str) -> str:
    match = re.search(r'<link rel="canonical" href="([^"]+)"', page)
    return match[1] if match else ""


def page_at(client: Client, address: str) -> str:
    response = client.get(unquote(address.removeprefix(BASE)))
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.mark.parametrize("locales", [("en", "fr", "ar"), ("en", "ar"), ("ar",), ("fr", "ar")])
def test_every_edition_names_itself_and_all_others_and_they_name_it_back(
    client: Client, published: Publish, locales: tuple[str, ...]
) -> None:
    editions = published(*locales)
    sets = []
    for locale, edition in editions.items():
        page = page_at(client, f"/{locale}/{edition.slug}")
        links = hreflang(page)
        assert set(links) == {*locales, "x-default"}
        assert links[locale] == canonical(page)
        assert all(address.startswith(f"{BASE}/") and address.isascii() for address in links.values())
        sets.append(links)
    assert all(links == sets[0] for links in sets)
    for locale in locales:
        assert hreflang(page_at(client, sets[0][locale])) == sets[0]


def test_a_page_does_not_name_what_is_withdrawn(client: Client, editor: User, published: Publish) -> None:
    editions = published()
    withdraw(editions["en"], editor, "reason")
    links = hreflang(page_at(client, "/ar/" + editions["ar"].slug))
    assert set(links) == {"ar", "fr", "x-default"}
    assert links["x-default"] == links["fr"]


@pytest.mark.parametrize("path", ["", "about-translation", "archive/"])
def test_pages_of_every_locale_name_each_other(client: Client, published: Publish, path: str) -> None:
    published()
    sets = [hreflang(page_at(client, f"/{locale}/{path}")) for locale in ("en", "fr", "ar")]
    assert set(sets[0]) == {"en", "fr", "ar", "x-default"}
    assert sets[0] == sets[1] == sets[2]


def test_an_archive_month_names_only_locales_that_have_it(client: Client, published: Publish) -> None:
    edition = published("en", "ar")["ar"]
    page = page_at(client, f"/ar/archive/{edition.published_at:%Y/%m}/")
    assert set(hreflang(page)) == {"en", "ar", "x-default"}


def test_the_language_switch_leads_to_the_same_article(client: Client, published: Publish) -> None:
    editions = published("en", "ar")
    page = page_at(client, "/en/" + editions["en"].slug)
    switch = page[page.index("edition-switch") : page.index("</nav>")]
    assert re.findall(r'href="([^"]+)"', switch) == [
        f"/en/{editions['en'].slug}",
        f"/ar/{editions['ar'].slug}",
    ]


def test_the_sitemap_lists_live_editions_with_their_alternates(
    client: Client, editor: User, published: Publish
) -> None:
    editions = published()
    withdraw(editions["fr"], editor, "reason")
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    urls = {
        url.findtext("s:loc", namespaces=XML): {
            link.get("hreflang"): link.get("href") for link in url.findall("x:link", XML)
        }
        for url in root.findall("s:url", XML)
    }
    english, arabic = (canonical(page_at(client, f"/{x}/{editions[x].slug}")) for x in ("en", "ar"))
    assert urls[english] == urls[arabic] == {"en": english, "ar": arabic, "x-default": english}
    assert not any("/fr/une" in str(address) for address in urls)


def test_robots_keep_out_of_the_newsroom(client: Client, db: None) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /desk/" in text
    assert f"Sitemap: {BASE}/sitemap.xml" in text


def test_each_locale_has_its_feed(client: Client, editor: User, published: Publish) -> None:
    editions = published("en", "ar")
    publish(written("<h1>Only & “English”</h1><p>Text &lt;here&gt;.</p>", "Only & “English”"), "en", editor)
    response = client.get("/ar/feed.atom")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.content)
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"
    (entry,) = feed.findall("a:entry", XML)
    assert entry.findtext("a:title", namespaces=XML) == editions["ar"].title
    assert "مكتبة جديدة" in (entry.findtext("a:content", namespaces=XML) or "")
    links = {link.get("hreflang"): link.get("href") for link in entry.findall("a:link", XML)}
    assert links["en"] == f"{BASE}/en/{editions['en'].slug}"
    english = ElementTree.fromstring(client.get("/en/feed.atom").content)
    assert len(english.findall("a:entry", XML)) == 2


def json_ld(page: str) -> dict:
    match = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert match
    return json.loads(match[1])


def test_json_ld_says_who_translated_what(client: Client, published: Publish) -> None:
    editions = published()
    data = json_ld(page_at(client, "/ar/" + editions["ar"].slug))
    assert (data["@type"], data["inLanguage"], data["headline"]) == (
        "NewsArticle",
        "ar",
        editions["ar"].title,
    )
    assert data["translator"] == [{"@type": "Person", "name": "Amina Alaoui"}]
    assert data["translationOfWork"]["@id"] == f"{BASE}/en/{editions['en'].slug}"
    original = json_ld(page_at(client, "/en/" + editions["en"].slug))
    assert {work["inLanguage"] for work in original["workTranslation"]} == {"fr", "ar"}
    assert original["author"]["name"] == "the Press Office"
    assert "translator" not in original


def test_metadata_cannot_break_out_of_the_page(client: Client, editor: User, db: None) -> None:
    title = '</script><script>alert("x")</script>'
    article = written("<h1>T</h1><p>Text of this article.</p>", title)
    edition = publish(article, "en", editor)
    page = page_at(client, "/en/" + edition.slug)
    assert "<script>alert" not in page
    assert json_ld(page)["headline"] == title


def test_open_graph_names_the_other_languages(client: Client, published: Publish) -> None:
    editions = published()
    page = page_at(client, "/fr/" + editions["fr"].slug)
    properties = re.findall(r'<meta property="([^"]+)" content="([^"]*)"', page)
    assert ("og:locale", "fr_FR") in properties
    assert ("og:title", editions["fr"].title) in properties
    assert {v for k, v in properties if k == "og:locale:alternate"} == {"en_GB", "ar_AR"}
    assert dict(properties)["og:url"] == canonical(page)


def test_a_feeds_entries_say_all_that_the_page_says(client: Client, published: Publish, editor: User) -> None:
    editions = published()
    reissue(editions["fr"], editor, Presentation(correction="Douze & non <21>."))
    feed = ElementTree.fromstring(client.get("/fr/feed.atom").content)
    content = feed.findtext(".//{*}entry/{*}content") or ""
    order = (
        "Douze &amp; non &lt;21&gt;.",
        "Par le Bureau de presse",
        "RABAT, le 9 juillet 2025",
        "<strong>une nouvelle bibliothèque</strong>",
        "<bdi>Claire Fontaine</bdi>",
        'href="https://news.example/en/library-opens-in-rabat"',
    )
    places = [content.find(words) for words in order]
    assert -1 not in places and places == sorted(places), places
    assert "Rectificatif" in content and "<h1" not in content


def test_an_entry_keeps_its_id_when_its_address_changes(
    client: Client, article: Article, published: Publish, editor: User
) -> None:
    edition = published("en")["en"]

    def entry() -> tuple[str | None, str | None]:
        feed = ElementTree.fromstring(client.get("/en/feed.atom").content)
        link = feed.find(".//{*}entry/{*}link")
        return feed.findtext(".//{*}entry/{*}id"), link.get("href") if link is not None else None

    name, address = entry()
    day = f"{edition.published_at:%Y-%m-%d}"
    assert name == f"tag:news.example,{day}:en/article/{article.pk}"
    later = reissue(edition, editor, Presentation(slug="elsewhere"))
    assert entry() == (name, f"{BASE}/en/elsewhere") != (name, address)
    withdraw(later, editor, "wrong")
    publish(article, "en", editor)
    assert entry()[0] == name


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://News.example:8443/x", "tag:news.example,2026-11-25:ar/article/7"),
        ("https://أخبار.example", "tag:xn--igbicxr.example,2026-11-25:ar/article/7"),
        ("http://[::1]:8000", "tag:1,2026-11-25:ar/article/7"),
    ],
)
def test_a_tag_uri_has_a_host_name_and_a_day(settings: Settings, url: str, name: str) -> None:
    settings.PUBLIC_URL = url
    assert addresses.tag(7, "ar", date(2026, 11, 25)) == name
