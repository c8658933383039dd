"""No keystroke is lost at the desk, and nobody's text is overwritten: reloads, dead lines, ended sessions, colleagues,
changed sources, full disks."""

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from .browser import CHROMIUM, fill_in_sign_in, type_keys
from .desk import (
    address,
    expect_accessible,
    expect_status,
    expect_text,
    field,
    open_desk,
    stored,
    unit,
    unit_id,
    write,
)
from .newsroom import Newsroom, until

pytestmark = [
    pytest.mark.worker,
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]


def arrives(desk: Newsroom, page: Page, number: int, text: str) -> None:
    """The server has the text of a unit within the time a retry takes."""
    key = unit_id(page, number)
    until(lambda: stored(desk, key) == text, f"“{text}” on the server, not “{stored(desk, key)}”", timeout=15)


def expect_saving(page: Page, number: int, state: str) -> None:
    expect(unit(page, number)).to_have_attribute("data-saving", state)


def sign_out(page: Page) -> None:
    """As when the session ends while one is away."""
    page.context.clear_cookies(name="sessionid")


def hold(page: Page, pattern: str) -> list[Route]:
    """Requests to these addresses wait in the list until the test lets them go."""
    held: list[Route] = []
    page.route(pattern, lambda route: held.append(route))
    return held


def wait_for_one(page: Page, held: list[Route]) -> Route:
    while not held:
        page.wait_for_timeout(20)
    return held[0]


def test_a_reload_in_mid_edit_loses_no_key(browser: Browser, desk: Newsroom) -> None:
    page = open_desk(browser, desk, "amina", "ar")
    write(page, 1, "نص قبل إعادة التحميل مباشرة")
    page.reload()
    expect_text(page, 1, "نص قبل إعادة التحميل مباشرة")
    arrives(desk, page, 1, "نص قبل إعادة التحميل مباشرة")
    expect_status(page, "saved")
    page.wait_for_function("() => !Object.keys(localStorage).some((key) => key.startsWith('desk:'))")


def test_a_reload_while_the_save_is_under_way_shows_the_new_text(browser: Browser, desk: Newsroom) -> None:
    page = open_desk(browser, desk, "amina", "ar")
    held = hold(page, "**/save")
    write(page, 2, "حفظ في الطريق")
    body = wait_for_one(page, held).fetch().json()
    assert body["target"] == "حفظ في الطريق"
    # The answer never comes.
    page.reload()
    page.unroute("**/save")
    expect_text(page, 2, "حفظ في الطريق")
    expect_status(page, "saved")
    expect(page.locator("#conflict")).to_be_hidden()


def test_work_goes_on_without_a_connection_and_arrives_with_it(browser: Browser, desk: Newsroom) -> None:
    page = open_desk(browser, desk, "amina", "ar")
    colleague = open_desk(browser, desk, "karim", "ar")
    page.context.set_offline(True)
    texts = {number: f"كتب هذا النص رقم {number} بلا اتصال" for number in (3, 4, 5)}
    for number, text in texts.items():
        write(page, number, text)
    expect_status(page, "offline")
    write(colleague, 4, "نص كريم في الأثناء")
    arrives(desk, colleague, 4, "نص كريم في الأثناء")
    page.context.set_offline(False)
    arrives(desk, page, 3, texts[3])
    arrives(desk, page, 5, texts[5])
    expect_saving(page, 4, "conflict")
    expect_status(page, "conflict")
    assert stored(desk, unit_id(page, 4)) == "نص كريم في الأثناء"
    page.click("[data-save-status] [data-next=conflict]")
    page.keyboard.press("Control+Enter")
    page.click("#conflict button[value=mine]")
    arrives(desk, page, 4, texts[4])
    expect_status(page, "saved")


def test_an_answer_that_got_lost_is_no_conflict_with_oneself(browser: Browser, desk: Newsroom) -> None:
    page = open_desk(browser, desk, "claire", "fr")
    held = hold(page, "**/save")
    write(page, 6, "Réponse perdue")
    route = wait_for_one(page, held)
    route.fetch()
    page.keyboard.press("End")
    page.keyboard.type(" puis reprise")
    route.abort()
    page.unroute("**/save")
    arrives(desk, page, 6, "Réponse perdue puis reprise")
    expect_status(page, "saved")
    expect(page.locator("#conflict")).to_be_hidden()


def test_a_unit_confirmed_without_a_connection_is_confirmed_with_it(browser: Browser, desk: Newsroom) -> None:
    page = open_desk(browser, desk, "claire", "fr")
    field(page, 7).focus()
    page.context.set_offline(True)
    page.keyboard.press("Control+Enter")
    expect(field(page, 8)).to_be_focused()
    page.keyboard.press("Alt+d")
    expect(page.locator(".toasts .message")).to_be_visible()
    page.context.set_offline(False)
    expect(unit(page, 7)).to_have_attribute("data-state", "confirmed")
    page.keyboard.press("Alt+ArrowUp")
    page.context.set_offline(True)
    page.keyboard.press("Alt+u")
    expect(page.locator(".toasts .message")).to_have_count(2)
    page.context.set_offline(False)
    page.keyboard.press("Alt+u")
    expect(unit(page, 7)).not_to_have_attribute("data-state", "confirmed")
    assert [trouble for trouble in page.troubles if "ERR_INTERNET_DISCONNECTED" not in trouble] == []  # type: ignore[attr-defined]


def test_a_session_that_ended_keeps_the_text_until_one_signs_in_again(
    browser: Browser, desk: Newsroom
) -> None:
    page = open_desk(browser, desk, "amina", "ar")
    field(page, 8).focus()
    page.keyboard.press("Alt+r")
    type_keys(page, "تعليق لم يكتمل")
    sign_out(page)
    write(page, 9, "نص بعد انتهاء الجلسة")
    expect_status(page, "signed-out")
    page.click("[data-save-status] a")
    fill_in_sign_in(page, "amina")
    expect(field(page, 9)).to_be_focused()
    expect_text(page, 9, "نص بعد انتهاء الجلسة")
    arrives(desk, page, 9, "نص بعد انتهاء الجلسة")
    remark = unit(page, 8).locator("[data-comment-form] textarea")
    expect(remark).to_be_visible()
    expect(remark).to_have_value("تعليق لم يكتمل")
    remark.press("Tab")
    page.keyboard.press("Enter")
    expect(unit(page, 8).locator(".comment")).to_contain_text("تعليق لم يكتمل")
    expect(remark).to_have_value("")
    page.wait_for_function("() => !Object.keys(localStorage).some((key) => key.includes(':comment:'))")


def test_a_page_left_open_goes_on_once_one_has_signed_in_elsewhere(browser: Browser, desk: Newsroom) -> None:
    page = open_desk(browser, desk, "amina", "ar")
    sign_out(page)
    write(page, 10, "نص ينتظر")
    expect_status(page, "signed-out")
    other = page.context.new_page()
    other.goto(f"{desk.address}/accounts/login/?next=/desk/")
    fill_in_sign_in(other, "amina")
    other.wait_for_url("**/desk/")
    arrives(desk, page, 10, "نص ينتظر")
    expect_status(page, "saved")


def test_a_text_stays_its_writers_when_somebody_else_signs_in(browser: Browser, desk: Newsroom) -> None:
    page = open_desk(browser, desk, "amina", "ar")
    before = stored(desk, unit_id(page, 11))
    sign_out(page)
    write(page, 11, "نص أمينة وحدها")
    expect_status(page, "signed-out")
    other = page.context.new_page()
    other.goto(f"{desk.address}/accounts/login/?next={address(desk, 'ar')}")
    fill_in_sign_in(other, "karim")
    expect_text(other, 11, before)
    write(other, 12, "نص كريم")
    arrives(desk, other, 12, "نص كريم")
    # Amina's page has tried again meanwhile, with Karim's cookie.
    with page.expect_response("**/save") as refused:
        pass
    assert refused.value.status == 401
    assert stored(desk, unit_id(page, 11)) == before
    page.close()
    other.context.clear_cookies()
    other.goto(f"{desk.address}/accounts/login/?next={address(desk, 'ar')}")
    fill_in_sign_in(other, "amina")
    expect_text(other, 11, "نص أمينة وحدها")
    arrives(desk, other, 11, "نص أمينة وحدها")
    author = "SELECT u.username FROM drafting_translationunit t JOIN accounts_user u ON u.id = t.edited_by_id"
    assert desk.query(f"{author} WHERE t.id = {unit_id(other, 11)}") == [("amina",)]


def test_it_is_said_when_the_browser_has_no_room_to_keep_a_text(browser: Browser, desk: Newsroom) -> None:
    page = open_desk(browser, desk, "amina", "ar")
    page.evaluate(
        """() => {
          for (let size = 5_000_000; size >= 1; size = Math.floor(size / 2)) {
            try {
              for (let n = 0; ; n += 1) localStorage.setItem(`other:${size}:${n}`, "x".repeat(size));
            } catch { /* full for this size */ }
          }
        }"""
    )
    page.context.set_offline(True)
    write(page, 13, "نص لا مكان له")
    expect_status(page, "unkept")
    page.context.set_offline(False)
    arrives(desk, page, 13, "نص لا مكان له")
    expect_status(page, "saved")


def test_two_people_in_one_unit_see_both_texts_and_lose_neither(browser: Browser, desk: Newsroom) -> None:
    first = open_desk(browser, desk, "amina", "ar")
    second = open_desk(browser, desk, "karim", "ar")
    write(first, 14, "نص أمينة")
    arrives(desk, first, 14, "نص أمينة")
    write(second, 14, "نص كريم")
    dialog = second.locator("#conflict")
    expect(dialog).to_be_visible()
    expect(dialog.locator("[data-conflict-theirs]")).to_contain_text("أمينة")
    expect(dialog.locator("[data-conflict-mine]")).to_contain_text("كريم")
    expect_accessible(second, "the conflict")
    dialog.locator("[name=merged]").fill("نص أمينة وكريم")
    dialog.locator("button[value=merged]").click()
    arrives(desk, first, 14, "نص أمينة وكريم")
    versions = desk.query(f"SELECT target FROM drafting_unitversion WHERE unit_id = {unit_id(first, 14)}")
    assert ("نص أمينة",) in versions


def test_escape_decides_nothing_and_overwrites_nobody(browser: Browser, desk: Newsroom) -> None:
    first = open_desk(browser, desk, "amina", "ar")
    second = open_desk(browser, desk, "karim", "ar")
    write(first, 15, "نص أمينة")
    arrives(desk, first, 15, "نص أمينة")
    write(second, 15, "نص كريم")
    dialog = second.locator("#conflict")
    expect(dialog).to_be_visible()
    dialog.locator("[name=merged]").fill("نص لم يكتمل دمجه")
    second.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect_saving(second, 15, "conflict")
    expect_accessible(second, "a conflict left open")
    # Another unit is saved after all timers of this one would have run: none did.
    write(second, 16, "وحدة أخرى")
    arrives(desk, second, 16, "وحدة أخرى")
    assert stored(desk, unit_id(second, 15)) == "نص أمينة"
    second.reload()
    expect_text(second, 15, "نص كريم")
    expect_saving(second, 15, "conflict")
    unit(second, 15).locator("[data-compare]").click()
    dialog.locator("button[value=theirs]").click()
    expect_text(second, 15, "نص أمينة")
    expect_status(second, "saved")


def test_what_was_begun_in_the_dialog_is_there_when_it_is_opened_again(
    browser: Browser, desk: Newsroom
) -> None:
    first = open_desk(browser, desk, "amina", "ar")
    second = open_desk(browser, desk, "karim", "ar")
    write(first, 17, "نص أمينة")
    arrives(desk, first, 17, "نص أمينة")
    write(second, 17, "نص كريم")
    merged = second.locator("#conflict [name=merged]")
    expect(merged).to_be_focused()
    merged.fill("نص لم يكتمل دمجه")
    second.keyboard.press("Escape")
    unit(second, 17).locator("[data-compare]").click()
    expect(merged).to_have_value("نص لم يكتمل دمجه")


def test_two_conflicts_at_once_stay_apart(browser: Browser, desk: Newsroom) -> None:
    first = open_desk(browser, desk, "amina", "ar")
    second = open_desk(browser, desk, "karim", "ar")
    second.context.set_offline(True)
    write(second, 18, "كريم في الأولى")
    write(second, 19, "كريم في الثانية")
    write(first, 18, "أمينة في الأولى")
    write(first, 19, "أمينة في الثانية")
    arrives(desk, first, 18, "أمينة في الأولى")
    arrives(desk, first, 19, "أمينة في الثانية")
    second.context.set_offline(False)
    expect_saving(second, 18, "conflict")
    expect_saving(second, 19, "conflict")
    dialog = second.locator("#conflict")
    # It opens by itself for the unit one is in.
    expect(dialog.locator("[data-conflict-mine]")).to_contain_text("الثانية")
    dialog.locator("[name=merged]").fill("قرار الثانية")
    dialog.locator("button[value=merged]").click()
    arrives(desk, second, 19, "قرار الثانية")
    assert stored(desk, unit_id(second, 18)) == "أمينة في الأولى"
    expect_text(second, 18, "كريم في الأولى")
    unit(second, 18).locator("[data-compare]").click()
    expect(dialog.locator("[data-conflict-mine]")).to_contain_text("الأولى")
    dialog.locator("button[value=mine]").click()
    arrives(desk, second, 18, "كريم في الأولى")
    assert stored(desk, unit_id(second, 19)) == "قرار الثانية"


def test_keys_typed_while_the_conflict_is_on_its_way_are_kept(browser: Browser, desk: Newsroom) -> None:
    first = open_desk(browser, desk, "claire", "fr")
    second = open_desk(browser, desk, "louis", "fr")
    write(first, 20, "Texte de Claire")
    arrives(desk, first, 20, "Texte de Claire")
    held = hold(second, "**/save")
    write(second, 20, "Texte de Louis")
    route = wait_for_one(second, held)
    second.keyboard.type(" tapé plus tard")
    route.continue_()
    second.unroute("**/save")
    dialog = second.locator("#conflict")
    expect(dialog.locator("[data-conflict-mine]")).to_contain_text("tapé plus tard")
    dialog.locator("button[value=mine]").click()
    arrives(desk, second, 20, "Texte de Louis tapé plus tard")


def test_drafting_again_takes_no_text_and_no_focus_from_who_writes(browser: Browser, desk: Newsroom) -> None:
    page = open_desk(browser, desk, "claire", "fr")
    for number in (21, 23):
        # Nobody has written there yet; the new draft is held back until somebody has.
        expect(unit(page, number)).to_have_attribute("data-state", "draft")
    field(page, 21).focus()
    held = hold(page, f"**/desk/units/{unit_id(page, 21)}/")
    page.keyboard.press("Alt+d")
    route = wait_for_one(page, held)
    page.keyboard.press("Control+A")
    page.keyboard.type("Ce que Claire a tapé")
    route.continue_()
    expect(unit(page, 21)).not_to_have_attribute("aria-busy", "true")
    expect_text(page, 21, "Ce que Claire a tapé")
    arrives(desk, page, 21, "Ce que Claire a tapé")
    expect(unit(page, 21).locator(".unit-panel")).to_be_visible()

    field(page, 23).focus()
    held = hold(page, f"**/desk/units/{unit_id(page, 23)}/")
    page.keyboard.press("Alt+d")
    route = wait_for_one(page, held)
    page.keyboard.press("Alt+ArrowDown")
    expect(field(page, 24)).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("Dans ")
    route.continue_()
    expect(unit(page, 23)).not_to_have_attribute("aria-busy", "true")
    page.keyboard.type("la suivante")
    expect(field(page, 24)).to_be_focused()
    arrives(desk, page, 24, "Dans la suivante")
    expect(page.locator("#conflict")).to_be_hidden()


@pytest.fixture(scope="module")
def library(desk: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> int:
    """A second article, short enough to be finished, changed and closed."""
    path = tmp_path_factory.mktemp("articles") / "library.md"
    path.write_text("# Library Opens\n\nThe library opened on Monday.\n\nIt has large rooms.\n")
    desk.manage("submit", str(path), "--wait", "--timeout", "300")
    return int(desk.query("SELECT max(id) FROM articles_article")[0][0])


def open_library(browser: Browser, desk: Newsroom, username: str, library: int) -> Page:
    page = open_desk(browser, desk, username, "fr")
    page.goto(desk.address + address(desk, "fr", library))
    expect(page.locator("[data-unit]")).to_have_count(3)
    return page


def test_a_closed_translation_is_changed_only_after_reopening(
    browser: Browser, desk: Newsroom, library: int
) -> None:
    page = open_library(browser, desk, "claire", library)
    for number, text in enumerate(
        ["La bibliothèque ouvre", "La bibliothèque a ouvert lundi.", "Elle a de grandes salles."]
    ):
        write(page, number, text)
        page.keyboard.press("Control+Enter")
        expect(unit(page, number)).to_have_attribute("data-state", "confirmed")
    colleague = open_library(browser, desk, "louis", library)
    colleague.click("[data-opens=approve]")
    colleague.click("#approve .button-primary")
    expect(colleague.locator(".summary .badge-approved")).to_be_visible()

    # A page from before the approval: its text is kept, and it says why it is not saved.
    write(page, 1, "Trop tard")
    expect_saving(page, 1, "refused")
    expect(unit(page, 1).locator(".unit-unsaved")).to_contain_text("approuvé")
    page.keyboard.press("Control+z")

    field(colleague, 1).focus()
    colleague.keyboard.type("x")
    colleague.keyboard.press("Backspace")
    expect_text(colleague, 1, "La bibliothèque a ouvert lundi.")
    colleague.keyboard.press("Alt+u")
    expect(colleague.locator("#reopen")).to_be_visible()
    expect_accessible(colleague, "reopening")
    colleague.keyboard.press("Escape")
    state = f"SELECT state FROM drafting_translation WHERE article_id = {library} AND locale = 'fr'"
    assert desk.query(state) == [("approved",)]
    colleague.keyboard.press("Alt+u")
    colleague.keyboard.press("Enter")
    expect(colleague.locator(".summary .badge-in_review")).to_be_visible()
    write(colleague, 1, "La bibliothèque a rouvert lundi.")
    arrives(desk, colleague, 1, "La bibliothèque a rouvert lundi.")


def test_a_text_written_while_the_source_changed_is_offered_on_the_new_unit(
    browser: Browser, desk: Newsroom, library: int
) -> None:
    page = open_library(browser, desk, "claire", library)
    page.context.set_offline(True)
    write(page, 1, "Texte de Claire pour lundi.")
    write(page, 2, "Texte pour les salles.")
    expect_status(page, "offline")
    editor = open_desk(browser, desk, "nadia", "fr")
    editor.goto(f"{desk.address}/desk/submit/{library}/")
    # A new paragraph before them shifts every key; the first of the two changes, the second goes.
    editor.fill(
        "#html",
        "<h1>Library Opens</h1><p>Many people came to see it.</p><p>The library opened on Tuesday.</p>",
    )
    editor.click("main form .button-primary")
    until(lambda: not desk.drafting(), "the drafts of the new source")
    page.context.set_offline(False)
    expect_saving(page, 1, "moved")
    expect_status(page, "moved")
    page.click("[data-save-status] [data-when=moved]")
    left = unit(page, 2).locator(".unit-left")
    expect(left).to_contain_text("Texte de Claire pour lundi.")
    page.reload()
    expect(page.locator(".unit-left")).to_have_count(2)
    expect_accessible(page, "a text left behind")
    left.locator("[data-use-left]").click()
    expect_text(page, 2, "Texte de Claire pour lundi.")
    arrives(desk, page, 2, "Texte de Claire pour lundi.")
    expect(left).to_have_count(0)
    other = page.locator(".unit-left")
    expect(other).to_contain_text("Texte pour les salles.")
    other.locator("[data-discard]").click()
    page.reload()
    expect(page.locator(".unit-left")).to_have_count(0)
