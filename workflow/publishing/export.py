"""Writes the whole public site as files that any web server, or a browser without one, can show.

Every page is a folder with an `index.html`. Links between pages are relative unless a base URL is asked
for; addresses for machines (canonical, hreflang, feeds, sitemap) are absolute either way. Only live
editions are written, and pages of editions that are not live any more are taken out.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from html import escape, unescape
from pathlib import Path
from posixpath import normpath, relpath
from urllib.parse import quote, unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from workflow.atomic import write

from . import addresses, archive, locales, offline_search, site, syndication
from .models import Edition

_ATTRIBUTE = re.compile(r'(?<=\s)(href|src|action|poster)="(/[^"]*)"')
_STYLE_URL = re.compile(r"url\(\s*['\"]?([^'\")]+)['\"]?\s*\)")
_ICON = re.compile(r'<use href="[^"#]*/icons/sprite[^"#]*#([^"]+)"></use>')
# Which of our own files are in the folder: only those may be taken out of it again.
LIST = ".exported"


class ExportRefused(Exception):
    """The folder cannot be exported to; the message says why."""


@dataclass
class Export:
    """One export: where it goes, and the files it has written."""

    folder: Path
    base_url: str
    relative: bool
    files: set[str] = field(default_factory=set)
    removed: int = 0

    def put(self, name: str, data: bytes) -> None:
        """Writes a file unless it is so already; listed first, so that a killed export leaves none unknown."""
        if name not in self.files:
            with (self.folder / LIST).open("a") as listing:
                listing.write(f"{name}\n")
        path = self.folder / name
        if not (path.is_file() and path.read_bytes() == data):
            write(path, data)
        self.files.add(name)


def export(folder: Path, *, base_url: str = "", feedback_url: str = "") -> Export:
    """Writes the site into `folder`; the same export again changes nothing but what has changed.

    Each file is replaced as a whole, pages before what lists them, so that a web server can show the
    folder while it is being written.

    Args:
        base_url: where the site will be served, such as https://example.org/news; links then are absolute.
            "" writes relative links, and PUBLIC_URL into what must be absolute.
        feedback_url: where this product takes the readers' forms; "" leaves the forms out.

    Raises:
        ExportRefused: the folder holds other things.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()) and not (folder / LIST).is_file():
        raise ExportRefused(f"{folder} is not empty and was not exported before; give another folder.")
    result = Export(folder, (base_url or settings.PUBLIC_URL).rstrip("/"), relative=not base_url)
    with addresses.exported(result.base_url, feedback_url):
        for path, answer in _pages():
            _put(result, path, answer)
        result.put(
            "index.html",
            _linked(result, "/", render_to_string("site/choose_language.html", _choice())).encode(),
        )
        for code in locales.codes():
            list_of = offline_search.articles(code, partial(_address, result, addresses.search(code)))
            result.put(_file_of(addresses.searched_articles(code)), list_of.encode())
            result.put(f"{code}/404.html", _missing(result, code))
        result.put("404.html", _missing(result, *locales.codes()))
        _copy_assets(result)
    _take_out(result)
    return result


def _pages() -> Iterator[tuple[str, HttpResponse]]:
    """Every page that exists now: its path and the page as readers get it."""
    request = RequestFactory().get("/")
    editions = Edition.objects.live().filter(locale__in=locales.codes())
    editions = editions.select_related("article__current", "revision", "approval__approver")
    for edition in editions.iterator(chunk_size=100):
        yield addresses.article(edition), site.article_page(edition)
    for code in locales.codes():
        for month, count in archive.months(code):
            for page in range(1, -(-count // archive.ON_PAGE) + 1):
                yield (
                    addresses.archive(code, month, page),
                    archive.month_page(request, code, month.year, month.month, page),
                )
        simple: tuple[tuple[Callable[[str], str], Callable[..., HttpResponse]], ...] = (
            (addresses.archive, archive.index),
            (addresses.about, site.about),
            (addresses.search, lambda _request, locale: offline_search.page(locale)),
            (addresses.feed, syndication.feed),
            (addresses.home, site.home),
        )
        for path, view in simple:
            yield path(code), view(request, code)
    yield "/sitemap.xml", syndication.sitemap(request)
    yield "/robots.txt", syndication.robots(request)


def _put(result: Export, path: str, answer: HttpResponse) -> None:
    data = answer.content
    if answer["Content-Type"].startswith("text/html"):
        data = _linked(result, path, data.decode()).encode()
    result.put(_file_of(path), data)


def _file_of(path: str) -> str:
    """The file that holds a page: `/ar/x` → `ar/x/index.html`."""
    folder = addresses.as_folder(path).lstrip("/")
    return f"{folder}index.html" if not folder or folder.endswith("/") else folder


def _linked(result: Export, page: str, html: str) -> str:
    """The page with its links written for where it will stand, and its icons drawn in it."""

    def rewrite(match: re.Match[str]) -> str:
        return f'{match[1]}="{escape(_address(result, page, unescape(match[2])))}"'

    return _ATTRIBUTE.sub(rewrite, _ICON.sub(_drawn, html))


def _address(result: Export, page: str, address: str) -> str:
    """A path of the site, with what follows it, as it is written on a page."""
    path, mark, rest = _split(address)
    target = unquote(path)
    if result.relative:
        here = _file_of(page).rpartition("/")[0] or "."
        return quote(relpath(_file_of(target), here)) + mark + rest
    return result.base_url + quote(addresses.as_folder(target)) + mark + rest


def _drawn(use: re.Match[str]) -> str:
    """An icon itself: without a server no browser shows a drawing that is in another file."""
    return _symbols().get(use[1], "")


@cache
def _symbols() -> dict[str, str]:
    """The drawings of icons/sprite.svg by name."""
    sprite = (_read_asset("static/icons/sprite.svg") or b"").decode()
    found = re.findall(r'<symbol id="([^"]+)"([^>]*)>(.*?)</symbol>', sprite, re.DOTALL)
    return {name: f"<svg{attributes}>{drawing}</svg>" for name, attributes, drawing in found}


def _split(address: str) -> tuple[str, str, str]:
    """Path, and what follows it: `/a#b` → (`/a`, `#`, `b`)."""
    match = re.search(r"[?#]", address)
    if match is None:
        return address, "", ""
    return address[: match.start()], match[0], address[match.end() :]


def _choice() -> dict[str, object]:
    return {
        "site_name": settings.SITE_NAME,
        "languages": [(locales.language(code), addresses.home(code)) for code in locales.codes()],
    }


def _missing(result: Export, *codes: str) -> bytes:
    """The page a web server shows for a missing address, at any depth: it can ask for no file beside it.

    Without a base URL the site is taken to stand at the root of its host.
    """
    base = "" if result.relative else result.base_url
    sheets = (_read_asset(f"static/css/{name}.css") or b"" for name in ("tokens", "missing"))
    context = {
        "site_name": settings.SITE_NAME,
        "style": format_html("<style>{}</style>", mark_safe(b"".join(sheets).decode())),
        "languages": [(locales.language(code), base + addresses.home(code)) for code in codes],
    }
    return render_to_string("site/missing.html", context).encode()


def _copy_assets(result: Export) -> None:
    """Copies the style sheets, fonts, scripts and pictures that the written pages ask for."""
    wanted: set[str] = set()
    for name in sorted(result.files):
        if name.endswith(".html"):
            html = (result.folder / name).read_text()
            for _attribute, address in re.findall(r'(?<=\s)(href|src)="([^"#?]*)', html):
                asset = _asset(result, name, unescape(address))
                if asset:
                    wanted.add(asset)
    waiting = sorted(wanted)
    while waiting:
        asset = waiting.pop()
        data = _read_asset(asset)
        if data is None:
            continue
        result.put(asset, data)
        if asset.endswith(".css"):
            for address in _STYLE_URL.findall(data.decode()):
                if not address.startswith(("data:", "#", "http")):
                    found = normpath(f"{asset.rpartition('/')[0]}/{address.split('#')[0].split('?')[0]}")
                    if found not in wanted:
                        wanted.add(found)
                        waiting.append(found)


def _asset(result: Export, page: str, address: str) -> str:
    """The static or media file a link leads to (`static/css/site.css`), or ""."""
    if not result.relative and address.startswith(result.base_url):
        path = unquote(address[len(result.base_url) :])
    elif urlsplit(address).scheme or address.startswith("//"):
        return ""
    else:
        path = normpath("/" + page.rpartition("/")[0] + "/" + unquote(address))
    path = path.lstrip("/")
    return path if path.startswith(("static/", "media/")) else ""


def _read_asset(asset: str) -> bytes | None:
    kind, _slash, name = asset.partition("/")
    if kind == "media":
        if not default_storage.exists(name):
            return None
        with default_storage.open(name) as file:
            return file.read()
    found = finders.find(name)
    if found is None and staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            return file.read()
    return Path(found).read_bytes() if isinstance(found, str) else None


def _take_out(result: Export) -> None:
    """Removes what an earlier export wrote and this one did not: withdrawn editions, old assets."""
    listing = result.folder / LIST
    before = set(listing.read_text().splitlines()) if listing.is_file() else set()
    for name in before - result.files:
        path = result.folder / name
        path.unlink(missing_ok=True)
        result.removed += 1
        for parent in path.parents:
            if parent == result.folder or any(parent.iterdir()):
                break
            parent.rmdir()
    write(listing, "".join(f"{name}\n" for name in sorted(result.files)).encode())
