"""Inline codes in the field of the desk: whole whatever is typed, deleted, dragged, composed, undone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from .browser import CHROMIUM, chromium

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]

SCRIPTS = Path(__file__).parents[2] / "workflow/static/js/desk"
FRENCH = "Une carte <1>du Sahel</1> et <2/> fin"
ARABIC = "خريطة <1>الساحل</1> و <2/> نهاية"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page with one field in each direction, guarded as those of the desk, and a plain one to drag from."""
    context = browser.new_context()
    page = context.new_page()
    page.route(
        "http://desk.test/**",
        lambda route: route.fulfill(
            content_type="text/javascript" if route.request.url.endswith(".js") else "text/html",
            body=(SCRIPTS / route.request.url.rsplit("/", 1)[1]).read_text()
            if route.request.url.endswith(".js")
            else PAGE,
        ),
    )
    page.goto("http://desk.test/")
    page.wait_for_function("() => window.ready")
    yield page
    context.close()


PAGE = """<!doctype html><meta charset="utf-8">
<style>textarea { display: block; inline-size: 40rem; font: 20px monospace; }</style>
<p id="words" style="font: 20px monospace">mot</p>
<button id="chip" draggable="true">1</button>
<textarea id="fr" dir="ltr" rows="3"></textarea><textarea id="ar" dir="rtl" rows="3"></textarea>
<script type="module">
  import * as codes from "/codes.js";
  import * as field from "/field.js";
  Object.assign(window, { codes, field });
  for (const area of document.querySelectorAll("textarea")) {
    field.guard(area);
  }
  document.getElementById("chip").addEventListener("dragstart", (event) => {
    event.dataTransfer.setData(field.DRAGGED_CODE, JSON.stringify({ id: 1, alone: false }));
    event.dataTransfer.setData("text/plain", "<1></1>");
  });
  window.ready = true;
</script>"""


def put(page: Page, language: str, text: str, start: int, end: int | None = None) -> None:
    """Puts a text into a field, the selection at offsets of the text form."""
    page.evaluate(
        """([id, text, start, end]) => {
          const area = document.getElementById(id);
          const at = (offset) =>
            area.dir === "rtl" ? codes.isolated(text.slice(0, offset)).length : offset;
          field.put(area, text);
          area.focus();
          area.setSelectionRange(at(start), at(end));
        }""",
        [language, text, start, start if end is None else end],
    )


def held(page: Page, language: str) -> str:
    """The text of a field in text form; each code of it is in an isolate where the language needs it."""
    value, text = page.evaluate(
        "(id) => { const area = document.getElementById(id); return [area.value, field.read(area)]; }",
        language,
    )
    count = text.count("<")
    assert value.count("\u2066") == value.count("\u2069") == (count if language == "ar" else 0)
    return str(text)


BOTH = pytest.mark.parametrize(("language", "text"), [("fr", FRENCH), ("ar", ARABIC)])


@BOTH
@pytest.mark.parametrize("keys", ["Backspace", "Control+Backspace"])
def test_deleting_backward_takes_the_pair_and_undo_brings_it_back(
    page: Page, language: str, text: str, keys: str
) -> None:
    put(page, language, text, text.index("</1>") + len("</1>"))
    page.keyboard.press(keys)
    after = held(page, language)
    assert "<1>" not in after and "</1>" not in after and "<2/>" in after
    page.keyboard.press("Control+z")
    assert held(page, language) == text
    page.keyboard.press("Control+y")
    assert held(page, language) == after


@BOTH
def test_deleting_a_word_forward_over_a_space_takes_the_pair(page: Page, language: str, text: str) -> None:
    put(page, language, text, text.index(" <1>"))
    page.keyboard.press("Control+Delete")
    after = held(page, language)
    assert "1" not in after and "<2/>" in after
    page.keyboard.press("Control+z")
    assert held(page, language) == text


@BOTH
@pytest.mark.parametrize("act", ["Delete", "x", "Control+x"])
def test_half_a_pair_selected_and_replaced_takes_the_other_half_too(
    page: Page, language: str, text: str, act: str
) -> None:
    at = text.index("<1>")
    put(page, language, text, at, at + 3)
    page.keyboard.press(act)
    assert held(page, language) == text.replace("<1>", "x" if act == "x" else "").replace("</1>", "")


@BOTH
def test_select_all_and_typing_leaves_no_code_and_undo_brings_all_back(
    page: Page, language: str, text: str
) -> None:
    put(page, language, text, 0, len(text))
    page.keyboard.type("a")
    assert held(page, language) == "a"
    page.keyboard.press("Control+z")
    assert held(page, language) == text


@BOTH
def test_arrow_keys_pass_over_a_code_in_one_step(page: Page, language: str, text: str) -> None:
    put(page, language, text, text.index("<1>"))
    towards = "ArrowLeft" if language == "ar" else "ArrowRight"
    back = "ArrowRight" if language == "ar" else "ArrowLeft"
    where = "(id) => { const a = document.getElementById(id); return codes.bare(a.value.slice(0, a.selectionEnd)); }"
    page.keyboard.press(towards)
    page.wait_for_function(
        f"([id, text]) => ({where})(id) === text", arg=[language, text[: text.index("<1>") + 3]]
    )
    page.keyboard.press(back)
    page.wait_for_function(
        f"([id, text]) => ({where})(id) === text", arg=[language, text[: text.index("<1>")]]
    )


@BOTH
def test_a_selection_by_shift_and_arrows_holds_whole_codes(page: Page, language: str, text: str) -> None:
    put(page, language, text, text.index("<1>"))
    towards = "Shift+ArrowLeft" if language == "ar" else "Shift+ArrowRight"
    page.keyboard.press(towards)
    page.wait_for_function(
        """(id) => {
          const { value, selectionStart, selectionEnd } = document.getElementById(id);
          return codes.bare(value.slice(selectionStart, selectionEnd)) === "<1>";
        }""",
        arg=language,
    )


def test_a_backslash_before_a_code_leaves_it_a_code(page: Page) -> None:
    put(page, "fr", FRENCH, FRENCH.index("<1>"))
    page.keyboard.type("\\")
    assert held(page, "fr") == FRENCH.replace("<1>", "\\\\<1>")
    assert page.evaluate("codes.codesIn(document.getElementById('fr').value).length") == 3
    page.keyboard.press("Backspace")
    assert held(page, "fr") == FRENCH


def test_inserting_a_code_that_is_there_moves_it_round_the_selection(page: Page) -> None:
    put(page, "fr", FRENCH, 4, 9)
    page.evaluate("field.insertCode(document.getElementById('fr'), 1, false)")
    assert held(page, "fr") == "Une <1>carte</1> du Sahel et <2/> fin"


def test_a_code_put_round_half_of_another_goes_round_all_of_it(page: Page) -> None:
    put(page, "fr", "Une <2>carte du</2> Sahel", 10, 25)
    page.evaluate("field.insertCode(document.getElementById('fr'), 1, false)")
    assert held(page, "fr") == "Une <1><2>carte du</2> Sahel</1>"


def test_what_is_pasted_brings_no_code_twice_and_no_half(page: Page) -> None:
    put(page, "fr", FRENCH, 0)
    page.keyboard.insert_text("<1>A</1> <3>B</3> </4>C ")
    assert held(page, "fr") == "A <3>B</3> C " + FRENCH


def test_copied_codes_have_no_isolates(page: Page) -> None:
    put(page, "ar", ARABIC, 0, len(ARABIC))
    page.evaluate(
        """() => document.addEventListener("copy", (event) => {
             window.copied = event.clipboardData.getData("text/plain");
           })"""
    )
    page.keyboard.press("Control+c")
    assert page.evaluate("window.copied") == ARABIC


@BOTH
def test_a_letter_composed_over_half_a_pair_takes_the_pair(page: Page, language: str, text: str) -> None:
    session = page.context.new_cdp_session(page)
    at = text.index("<1>")
    put(page, language, text, at, at + 3)
    session.send("Input.imeSetComposition", {"text": "^", "selectionStart": 1, "selectionEnd": 1})
    session.send("Input.insertText", {"text": "ê"})
    page.wait_for_function("(id) => !document.getElementById(id).value.includes('1')", arg=language)
    assert held(page, language) == text.replace("<1>", "ê").replace("</1>", "")


def point(page: Page, at: int) -> tuple[float, float]:
    """The point of the left-to-right field before its character `at`; its letters are of one width."""
    box = page.locator("#fr").bounding_box()
    width = page.evaluate(
        """() => { const c = document.createElement("canvas").getContext("2d");
             c.font = getComputedStyle(document.getElementById("fr")).font; return c.measureText("m").width; }"""
    )
    assert box
    return box["x"] + 3 + at * width, box["y"] + 14


def dragged(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=4)
    page.mouse.move(*end, steps=4)
    page.mouse.up()


def test_a_missing_chip_dropped_on_a_word_goes_round_it(page: Page) -> None:
    put(page, "fr", "Une carte du Sahel", 0)
    box = page.locator("#chip").bounding_box()
    assert box
    dragged(page, (box["x"] + 5, box["y"] + 5), point(page, 6))
    assert held(page, "fr") == "Une <1>carte</1> du Sahel"
    page.keyboard.press("Control+z")
    assert held(page, "fr") == "Une carte du Sahel"


def test_a_word_dropped_on_a_code_comes_to_stand_beside_it(page: Page) -> None:
    put(page, "fr", FRENCH, 0)
    page.evaluate("getSelection().selectAllChildren(document.getElementById('words'))")
    box = page.locator("#words").bounding_box()
    assert box
    dragged(page, (box["x"] + 8, box["y"] + box["height"] / 2), point(page, FRENCH.index("<1>") + 2))
    assert held(page, "fr") == FRENCH.replace("<1>", "<1>mot")


def test_an_opening_code_cannot_be_dragged_behind_its_end(page: Page) -> None:
    at = FRENCH.index("<1>")
    put(page, "fr", FRENCH, at, at + 3)
    dragged(page, point(page, at + 1), point(page, len(FRENCH) - 1))
    assert held(page, "fr") == FRENCH


def test_words_dragged_within_the_field_move(page: Page) -> None:
    put(page, "fr", FRENCH, 0, 4)
    dragged(page, point(page, 2), point(page, FRENCH.index("et")))
    assert held(page, "fr") == "carte <1>du Sahel</1> Une et <2/> fin"


def test_a_finding_is_mended_at_its_place_between_the_codes(page: Page) -> None:
    put(page, "ar", "قال <1>نعم</1>, ثم", 0)
    page.evaluate("field.replaceRange(document.getElementById('ar'), 14, 15, '،')")
    assert held(page, "ar") == "قال <1>نعم</1>، ثم"


def test_no_edit_at_all_breaks_a_code(page: Page) -> None:
    """Two thousand edits by chance: codes stay in pairs, once each, nested; what was no code stays none."""
    broken = page.evaluate(
        """([texts]) => {
          let seed = 7;
          const chance = (n) => {
            seed = (seed * 1103515245 + 12345) % 2147483648;
            return Math.floor((seed / 2147483648) * n);
          };
          const puts = ["", "", "x", "<", ">", "1", "/", "\\\\", "<1>", "</1>", "<1>y</1>", "<2/>", " "];
          const nests = (text) => {
            const open = [];
            const ids = new Set();
            for (const { id, form } of codes.codesIn(text)) {
              if (form === "close") {
                if (open.pop() !== id) return false;
              } else {
                if (ids.has(id)) return false;
                ids.add(id);
                if (form === "open") open.push(id);
              }
            }
            return !open.length;
          };
          const troubles = [];
          for (let round = 0; round < 2000; round += 1) {
            const before = texts[chance(texts.length)];
            const a = chance(before.length + 1);
            const b = Math.min(before.length, a + chance(8));
            const put = puts[chance(puts.length)];
            const after = before.slice(0, a) + put + before.slice(b);
            const { text, caret } = codes.mended(before, after, a + put.length);
            // A code typed sign by sign is as yet open: those texts are told apart by what was there before.
            // Likewise what was escaped, and is so no more.
            const typed = codes.codesIn(text).length > codes.codesIn(before).length
              && (!codes.codesIn(put).length || before.slice(a, b).includes("\\\\"));
            if (!(typed || nests(text)) || caret < 0 || caret > text.length) {
              troubles.push([before, after, text]);
            }
          }
          return troubles.slice(0, 5);
        }""",
        [
            [
                FRENCH,
                ARABIC,
                "<1><2>a</2></1>b",
                "a<1></1>",
                "\\<1> <2/>",
                "x\\\\<1>y</1>",
                "1<1>1</1>1",
                "<2/><3/>",
            ]
        ],
    )
    assert broken == []


def test_the_chips_of_missing_codes_come_and_go(page: Page) -> None:
    missing = "(target) => codes.missingCodes('<1>a</1> <2/>', target).map((code) => code.id)"
    assert page.evaluate(missing, "a") == [1, 2]
    assert page.evaluate(missing, "<1>a</1>") == [2]
    expect(page.locator("#fr")).to_be_visible()
