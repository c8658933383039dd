"""The exported site in a real browser: accessible, within the window, and the passage a reader selects."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright
from pytest_django import Settings

from tests.e2e.files import served
from tests.pictures import KINDS, inside, picture
from tests.publishing.conftest import written
from workflow.accounts.models import User
from workflow.publishing import search
from workflow.publishing.export import export
from workflow.publishing.folding import fold, folded_words
from workflow.publishing.models import Edition
from workflow.publishing.publish import Presentation, publish, reissue

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


@pytest.fixture
def exported(
    published: Callable[..., dict[str, Edition]],
    editor: User,
    tmp_path: Path,
) -> Iterator[tuple[str, dict[str, Edition]]]:
    """The site, served as files: its address, and its editions."""
    editions = published()
    for locale, edition in editions.items():
        editions[locale] = reissue(edition, editor, Presentation(correction="12.", summary=edition.lead))
    export(tmp_path, feedback_url="https://desk.example")
    with served(tmp_path) as address:
        yield address, editions


@pytest.fixture
def page(exported: tuple[str, dict[str, Edition]]) -> Iterator[Page]:
    """A page of Chromium: the machine's own, where Playwright has not brought one. Started after the
    database is ready, because Django refuses to work beside Playwright's event loop."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_is_accessible_and_fits(
    page: Page, exported: tuple[str, dict[str, Edition]], width: int
) -> None:
    address, editions = exported
    elsewhere: list[str] = []
    page.on("request", lambda r: None if r.url.startswith((address, "data:")) else elsewhere.append(r.url))
    page.set_viewport_size({"width": width, "height": 900})
    axe = Axe()
    paths = ["/index.html"]
    for locale, edition in editions.items():
        month = f"archive/{edition.published_at:%Y/%m}/"
        names = (
            "",
            quote(edition.slug) + "/",
            "archive/",
            month,
            "about-translation/",
            "search/",
            "404.html",
        )
        paths += [f"/{locale}/{name}" for name in names]
    for path in paths:
        assert page.goto(address + path).ok, path  # type: ignore[union-attr]
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, path
        found = axe.run(page)
        assert found.violations_count == 0, (path, found.generate_report())
    assert elsewhere == []


FACES = {"en": "Source Serif 4", "fr": "Source Serif 4", "ar": "Noto Naskh Arabic"}


@pytest.mark.parametrize("width", [390, 1280])
def test_an_article_is_set_in_its_own_script(
    page: Page, exported: tuple[str, dict[str, Edition]], width: int
) -> None:
    """What a picture of the page shows, said in figures: direction, headline, typefaces, measure."""
    address, editions = exported
    page.set_viewport_size({"width": width, "height": 900})
    for locale, edition in editions.items():
        page.goto(f"{address}/{locale}/{quote(edition.slug)}/")
        page.evaluate("document.fonts.ready")
        headline = page.locator("h1")
        assert headline.inner_text() == edition.title and headline.is_visible()
        box = headline.bounding_box()
        assert box and 0 < box["y"] < 400 and box["x"] >= 0 and box["x"] + box["width"] <= width
        seen = page.evaluate(
            """() => {
                const style = (what, name) => getComputedStyle(document.querySelector(what))[name];
                const edge = (what) => document.querySelector(what).getBoundingClientRect();
                const faces = [...document.fonts].filter((face) => face.status === "loaded");
                return {
                    direction: style("h1", "direction"),
                    mark: style(".correction", "borderInlineStartWidth"),
                    switch: edge(".edition-switch").left > edge(".masthead-name").left,
                    wide: edge("#t1").width / parseFloat(style("#t1", "fontSize")),
                    faces: faces.map((face) => face.family.replaceAll('"', "")),
                    failed: [...document.fonts].filter((face) => face.status === "error").length,
                };
            }"""
        )
        assert seen["direction"] == ("rtl" if locale == "ar" else "ltr")
        assert FACES[locale] in seen["faces"] and seen["failed"] == 0, seen
        assert seen["wide"] < 40, "a line of reading is no longer than the eye finds back from"
        assert seen["mark"] == "4px"
        if width > 1000:
            assert seen["switch"] == (locale != "ar")


def test_selected_words_fill_in_the_form(page: Page, exported: tuple[str, dict[str, Edition]]) -> None:
    address, editions = exported
    page.goto(f"{address}/ar/{quote(editions['ar'].slug)}/")
    assert not page.locator("#passage-button").is_visible()
    page.evaluate(
        """() => {
            const range = document.createRange();
            range.selectNodeContents(document.querySelector("#t1 strong"));
            const selection = getSelection();
            selection.removeAllRanges();
            selection.addRange(range);
        }"""
    )
    page.locator("#passage-button").click()
    assert page.locator("#feedback-passage").input_value() == "مكتبة جديدة"
    assert page.locator("#feedback-block").input_value() == "t1"
    assert page.locator("#feedback-quote").is_visible()
    page.locator("#feedback-block").select_option("t2")
    assert page.locator("#feedback-passage").input_value() == ""


def test_pictures_are_seen_and_nobody_else_is_asked(
    editor: User, db: None, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    figure = '<figure><img src="{}" alt="{}"><figcaption>{}</figcaption></figure>'
    article = written(
        "<h1>Doors</h1><p>Of the library.</p>"
        + "".join(
            figure.format(inside(picture(kind, (60, 40)), f"image/{kind.lower()}"), kind, kind)
            for kind in KINDS
        )
        + figure.format("https://elsewhere.invalid/a.jpg", "Not here", "A caption alone."),
        "Doors",
    )
    publish(article, "en", editor)
    export(tmp_path / "site")
    with served(tmp_path / "site") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{address}/en/doors/")
        images = page.locator(".article-text img")
        for number in range(images.count()):
            images.nth(number).scroll_into_view_if_needed()
        page.wait_for_function(
            "[...document.images].every(image => image.complete && image.naturalWidth === 60)"
        )
        assert images.count() == len(KINDS)
        assert page.get_by_text("A caption alone.").is_visible()
        assert [url for url in asked if not url.startswith(address)] == []
        assert len([url for url in asked if "/media/" in url]) == len(KINDS)
        browser.close()


QUERIES = [
    ("ar", "مكتبه الرباط"),
    ("ar", "المَكْتَبة"),
    ("ar", "كاتبا ١٢"),
    ("fr", "BIBLIOTHEQUE poèmes"),
    ("fr", "inaugure  ecrivains"),
    ("en", "librar"),
    ("en", "library zebra"),
    ("en", "<b>%_[("),
]


@pytest.fixture
def answers(exported: tuple[str, dict[str, Edition]]) -> list[list[str]]:
    """The titles that the server finds for each query; asked before Playwright's event loop is there."""
    return [[edition.title for edition in search.find(locale, query)] for locale, query in QUERIES]


@pytest.mark.parametrize("by_server", [True, False], ids=["from a server", "from a folder"])
def test_an_exported_site_is_searched_as_the_server_searches(
    answers: list[list[str]],
    page: Page,
    exported: tuple[str, dict[str, Edition]],
    tmp_path: Path,
    by_server: bool,
) -> None:
    assert [len(titles) for titles in answers] == [1, 1, 1, 1, 1, 1, 0, 0]
    address, _editions = exported
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    for (locale, query), expected in zip(QUERIES, answers, strict=True):
        page.goto(f"{address}/{locale}/" if by_server else (tmp_path / locale / "index.html").as_uri())
        page.fill("#site-search", query)
        page.press("#site-search", "Enter")
        page.wait_for_url("**/search/index.html?q=*")
        assert page.locator("#stories a").all_inner_texts() == expected, query
        said = page.locator("#found").inner_text()
        assert said.endswith("1") if expected else query in said, said
    page.goto(page.url.replace("en/search", "fr/search").split("?")[0] + "?q=poemes")
    page.locator("#stories a").click()
    assert "Une bibliothèque ouvre à Rabat" in page.locator("h1").inner_text()
    assert troubles == []


def test_the_browser_folds_as_the_server_does(page: Page, exported: tuple[str, dict[str, Edition]]) -> None:
    address, _editions = exported
    page.goto(f"{address}/en/search/")
    texts = [
        "L’Œuvre d’ÉTÉ, ça ! naïve Straße cœur",
        "أَهْلًا وسهلاً بالمؤلّفة إلى آخرها ٱلرؤى ـ مســـألة",
        "١٢٣ ۴۵۶ ٤٫٥ ½ ²",
        "ﻻ ﷲ ﬁn  é é Å",
        "İstanbul ΣΊΣΥΦΟΣ",
    ]
    for text in texts:
        assert page.evaluate("text => fold(text)", text) == fold(text)
        assert page.evaluate("text => foldedWords(text)", text) == folded_words(text)
