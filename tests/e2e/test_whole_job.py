"""The main job in a real browser: an editor submits, translators review and approve, the editor publishes,
a reader opens three editions, and a restart keeps them."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from .browser import CHROMIUM, chromium, sign_in
from .newsroom import Newsroom, until

pytestmark = [
    pytest.mark.worker,
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]

SOURCE = """# Minister of Culture Opens a Library in Rabat

RABAT, 9 July 2025

The minister opened **a new library** on Wednesday, in the presence of 12 writers.

It holds 5,000 books.
"""
TEXTS = {
    "fr": [
        "Le ministre de la culture inaugure une bibliothèque à Rabat",
        "RABAT, le 9 juillet 2025",
        "Le ministre a inauguré mercredi <1>une nouvelle bibliothèque</1>, en présence de 12 écrivains.",
        "Elle compte 5 000 livres.",
    ],
    "ar": [
        "وزير الثقافة يفتتح مكتبة في الرباط",
        "الرباط، 9 يوليو 2025",
        "افتتح الوزير يوم الأربعاء <1>مكتبة جديدة</1>، بحضور 12 كاتبا.",
        "وتضم المكتبة 5000 كتاب.",
    ],
}
TRANSLATORS = {"fr": ("claire", "louis"), "ar": ("amina", "karim")}


def submit(page: Page, address: str, tmp_path: Path, newsroom: Newsroom) -> int:
    path = tmp_path / "library.md"
    path.write_text(SOURCE)
    page.goto(f"{address}/desk/submit/")
    page.set_input_files("input[name=files]", path)
    page.click("main form button.button-primary")
    page.wait_for_url("**/desk/articles/*/")
    until(lambda: not newsroom.drafting(), "the drafts", timeout=240)
    return int(page.url.rstrip("/").rsplit("/", 1)[1])


def post_edit(page: Page, address: str, translation: int, texts: list[str]) -> None:
    """Every unit by keyboard: write, confirm, on to the next."""
    page.goto(f"{address}/desk/translations/{translation}/")
    fields = page.locator("textarea[name=target]")
    expect(fields).to_have_count(len(texts))
    for number, text in enumerate(texts):
        field = fields.nth(number)
        field.focus()
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(text)
        page.keyboard.press("Control+Enter")
        expect(page.locator("[data-unit]").nth(number)).to_have_attribute("data-state", "confirmed")


def approve(page: Page, address: str, translation: int) -> None:
    page.goto(f"{address}/desk/translations/{translation}/")
    page.click("[data-opens=approve]")
    page.click("#approve button.button-primary")
    expect(page.locator(".summary .badge-approved")).to_be_visible()


def translations(newsroom: Newsroom, article: int) -> dict[str, dict]:  # type: ignore[type-arg]
    told = json.loads(newsroom.manage("status", str(article), "--json"))
    return {row["locale"]: row for row in told["translations"]}


def test_from_the_english_article_to_three_editions(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.manage("people", "--demo")
    newsroom.start("broker", "web", "mt", "default", "scheduler")
    address = newsroom.address
    with chromium() as browser:
        editor = sign_in(browser, address, "nadia")
        article = submit(editor, address, tmp_path, newsroom)
        for locale, row in translations(newsroom, article).items():
            assert row["state"] == "in_review"
            translator, colleague = TRANSLATORS[locale]
            page = sign_in(browser, address, translator)
            post_edit(page, address, row["id"], TEXTS[locale])
            assert page.troubles == []  # type: ignore[attr-defined]
            approve(sign_in(browser, address, colleague), address, row["id"])
        for locale in ("ar", "fr", "en"):
            newsroom.manage("publish", str(article), "--locale", locale, "--as", "nadia")
        read_editions(browser, address)
        newsroom.restart("web")
        read_editions(browser, address)


def read_editions(browser: Browser, address: str) -> None:
    """A reader opens the Arabic edition and goes from there to the French and the English one."""
    page = browser.new_context().new_page()
    page.goto(f"{address}/ar/")
    page.get_by_role("link", name=TEXTS["ar"][0]).first.click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("h1")).to_have_text(TEXTS["ar"][0])
    expect(page.locator("article strong")).to_have_text("مكتبة جديدة")
    addresses = {
        link.get_attribute("hreflang"): link.get_attribute("href")
        for link in page.locator("link[rel=alternate][hreflang]").all()
    }
    assert {"ar", "fr", "en", "x-default"} <= set(addresses)
    for locale, title in (("fr", TEXTS["fr"][0]), ("en", "Minister of Culture Opens a Library in Rabat")):
        page.goto(f"{address}/{locale}/")
        page.get_by_role("link", name=title).first.click()
        expect(page.locator("html")).to_have_attribute("lang", locale)
        expect(page.locator("h1")).to_have_text(title)


def test_publishing_is_refused_before_approval(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.manage("people", "--demo")
    path = tmp_path / "library.md"
    path.write_text(SOURCE)
    told = json.loads(newsroom.manage("submit", str(path), "--json"))
    article = told["articles"][0]["id"]
    newsroom.manage("publish", str(article), "--locale", "ar", "--as", "nadia", code=1)
