"""The review desk in Chromium, in both directions: keyboard only, nothing lost, codes whole, axe content."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from .browser import CHROMIUM, press, sign_in, type_keys
from .desk import UNITS, expect_accessible, expect_text, field, open_desk, stored, unit_id, write
from .newsroom import Newsroom, until

pytestmark = [
    pytest.mark.worker,
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]


def french(number: int) -> tuple[str, str, str]:
    """What a translator types before, in and after the code of a unit."""
    if number == 0:
        return "Le comité se réunit à Tunis", "", ""
    day = number - 1
    return f"Le comité s’est réuni le {day % 28 + 1} mars 2026 à Tunis avec ", f"{day + 10} délégués", "."


def arabic(number: int) -> tuple[str, str, str]:
    if number == 0:
        return "اللجنة تجتمع في تونس", "", ""
    day = number - 1
    return f"اجتمعت اللجنة في {day % 28 + 1} مارس 2026 في تونس مع ", f"{day + 10} مندوبا", "."


@pytest.mark.parametrize(
    ("username", "locale", "written"), [("claire", "fr", french), ("amina", "ar", arabic)], ids=["fr", "ar"]
)
def test_forty_units_are_post_edited_by_keyboard_only(
    browser: Browser,
    desk: Newsroom,
    username: str,
    locale: str,
    written: Callable[[int], tuple[str, str, str]],
) -> None:
    page = open_desk(browser, desk, username, locale)
    next_open = "ى" if locale == "ar" else "n"
    press(page, next_open, "KeyN", alt=True)
    for number in range(UNITS):
        expect(field(page, number)).to_be_focused()
        before, inside, after = written(number)
        page.keyboard.press("Control+A")
        page.keyboard.press("Delete")
        type_keys(page, before)
        if inside:
            page.keyboard.press("Alt+i")
            type_keys(page, inside)
            page.keyboard.press("Control+End")
            type_keys(page, after)
        page.keyboard.press("Control+Enter")
        expect(page.locator("[data-unit]").nth(number)).to_have_attribute("data-state", "confirmed")
    expect(page.locator("[data-progress-words]")).to_have_text(f"{UNITS}/{UNITS}")
    for number in range(UNITS):
        before, inside, after = written(number)
        assert stored(desk, unit_id(page, number)) == before + (f"<1>{inside}</1>" if inside else "") + after
    assert page.troubles == []  # type: ignore[attr-defined]


def test_what_is_typed_is_on_the_server_within_two_seconds(browser: Browser, desk: Newsroom) -> None:
    page = open_desk(browser, desk, "amina", "ar")
    write(page, 0, "اللجنة تجتمع في تونس")
    unit = unit_id(page, 0)
    until(lambda: stored(desk, unit) == "اللجنة تجتمع في تونس", "the autosave", timeout=4)
    expect(page.locator("[data-unit]").first.locator("[data-origin]")).to_have_text("Amina Alaoui")


@pytest.mark.parametrize(("username", "locale"), [("amina", "ar"), ("claire", "fr")])
def test_another_wording_of_the_machine_is_asked_for_and_taken_by_key(
    browser: Browser, desk: Newsroom, username: str, locale: str
) -> None:
    page = open_desk(browser, desk, username, locale)
    field(page, 20).focus()
    page.keyboard.press("Alt+a")
    others = page.locator("[data-unit]").nth(20).locator(".unit-panel .match")
    expect(others.nth(1)).to_be_visible(timeout=20_000)
    wording = str(others.nth(1).locator(".match-target").text_content())
    assert len(set(others.locator(".match-target").all_text_contents())) == others.count()
    page.keyboard.press("Alt+p")
    page.keyboard.press("2")
    expect_text(page, 20, wording)
    unit = unit_id(page, 20)
    until(lambda: stored(desk, unit) == wording, "the save of the other wording", timeout=5)
    page.keyboard.press("Control+z")
    page.wait_for_function(
        "([area, text]) => area.value.replace(/[\\u2066\\u2069]/g, '') !== text",
        arg=[field(page, 20).element_handle(), wording],
    )


def test_codes_are_inserted_by_key_and_cannot_be_broken(browser: Browser, desk: Newsroom) -> None:
    page = open_desk(browser, desk, "amina", "ar")
    write(page, 5, "اجتمعت اللجنة")
    missing = page.locator("[data-unit]").nth(5).locator("[data-insert-code]")
    expect(missing).to_have_count(1)
    page.keyboard.press("Alt+i")
    expect_text(page, 5, "اجتمعت اللجنة<1></1>")
    page.keyboard.insert_text("مع وفود")
    expect_text(page, 5, "اجتمعت اللجنة<1>مع وفود</1>")
    expect(missing).to_have_count(0)
    page.keyboard.press("Control+End")
    page.keyboard.press("Backspace")
    expect_text(page, 5, "اجتمعت اللجنةمع وفود")
    page.keyboard.press("Control+z")
    expect_text(page, 5, "اجتمعت اللجنة<1>مع وفود</1>")


def test_codes_stand_isolated_among_arabic_words_and_are_stored_bare(
    browser: Browser, desk: Newsroom
) -> None:
    page = open_desk(browser, desk, "amina", "ar")
    write(page, 9, "راسلوا ")
    page.keyboard.press("Alt+i")
    page.keyboard.insert_text("training@example.org")
    assert "\u2066<1>\u2069" in field(page, 9).input_value()
    unit = unit_id(page, 9)
    until(lambda: stored(desk, unit) == "راسلوا <1>training@example.org</1>", "the bare codes", timeout=10)


def test_the_caret_jumps_over_a_code(browser: Browser, desk: Newsroom) -> None:
    page = open_desk(browser, desk, "amina", "ar")
    write(page, 6, "قبل <1>داخل</1> بعد")
    target = field(page, 6)
    target.evaluate("area => area.setSelectionRange(6, 6)")
    page.wait_for_function("() => document.activeElement.selectionStart !== 6")
    assert target.evaluate("area => area.selectionStart") in (4, 7)


def test_arabic_is_right_to_left_and_its_source_left_to_right(browser: Browser, desk: Newsroom) -> None:
    page = open_desk(browser, desk, "amina", "ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(field(page, 0)).to_have_attribute("dir", "rtl")
    expect(field(page, 0)).to_have_attribute("lang", "ar")
    source = page.locator("[data-source]").first
    expect(source).to_have_attribute("dir", "ltr")
    field_box, source_box = field(page, 0).bounding_box(), source.bounding_box()
    assert field_box and source_box and field_box["x"] < source_box["x"], "the layout is not mirrored"
    layer = page.locator(".target-layer").first.bounding_box()
    assert layer and abs(layer["height"] - field_box["height"]) < 2


def test_findings_follow_the_text_while_one_types(browser: Browser, desk: Newsroom) -> None:
    page = open_desk(browser, desk, "amina", "ar")
    write(page, 7, "اجتمعت اللجنة في تونس")
    findings = page.locator("[data-unit]").nth(7).locator(".finding-error")
    expect(findings.first).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".toasts .message")).to_be_visible()
    expect(page.locator("[data-unit]").nth(7)).not_to_have_attribute("data-state", "confirmed")


def test_an_error_is_accepted_with_a_reason(browser: Browser, desk: Newsroom) -> None:
    page = open_desk(browser, desk, "amina", "ar")
    unit = page.locator("[data-unit]").nth(8)
    write(page, 8, "اجتمعت اللجنة في تونس مع الوفود يوم 8 مارس 2026")
    while (
        unit.locator("[data-accept-check]:visible").count() or not unit.locator(".finding-accepted").count()
    ):
        unit.locator("[data-accept-check]:visible").first.click()
        page.fill("#accept-reason", "the number is in the caption")
        page.click("#accept button[value=accept]")
        page.wait_for_timeout(300)
    field(page, 8).focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("٠")
    expect(unit.locator(".finding-accepted")).to_have_count(0)
    page.keyboard.press("Backspace")
    expect(unit.locator(".finding-accepted").first).to_contain_text("the number is in the caption")
    expect(unit.locator(".finding-error:not(.finding-accepted)")).to_have_count(0)
    page.keyboard.press("Control+Enter")
    expect(unit).to_have_attribute("data-state", "confirmed")


def test_history_comments_and_memory_open_by_key(browser: Browser, desk: Newsroom) -> None:
    page = open_desk(browser, desk, "claire", "fr")
    unit = page.locator("[data-unit]").first
    field(page, 0).focus()
    page.keyboard.press("Alt+h")
    expect(unit.locator(".version").first).to_be_visible()
    page.keyboard.press("Alt+m")
    expect(unit.locator("[data-panel-body] > *").first).to_be_visible()
    page.keyboard.press("Alt+r")
    page.keyboard.insert_text("Voir avec @louis")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(unit.locator(".comment")).to_contain_text("Voir avec @louis")
    assert desk.query("SELECT count(*) FROM accounts_notice WHERE text LIKE '%@louis%'")[0][0] == 1
    for resolved, count in ((True, ""), (False, "1")):
        page.keyboard.press("Alt+p")
        page.keyboard.press("1")
        expect(unit.locator(".comment.comment-resolved")).to_have_count(int(resolved))
        expect(unit.locator("[data-comment-count]")).to_have_text(count)


EVERYBODY = [
    "/desk/",
    "/desk/translations/{ar}/",
    "/desk/articles/1/preview/ar",
    "/desk/notices/",
    "/desk/terms/",
    "/desk/terms/1/",
    "/desk/terms/changes/",
    "/desk/terms/propose",
    "/desk/profile/",
    "/accounts/password/change/",
]
PAGES = {
    "claire": [*EVERYBODY, "/desk/translations/{fr}/", "/desk/translations/{fr}/import"],
    "amina": [*EVERYBODY, "/desk/translations/{ar}/import"],
    "nadia": [
        "/desk/board/",
        "/desk/submit/",
        "/desk/submit/1/",
        "/desk/articles/1/",
        "/desk/articles/1/publish",
        "/desk/readers/",
        "/desk/figures/",
        "/desk/destinations/",
    ],
    "omar": ["/desk/terms/new", "/desk/terms/1/edit", "/desk/terms/import", "/desk/terms/proposals/"],
    "admin": [
        "/desk/people/",
        "/desk/people/1/",
        "/desk/people/new",
        "/desk/engines/",
        "/desk/sources/",
        "/desk/sources/new/",
        "/desk/destinations/new",
    ],
}
DIALOGS = ("approve", "return", "hand-over", "accept", "conflict", "concordance", "keyboard-help")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    ("username", "language"),
    [("claire", "fr"), ("amina", "ar"), ("nadia", "en"), ("omar", "en"), ("admin", "en")],
)
def test_axe_finds_nothing_serious_on_any_page(
    browser: Browser, desk: Newsroom, username: str, language: str, width: int
) -> None:
    page = sign_in(browser, desk.address, username, viewport={"width": width, "height": 900})
    numbers = dict(desk.query("SELECT locale, min(id) FROM drafting_translation GROUP BY locale"))
    for pattern in PAGES[username]:
        address = pattern.format(**numbers)
        response = page.goto(desk.address + address)
        assert response is not None and response.status == 200, address
        if "preview" not in address:
            expect(page.locator("html")).to_have_attribute("lang", language)
        expect_accessible(page, address)


@pytest.mark.parametrize(("username", "locale"), [("claire", "fr"), ("amina", "ar")])
def test_axe_finds_nothing_serious_in_any_dialog_or_panel(
    browser: Browser, desk: Newsroom, username: str, locale: str
) -> None:
    page = open_desk(browser, desk, username, locale)
    for name in DIALOGS:
        page.evaluate("(id) => document.getElementById(id).showModal()", name)
        expect_accessible(page, name)
        page.keyboard.press("Escape")
        page.evaluate("(id) => document.getElementById(id).close()", name)
    unit = page.locator("[data-unit]").first
    for panel in ("alternatives", "matches", "history", "comments"):
        unit.locator(f"[data-panel={panel}]").click()
        expect(unit.locator(".unit-panel")).to_be_visible()
        expect_accessible(page, panel)
