"""Every address of the public site, in one place: as paths for links, as absolute URLs for machines.

A static export writes the same pages under another base and as folders; it says so with `exported`, for
the time it runs, and everything that asks here follows.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from html import escape, unescape
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.templatetags.static import static as static_path

from .models import Edition


@dataclass(frozen=True)
class Export:
    """A static export in progress: its absolute base, and where its feedback forms post to ("" for none)."""

    base_url: str
    feedback_url: str


# As the text is serialised: double quotes, one slash. `//host` is somebody else's.
_OWN_LINK = re.compile(r'(?<=\s)(href|src)="(/(?!/)[^"]*)"')
_export: ContextVar[Export | None] = ContextVar("export", default=None)


@contextmanager
def exported(base_url: str, feedback_url: str = "") -> Iterator[None]:
    """Makes `absolute` answer for a static export while the block runs."""
    token = _export.set(Export(base_url.rstrip("/"), feedback_url.rstrip("/")))
    try:
        yield
    finally:
        _export.reset(token)


def exporting() -> bool:
    """Whether pages are being written to files now."""
    return _export.get() is not None


def home(locale: str) -> str:
    return f"/{locale}/"


def article(edition: Edition) -> str:
    return article_at(edition.locale, edition.slug)


def article_at(locale: str, slug: str) -> str:
    return f"/{locale}/{slug}"


def archive(locale: str, month: date | None = None, page: int = 1) -> str:
    path = f"/{locale}/archive/"
    if month is not None:
        path += f"{month:%Y/%m}/"
    return path if page == 1 else f"{path}{page}/"


def search(locale: str) -> str:
    return f"/{locale}/search"


def searched_articles(locale: str) -> str:
    """The list an exported site is searched in."""
    return f"{search(locale)}/articles.js"


def about(locale: str) -> str:
    return f"/{locale}/about-translation"


def feed(locale: str) -> str:
    return f"/{locale}/feed.atom"


def feedback(edition: Edition) -> str:
    """Where the form of an edition posts to; empty in an export that takes no feedback."""
    path = f"/{edition.locale}/feedback/{edition.pk}"
    export = _export.get()
    if export is None:
        return path
    return f"{export.feedback_url}{path}" if takes_feedback() else ""


def takes_feedback() -> bool:
    """Whether there are readers' forms under the articles."""
    export = _export.get()
    return export is None or bool(export.feedback_url)


def static(path: str) -> str:
    return static_path(path)


def absolute(path: str) -> str:
    """The absolute, percent-encoded URL of a path of the site."""
    export = _export.get()
    if export is None:
        return settings.PUBLIC_URL + quote(path, safe="/-._~%")
    return f"{export.base_url}{quote(as_folder(path), safe='/-._~%')}"


def tag(article: int, locale: str, day: date) -> str:
    """A tag URI (RFC 4151) for an article in one locale: its name for good, wherever it comes to stand.

    Args:
        day: one on which the host of PUBLIC_URL was ours.
    """
    host = (urlsplit(settings.PUBLIC_URL).hostname or "localhost").encode("idna").decode()
    return f"tag:{host.replace(':', '-').strip('-')},{day:%Y-%m-%d}:{locale}/article/{article}"


def absolute_links(html: str) -> str:
    """The HTML of a text with links and pictures of this site made absolute, to be shown elsewhere."""

    def rewrite(found: re.Match[str]) -> str:
        address = unescape(found[2])
        path = re.split(r"[?#]", address, maxsplit=1)[0]
        return f'{found[1]}="{escape(absolute(path) + address[len(path) :])}"'

    return _OWN_LINK.sub(rewrite, html)


def as_folder(path: str) -> str:
    """A page's path as any file server answers it: with a slash, when it is a page and not a file."""
    last = path.rsplit("/", 1)[-1]
    is_file = path.startswith(("/static/", "/media/")) or last.endswith(
        (".atom", ".xml", ".txt", ".html", ".js")
    )
    return path if not last or is_file else f"{path}/"
