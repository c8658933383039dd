"""A real Chromium for the tests: Debian's, driven by Playwright; signs people in as they do themselves."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def sign_in(
    browser: Browser, address: str, username: str, password: str = "newsroom", **options: object
) -> Page:
    """A page of that person in a browser of their own; script errors and refused requests fail the test."""
    context: BrowserContext = browser.new_context(**options)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(60_000)
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda message: message.type == "error" and troubles.append(message.text))
    page.troubles = troubles  # type: ignore[attr-defined]
    page.goto(f"{address}/accounts/login/?next=/desk/")
    fill_in_sign_in(page, username, password)
    page.wait_for_url("**/desk/")
    return page


def fill_in_sign_in(page: Page, username: str, password: str = "newsroom") -> None:
    """Signs in on the sign-in page that is open."""
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")


# Where the letters stand on an Arabic keyboard (101); others are typed as by a layout that has them somewhere.
ARABIC_KEYS = dict(zip("ضصثقفغعهخحشسيبلاتنمئءؤرىةو", "QWERTYUIOPASDFGHJKLZXCVNM,", strict=True))


def press(page: Page, character: str, code: str = "", *, alt: bool = False) -> None:
    """One key of any layout pressed and released, as the keyboard itself would tell it to the browser."""
    place = code or (f"Key{key}" if (key := ARABIC_KEYS.get(character, "")).isalpha() else "")
    key = {"key": character, "code": place, "modifiers": 1 if alt else 0}
    text = {} if alt else {"text": character, "unmodifiedText": character}
    devtools = keyboard_of(page)
    devtools.send("Input.dispatchKeyEvent", {"type": "keyDown", **key, **text})
    devtools.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})


def type_keys(page: Page, text: str) -> None:
    """Types a text key by key; unlike `keyboard.type`, each letter of every script has its key events."""
    for character in text:
        press(page, character)


def keyboard_of(page: Page) -> CDPSession:
    """The browser's own line to the page, opened once."""
    if not hasattr(page, "devtools"):
        page.devtools = page.context.new_cdp_session(page)  # type: ignore[attr-defined]
    return page.devtools  # type: ignore[attr-defined, no-any-return]
