"""The preview of a page keeps up with the desk: in another tab, and beside it on a wide screen."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from .browser import CHROMIUM, chromium, sign_in
from .newsroom import Newsroom

pytestmark = [
    pytest.mark.worker,
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]

ARTICLE = "# Bridge Opens\n\nThe bridge opened on Monday.\n\nIt is 300 metres long.\n"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def test_a_preview_follows_every_save_without_being_reloaded(newsroom: Newsroom, browser: Browser) -> None:
    path = newsroom.var / "bridge.md"
    path.write_text(ARTICLE)
    newsroom.manage("people", "--demo")
    newsroom.start("broker", "web", "mt", "default")
    newsroom.manage("submit", str(path), "--wait", "--timeout", "300")
    number, article = newsroom.query("SELECT id, article_id FROM drafting_translation WHERE locale = 'ar'")[0]
    desk = sign_in(browser, newsroom.address, "amina", viewport={"width": 1600, "height": 900})
    desk.goto(f"{newsroom.address}/desk/translations/{number}/")
    preview = desk.context.new_page()
    preview.goto(f"{newsroom.address}/desk/articles/{article}/preview/ar")
    expect(preview.locator("html")).to_have_attribute("dir", "rtl")
    expect(preview.locator(".masthead")).to_be_visible()
    expect(preview.locator(".provenance")).to_be_visible()
    preview.evaluate("window.neverReloaded = true")

    desk.locator("[data-preview-beside]").click()
    beside = desk.frame_locator(".preview-beside")
    text = "افتُتح الجسر يوم الاثنين."
    desk.locator("textarea[name=target]").nth(1).fill(text)
    for page in (preview, beside):
        expect(page.locator("#text")).to_contain_text(text)
    assert preview.evaluate("window.neverReloaded")

    desk.set_viewport_size({"width": 1000, "height": 800})
    expect(desk.locator(".preview-beside")).to_be_hidden()
    expect(desk.locator("[data-preview-beside]")).to_be_hidden()
    desk.set_viewport_size({"width": 1600, "height": 900})
    desk.locator("[data-preview-beside]").click()
    expect(desk.locator(".preview-beside")).to_have_count(0)
    assert not desk.troubles and not getattr(preview, "troubles", [])  # type: ignore[attr-defined]
