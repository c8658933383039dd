"""What readers get at each address of the public site."""

import re
from collections.abc import Callable
from urllib.parse import quote, unquote

import pytest
from django.test import Client

from workflow.accounts.models import User
from workflow.articles.models import Article
from workflow.publishing.models import Edition
from workflow.publishing.publish import Presentation, publish, reissue, withdraw

pytestmark = pytest.mark.django_db
Publish = Callable[..., dict[str, Edition]]


@pytest.mark.parametrize(
    ("header", "home"),
    [
        ("ar-MA,ar;q=0.9,en;q=0.5", "/ar/"),
        ("fr;q=0.8, en;q=0.3", "/fr/"),
        ("de-DE, fr-CA;q=0.4", "/fr/"),
        ("de", "/en/"),
        ("", "/en/"),
    ],
)
def test_the_root_leads_to_the_language_a_visitor_reads(client: Client, header: str, home: str) -> None:
    response = client.get("/", headers={"Accept-Language": header})
    assert (response.status_code, response["Location"]) == (302, home)
    assert "Accept-Language" in response["Vary"]


@pytest.mark.parametrize("locale", ["en", "fr", "ar"])
def test_an_article_is_read_in_its_own_language(client: Client, published: Publish, locale: str) -> None:
    edition = published()[locale]
    response = client.get(f"/{locale}/{edition.slug}", headers={"Accept-Language": "de"})
    page = response.content.decode()
    assert response.status_code == 200
    direction = "rtl" if locale == "ar" else "ltr"
    assert f'<html lang="{locale}" dir="{direction}">' in page
    assert response["Content-Language"] == locale
    assert edition.title in page
    assert page.count("<h1") == 1


def test_an_arabic_address_keeps_its_letters(client: Client, published: Publish) -> None:
    edition = published()["ar"]
    assert edition.slug == "افتتاح-مكتبة-في-الرباط"
    assert client.get("/ar/" + quote(edition.slug)).status_code == 200


def test_readers_get_no_cookie_and_caches_may_keep_the_page(client: Client, published: Publish) -> None:
    published()
    for path in ("/", "/ar/", "/ar/افتتاح-مكتبة-في-الرباط", "/ar/archive/", "/ar/search?q=x", "/ar/none"):
        response = client.get(path)
        assert not response.cookies, path
        assert response.get("Vary", "") == ("Accept-Language" if path == "/" else ""), path
        assert response["Cache-Control"] == "public, max-age=60", path


def test_a_page_that_has_not_changed_is_not_sent_again(client: Client, published: Publish) -> None:
    published()
    first = client.get("/en/library-opens-in-rabat")
    again = client.get("/en/library-opens-in-rabat", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert not again.content
    assert first["Last-Modified"]


def test_nothing_on_a_page_comes_from_elsewhere(client: Client, published: Publish) -> None:
    published()
    page = client.get("/fr/une-bibliothèque-ouvre-à-rabat").content.decode()
    loaded = re.findall(r'<(?:script|img|link rel="(?:stylesheet|icon)")[^>]*?(?:src|href)="([^"]+)"', page)
    assert loaded
    assert all(address.startswith("/static/") for address in loaded)
    assert not re.search(r"<script(?![^>]*(?:src=|ld\+json))|\sstyle=|\son\w+=", page)


def test_a_locale_that_is_not_published_is_never_filled_with_the_source(
    client: Client, published: Publish
) -> None:
    published("en")
    assert client.get("/fr/library-opens-in-rabat").status_code == 404
    for path in ("/fr/", "/fr/archive/", "/fr/feed.atom", "/fr/search?q=library"):
        assert "Library Opens" not in client.get(path).content.decode(), path


def test_the_home_page_lists_the_newest_first(client: Client, editor: User, published: Publish) -> None:
    from tests.publishing.conftest import written

    published("en")
    second = written("<h1>Second Story</h1><p>It happened later.</p>", "Second Story")
    publish(second, "en", editor)
    page = client.get("/en/").content.decode()
    assert 0 < page.index("Second Story") < page.index("Library Opens in Rabat")


def test_an_old_address_leads_to_the_new_one(client: Client, editor: User, published: Publish) -> None:
    edition = published("en")["en"]
    reissue(edition, editor, Presentation(slug="Rabat library"))
    response = client.get("/en/library-opens-in-rabat")
    assert (response.status_code, response["Location"]) == (301, "/en/rabat-library")


def test_an_old_arabic_address_redirects_in_ascii(client: Client, editor: User, published: Publish) -> None:
    edition = published("ar")["ar"]
    reissue(edition, editor, Presentation(slug="مكتبة"))
    response = client.get("/ar/" + edition.slug)
    assert response.status_code == 301
    assert response["Location"].isascii()
    assert unquote(response["Location"]) == "/ar/مكتبة"


def test_a_withdrawn_article_is_gone_and_says_so(client: Client, editor: User, published: Publish) -> None:
    editions = published()
    withdraw(editions["fr"], editor, "wrong figures")
    response = client.get("/fr/" + editions["fr"].slug)
    page = response.content.decode()
    assert response.status_code == 410
    assert 'lang="fr"' in page
    assert "wrong figures" not in page
    assert "/ar/" in page and "une-biblioth" not in client.get("/ar/" + editions["ar"].slug).content.decode()


@pytest.mark.parametrize("path", ["/ar/لا-شيء", "/ar/a/b/c", "/ar/archive/2025/13/", "/ar/archive/1/1/7/"])
def test_a_missing_page_is_missing_in_the_right_language(client: Client, db: None, path: str) -> None:
    response = client.get(path, headers={"Accept-Language": "fr"})
    assert response.status_code == 404
    assert '<html lang="ar" dir="rtl">' in response.content.decode()


def test_a_missing_page_outside_any_locale_follows_the_browser(client: Client, db: None) -> None:
    response = client.get("/nothing/here", headers={"Accept-Language": "fr"})
    assert response.status_code == 404
    assert '<html lang="fr"' in response.content.decode()
    assert response["Vary"] == "Accept-Language"


def test_a_missing_page_of_the_newsroom_is_not_the_newspapers(client: Client, editor: User) -> None:
    client.force_login(editor)
    response = client.get("/desk/nothing/here")
    assert response.status_code == 404
    assert "masthead" not in response.content.decode()


def test_the_archive_has_the_months_and_their_articles(client: Client, published: Publish) -> None:
    edition = published("en")["en"]
    page = client.get("/en/archive/").content.decode()
    month = re.search(r"/en/archive/\d{4}/\d{2}/", page)
    assert month
    assert edition.title in client.get(month.group()).content.decode()
    assert client.get(month.group() + "2/").status_code == 404


@pytest.mark.parametrize("query", ["مكتبه الرباط", "المَكْتَبة", "افتتاح  مكتبة", "كاتبا ١٢"])
def test_arabic_is_found_however_it_is_spelt(client: Client, published: Publish, query: str) -> None:
    published()
    assert "افتتاح مكتبة في الرباط" in client.get("/ar/search", {"q": query}).content.decode()


@pytest.mark.parametrize("query", ["BIBLIOTHEQUE", "bibliothèque poèmes", "inaugure ecrivains"])
def test_french_is_found_without_its_accents(client: Client, published: Publish, query: str) -> None:
    published()
    assert "Une bibliothèque ouvre" in client.get("/fr/search", {"q": query}).content.decode()


@pytest.mark.parametrize("query", ["%", "_", "<script>alert(1)</script>", "'; --", "a" * 5000, "\\", "[("])
def test_any_query_is_answered_safely(client: Client, published: Publish, query: str) -> None:
    published()
    response = client.get("/en/search", {"q": query})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_a_withdrawn_article_is_not_found(client: Client, editor: User, published: Publish) -> None:
    edition = published("en")["en"]
    withdraw(edition, editor, "reason")
    assert edition.title not in client.get("/en/search", {"q": "library"}).content.decode()


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_are_only_read(client: Client, published: Publish, method: str) -> None:
    published("en")
    for path in ("/", "/en/", "/en/library-opens-in-rabat", "/en/search", "/sitemap.xml"):
        assert getattr(client, method)(path).status_code == 405


def test_a_correction_is_announced_above_the_text(client: Client, editor: User, published: Publish) -> None:
    edition = published("en")["en"]
    reissue(edition, editor, Presentation(correction="There were 12 writers, not 21."))
    page = client.get("/en/" + edition.slug).content.decode()
    assert page.index("There were 12 writers, not 21.") < page.index('<p id="t1">The minister opened')


def test_a_translation_of_an_earlier_source_says_so(
    client: Client, article: Article, editor: User, published: Publish
) -> None:
    from workflow.articles.revisions import SourceText, add_revision

    editions = published("en", "fr")
    address = "/fr/" + editions["fr"].slug
    assert "has been updated since" not in client.get(address).content.decode()
    add_revision(article, SourceText("Library Opens", "<h1>Library Opens</h1><p>All is new.</p>"), by=editor)
    publish(article, "en", editor)
    page = client.get(address).content.decode()
    assert "a été mis" in page or "has been updated since" in page


def test_an_address_written_with_loose_accents_or_a_slash_is_understood(
    client: Client, published: Publish
) -> None:
    from unicodedata import normalize

    slug = published("fr")["fr"].slug
    assert client.get("/fr/" + normalize("NFD", slug)).status_code == 200
    response = client.get(f"/fr/{slug}/")
    assert (response.status_code, unquote(response["Location"])) == (301, f"/fr/{slug}")
