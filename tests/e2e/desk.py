"""What the tests of the desk do on its page: open it, write in a unit, see what the server has."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from .browser import sign_in
from .newsroom import Newsroom

UNITS = 40


def article() -> str:
    """An article of forty units."""
    paragraphs = "\n\n".join(
        f"The committee met on {day % 28 + 1} March 2026 in Tunis with **{day + 10} delegates**."
        for day in range(UNITS - 1)
    )
    return f"# Committee Meets in Tunis\n\n{paragraphs}\n"


def open_desk(browser: Browser, desk: Newsroom, username: str, locale: str) -> Page:
    """The desk of that article's translation, as that person."""
    page = sign_in(browser, desk.address, username)
    page.goto(desk.address + address(desk, locale))
    expect(page.locator("[data-unit]")).to_have_count(UNITS)
    return page


def address(desk: Newsroom, locale: str, article: int = 1) -> str:
    """The path of the desk for one translation."""
    found = desk.query(
        f"SELECT id FROM drafting_translation WHERE locale = '{locale}' AND article_id = {article}"
    )
    return f"/desk/translations/{found[0][0]}/"


def stored(desk: Newsroom, unit: str) -> str:
    """The target text the server has of a unit."""
    return str(desk.query(f"SELECT target FROM drafting_translationunit WHERE id = {int(unit)}")[0][0])


def unit(page: Page, number: int) -> Locator:
    return page.locator("[data-unit]").nth(number)


def unit_id(page: Page, number: int) -> str:
    return str(unit(page, number).get_attribute("data-unit"))


def field(page: Page, number: int) -> Locator:
    return page.locator("textarea[name=target]").nth(number)


def expect_text(page: Page, number: int, text: str) -> None:
    """What the field holds, without the isolates that keep codes whole among right-to-left words."""
    page.wait_for_function(
        "([area, text]) => area.value.replace(/[\\u2066\\u2069]/g, '') === text",
        arg=[field(page, number).element_handle(), text],
    )


def write(page: Page, number: int, text: str) -> None:
    """Writes a text over the one in a unit."""
    field(page, number).focus()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def expect_status(page: Page, name: str) -> None:
    """What the summary says of saving: saved, offline, signed-out, …"""
    expect(page.locator("[data-save-status]")).to_have_attribute("data-now", name)


def expect_accessible(page: Page, where: str) -> None:
    """Nothing serious that axe could say, and nothing wider than the window."""
    found = Axe().run(page)
    serious = [v for v in found.response["violations"] if v["impact"] in ("serious", "critical")]
    assert not serious, (where, [(v["id"], v["nodes"][0]["html"][:200]) for v in serious])
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, f"{where} is wider than the window by {overflow}px"
