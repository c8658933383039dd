"""Takes every page of the desk and of the public site, dynamic and exported, in each language, wide and narrow.

Called by `make screenshots`.

python -m tests.e2e.screenshots [FOLDER] [PART OF A NAME…]     pictures go to FOLDER, default screenshots/

Runs a demo newsroom of its own, drafts and all; with names, only the pages whose name has one of them.
"""

import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Browser, Page

from .browser import chromium, sign_in
from .files import served
from .newsroom import ROOT, Newsroom

LANGUAGES = ("en", "fr", "ar")
WIDTHS = {"wide": 1280, "narrow": 390}
FILL = "from workflow.demo.fill import fill; fill(print)"

# Page by name: who looks at it, its address ({…} are filled in by `addresses`), and what is clicked or
# pressed there first.
DESK = {
    "work": ("amina", "/desk/", ""),
    "work-french": ("claire", "/desk/", ""),
    "translation": ("amina", "/desk/translations/{review}/", ""),
    "translation-french": ("claire", "/desk/translations/{review_fr}/", ""),
    "translation-approved": ("amina", "/desk/translations/{published}/", ""),
    "alternatives": (
        "amina",
        "/desk/translations/{review}/",
        "[data-unit]:nth-of-type(2) [data-panel=alternatives]",
    ),
    "history": (
        "claire",
        "/desk/translations/{published_fr}/",
        "[data-unit]:nth-of-type(2) [data-panel=history]",
    ),
    "comments": (
        "claire",
        "/desk/translations/{review_fr}/",
        "[data-unit]:nth-of-type(2) [data-panel=comments]",
    ),
    "shortcuts": ("amina", "/desk/translations/{review}/", "?"),
    "preview": ("amina", "/desk/articles/{reviewed}/preview/ar", ""),
    "import": ("amina", "/desk/translations/{review}/import", ""),
    "notices": ("amina", "/desk/notices/", ""),
    "profile": ("amina", "/desk/profile/", ""),
    "password": ("amina", "/accounts/password/change/", ""),
    "board": ("nadia", "/desk/board/", ""),
    "article": ("nadia", "/desk/articles/{article}/", ""),
    "publish": ("nadia", "/desk/articles/{article}/publish", ""),
    "submit": ("nadia", "/desk/submit/", ""),
    "revise": ("nadia", "/desk/submit/{article}/", ""),
    "figures": ("nadia", "/desk/figures/", ""),
    "readers": ("nadia", "/desk/readers/", ""),
    "sources": ("admin", "/desk/sources/", ""),
    "source-new": ("admin", "/desk/sources/new/?kind=feed", ""),
    "destinations": ("admin", "/desk/destinations/", ""),
    "destination-new": ("admin", "/desk/destinations/new?kind=wordpress", ""),
    "terms": ("omar", "/desk/terms/", ""),
    "concept": ("omar", "/desk/terms/1/", ""),
    "concept-edit": ("omar", "/desk/terms/1/edit", ""),
    "concept-new": ("omar", "/desk/terms/new", ""),
    "concept-usage": ("omar", "/desk/terms/1/usage", ""),
    "propose": ("omar", "/desk/terms/propose", ""),
    "proposals": ("omar", "/desk/terms/proposals/", ""),
    "term-import": ("omar", "/desk/terms/import", ""),
    "term-changes": ("omar", "/desk/terms/changes/", ""),
    "people": ("admin", "/desk/people/", ""),
    "person": ("admin", "/desk/people/1/", ""),
    "person-new": ("admin", "/desk/people/new", ""),
    "engines": ("admin", "/desk/engines/", ""),
    "refused": ("amina", "/desk/board/", ""),
}
SITE = {
    "site-home": "/{language}/",
    "site-article": "{edition}",
    "site-about": "/{language}/about-translation",
    "site-archive": "/{language}/archive/",
    "site-search": "/{language}/search?q=a",
    "site-missing": "/{language}/nothing",
    "login": "/accounts/login/",
}

EXPORTED = {
    "exported-choice": "{base}/",
    "exported-home": "{base}/{language}/",
    "exported-article": "{edition}",
    "exported-about": "{base}/{language}/about-translation/",
    "exported-archive": "{base}/{language}/archive/",
    "exported-search": "{base}/{language}/search/?q=a",
    "exported-missing": "{base}/{language}/404.html",
    "exported-missing-all": "{base}/404.html",
}


def addresses(room: Newsroom) -> dict[str, object]:
    """The numbers and addresses that the demo newsroom has given its pages."""

    def first(what: str, locale: str, state: str) -> object:
        return room.query(
            f"SELECT {what} FROM drafting_translation "
            f"WHERE locale = '{locale}' AND state = '{state}' ORDER BY id"
        )[0][0]

    return {
        "article": first("article_id", "ar", "published"),
        "published": first("id", "ar", "published"),
        "published_fr": first("id", "fr", "published"),
        "reviewed": first("article_id", "ar", "in_review"),
        "review": first("id", "ar", "in_review"),
        "review_fr": first("id", "fr", "in_review"),
    }


Shot = tuple[str, str, Page, str, str]


def desk(room: Newsroom, browser: Browser, known: dict[str, object]) -> Iterator[Shot]:
    for language in LANGUAGES:
        for person in sorted({who for who, *_page in DESK.values()}):
            room.manage("shell", "-v0", "-c", SPEAK.format(person=person, language=language))
            page = sign_in(browser, room.address, person)
            for name, (who, address, clicked) in DESK.items():
                if who == person:
                    yield name, language, page, address.format(**known), clicked
            page.context.close()


SPEAK = (
    "from workflow.accounts.models import User; "
    "User.objects.filter(username='{person}').update(interface_language='{language}')"
)


def site(browser: Browser, room: Newsroom) -> Iterator[Shot]:
    for language in LANGUAGES:
        page = browser.new_context(locale=language).new_page()
        page.goto(f"{room.address}/{language}/")
        edition = page.locator("main a[href*='/" + language + "/']").first.get_attribute("href")
        for name, address in SITE.items():
            yield name, language, page, address.format(language=language, edition=edition), ""
        page.context.close()


def exported(browser: Browser, room: Newsroom) -> Iterator[Shot]:
    """The same site as files, from a server that knows nothing of it."""
    folder = room.var / "exported"
    room.manage("export_site", str(folder), "--feedback-url", room.address)
    with served(folder) as base:
        for language in LANGUAGES:
            page = browser.new_context(locale=language).new_page()
            page.goto(f"{base}/{language}/")
            edition = urljoin(page.url, page.locator("main h2 a").first.get_attribute("href"))
            for name, address in EXPORTED.items():
                yield name, language, page, address.format(base=base, language=language, edition=edition), ""
            page.context.close()


def take(page: Page, name: str, folder: Path) -> None:
    """One picture for each width of the whole page; says when a page is wider than the screen."""
    for kind, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("document.fonts.ready")
        page.screenshot(path=folder / f"{name}-{kind}.png", full_page=True, animations="disabled")
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            print(f"{name}-{kind}: {over} px too wide")


def main(folder: Path, wanted: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="desk-pictures-") as var:
        room = Newsroom(Path(var))
        room.manage("setup")
        try:
            room.start("broker", "web", "mt", "default")
            print("The demo newsroom drafts its articles …", flush=True)
            room.manage("shell", "-v0", "-c", FILL)
            with chromium() as browser:
                newsroom = desk(room, browser, addresses(room))
                for pages in (newsroom, site(browser, room), exported(browser, room)):
                    for name, language, page, address, clicked in pages:
                        if wanted and not any(part in f"{name}-{language}" for part in wanted):
                            continue
                        page.goto(urljoin(room.address, address), wait_until="load")
                        if len(clicked) == 1:
                            page.keyboard.press(clicked)
                        elif clicked:
                            page.locator(clicked).click()
                            page.wait_for_load_state("networkidle")
                        take(page, f"{name}-{language}", folder)
        finally:
            room.stop()
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")


if __name__ == "__main__":
    names = sys.argv[1:]
    place = Path(names.pop(0)) if names and re.search(r"[/.]", names[0]) else ROOT / "screenshots"
    main(place, names)
