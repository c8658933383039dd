"""Pages round the desk: a preview that keeps up with it, and figures, import and preview for everybody's eyes."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

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


@pytest.fixture(scope="module")
def room(module_newsroom: Newsroom) -> Newsroom:
    """A newsroom with one short article in review."""
    path = module_newsroom.var / "bridge.md"
    path.write_text(ARTICLE)
    module_newsroom.manage("people", "--demo")
    module_newsroom.start("broker", "web", "mt", "default")
    module_newsroom.manage("submit", str(path), "--wait", "--timeout", "300")
    return module_newsroom


def test_a_preview_follows_every_save_without_being_reloaded(room: Newsroom, browser: Browser) -> None:
    number, article = room.query("SELECT id, article_id FROM drafting_translation WHERE locale = 'ar'")[0]
    desk = sign_in(browser, room.address, "amina", viewport={"width": 1600, "height": 900})
    desk.goto(f"{room.address}/desk/translations/{number}/")
    preview = desk.context.new_page()
    preview.goto(f"{room.address}/desk/articles/{article}/preview/ar")
    expect(preview.locator("html")).to_have_attribute("dir", "rtl")
    expect(preview.locator(".masthead")).to_be_visible()
    expect(preview.locator(".provenance")).to_be_visible()
    preview.evaluate("window.neverReloaded = true")

    desk.locator("[data-preview-beside]").click()
    beside = desk.frame_locator(".preview-beside")
    text = "افتُتح الجسر يوم الاثنين."
    desk.locator("textarea[name=target]").nth(1).fill(text)
    for page in (preview, beside):
        expect(page.locator("#text")).to_contain_text(text, timeout=30_000)
    assert preview.evaluate("window.neverReloaded")

    desk.set_viewport_size({"width": 1000, "height": 800})
    expect(desk.locator(".preview-beside")).to_be_hidden()
    expect(desk.locator("[data-preview-beside]")).to_be_hidden()
    desk.set_viewport_size({"width": 1600, "height": 900})
    desk.locator("[data-preview-beside]").click()
    expect(desk.locator(".preview-beside")).to_have_count(0)
    assert not desk.troubles and not getattr(preview, "troubles", [])  # type: ignore[attr-defined]


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_serious_on_figures_import_and_preview(
    room: Newsroom, browser: Browser, width: int
) -> None:
    number, article = room.query("SELECT id, article_id FROM drafting_translation WHERE locale = 'fr'")[0]
    claire = sign_in(browser, room.address, "claire", viewport={"width": width, "height": 900})
    claire.goto(f"{room.address}/desk/translations/{number}/")
    with claire.expect_response("**/save"):
        claire.locator("textarea[name=target]").nth(1).fill(f"Le pont a ouvert lundi, à {width} m.")
    exported = claire.request.get(f"{room.address}/desk/translations/{number}/export.po").text()
    changed = exported.replace("Le pont a ouvert", "Le grand pont a ouvert")
    with claire.expect_response("**/save"):
        claire.locator("textarea[name=target]").nth(1).fill(f"Le pont fut ouvert lundi, à {width} m.")
    claire.goto(f"{room.address}/desk/translations/{number}/import")
    claire.set_input_files(
        "input[type=file]", {"name": "a.po", "mimeType": "text/plain", "buffer": changed.encode()}
    )
    claire.locator("form[enctype] button").click()
    expect(claire.locator(".conflict input[type=radio]")).to_have_count(2)
    sound(claire)
    claire.goto(f"{room.address}/desk/articles/{article}/preview/fr")
    sound(claire)
    nadia = sign_in(browser, room.address, "nadia", viewport={"width": width, "height": 900})
    room.manage("shell", "-v0", "-c", CONFIRM)
    nadia.goto(f"{room.address}/desk/figures/")
    expect(nadia.locator("svg.plot .plot-bar").first).to_be_visible()
    sound(nadia)


CONFIRM = """
from django.utils import timezone
from workflow.drafting.models import TranslationUnit
TranslationUnit.objects.exclude(draft="").update(state="confirmed", confirmed_at=timezone.now(), seconds=9)
"""


def sound(page: Page) -> None:
    """Fails when axe finds something serious, or the page is wider than the window."""
    serious = [v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
    assert not serious, (page.url, [(v["id"], v["nodes"][0]["html"][:200]) for v in serious])
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
