"""Reads RSS and Atom feeds: one conditional request, entries streamed a few at a time."""

import html
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from io import BytesIO
from typing import IO, Any

import feedparser
from django.utils.translation import gettext as _

from workflow.intake.models import Source

from .addresses import host_of
from .fetching import fetch
from .hosts import turn
from .incoming import Incoming, SourceFailed, storable
from .splitting import split

MOST_BYTES = 128 * 1024 * 1024
ACCEPT = "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.8, */*;q=0.1"
# A text shorter than this, in a field meant for summaries, is taken for a summary.
_SUMMARY = 1_500
_ENTITY = re.compile(rb"<!ENTITY[^>]*>", re.I)


@contextmanager
def reading(
    source: Source, *, fresh: bool = False
) -> Iterator[tuple[Iterator[Incoming], dict[str, str]] | None]:
    """The entries of a feed, and what to remember of the answer; None when nothing has changed.

    Args:
        fresh: asks for everything, whatever was seen before.

    Raises:
        SourceFailed: the feed cannot be had, or is none.
    """
    headers = {"Accept": ACCEPT}
    if not fresh and source.etag:
        headers["If-None-Match"] = source.etag
    if not fresh and source.last_modified:
        headers["If-Modified-Since"] = source.last_modified
    with ExitStack() as stack:
        with turn(source.address):
            answer = stack.enter_context(
                fetch(source.address, most_bytes=MOST_BYTES, allowed=source.allowed_hosts, headers=headers)
            )
        if answer.status == 304:
            yield None
            return
        seen = {
            "etag": _header(answer.headers.get("ETag", ""), 400),
            "last_modified": _header(answer.headers.get("Last-Modified", ""), 100),
        }
        kind = answer.headers.get("Content-Type", "")
        yield entries(answer.body, answer.address, content_type=kind, full_text=source.full_text), seen


def entries(
    body: IO[bytes], address: str, *, content_type: str = "", full_text: bool = True
) -> Iterator[Incoming]:
    """The entries of a feed, in its order.

    Args:
        address: where it was found; relative addresses start there.
        full_text: entries with a summary only are marked as such.

    Raises:
        SourceFailed: it is no feed.
    """
    found, readable, why = 0, False, ""
    for piece in split(body):
        parsed = _parse(piece, address, content_type)
        readable = readable or bool(parsed.get("version") or parsed.entries)
        why = why or (str(parsed.get("bozo_exception", "")) if parsed.bozo else "")
        for entry in parsed.entries:
            incoming = _incoming(entry, address, full_text)
            if incoming is not None:
                found += 1
                yield incoming
    if not found and not readable:
        raise SourceFailed(
            _("There is no RSS or Atom feed at %(address)s.") % {"address": address} + _reason(why)
        )


def _parse(piece: bytes, address: str, content_type: str) -> Any:
    # From a stream: given bytes, feedparser would first try them as the name of a local file.
    # Entities are taken out before, so that none can grow or name a file; feedparser does so too.
    headers = {"content-location": address, "content-type": content_type or "application/xml"}
    try:
        return feedparser.parse(
            BytesIO(_ENTITY.sub(b"", piece)), response_headers=headers, sanitize_html=False
        )
    except Exception as error:
        # Its lenient parser fails on some hostile input in ways of its own (AssertionError, RecursionError).
        raise SourceFailed(_("The feed at %(address)s is broken.") % {"address": address}) from error


def _incoming(entry: Any, feed_address: str, full_text: bool) -> Incoming | None:
    link = storable(entry.get("link", ""), 800)
    text, is_summary = _text(entry)
    title = plain(entry.get("title", ""))
    if not title and not text:
        return None
    pictures = "" if re.search(r"<img\b", text, re.I) else _pictures(entry)
    changed = storable(_given(entry, "updated") or entry.get("published") or "", 100)
    return Incoming(
        external_id=storable(entry.get("id") or link or title),
        title=title[:500],
        html=pictures + text,
        link=link if host_of(link) else "",
        byline=plain(", ".join(_authors(entry)))[:300],
        published=_moment(entry.get("published_parsed") or _given(entry, "updated_parsed")),
        changed=changed,
        summary_only=full_text and is_summary and bool(host_of(link)),
    )


def _given(entry: Any, key: str) -> Any:
    """What the entry itself says; feedparser would let the publication stand in for a missing change."""
    return entry.get(key) if dict.__contains__(entry, key) else None


def _text(entry: Any) -> tuple[str, bool]:
    """The longest text of the entry as HTML, and whether it is but a summary."""
    contents = [_as_html(content) for content in entry.get("content", []) if content.get("value")]
    summary = _as_html(
        entry.get("summary_detail") or {"value": entry.get("summary", ""), "type": "text/html"}
    )
    longest = max(contents, key=len, default="")
    if longest and len(longest) >= len(summary):
        return longest, False
    # Many feeds put the whole text where the summary belongs.
    paragraphs = len(re.findall(r"<p[\s>]", summary, re.I))
    return summary, len(plain(summary)) < _SUMMARY and paragraphs < 4


def _as_html(detail: Any) -> str:
    value = storable(detail.get("value", ""))
    if detail.get("type") != "text/plain":
        return value
    return "".join(f"<p>{html.escape(part)}</p>" for part in re.split(r"\n\s*\n", value) if part.strip())


def _pictures(entry: Any) -> str:
    """The picture of the entry, where its text shows none; with what is said of it."""
    media = [m for m in entry.get("media_content", []) if _is_picture(m)]
    enclosures = [e for e in entry.get("enclosures", []) if _is_picture(e)]
    for picture in [*media, *enclosures][:1]:
        address = storable(picture.get("url") or picture.get("href") or "", 2000)
        said = plain(picture.get("description") or "")
        caption = f"<figcaption>{html.escape(said)}</figcaption>" if said else ""
        return f'<figure><img src="{html.escape(address)}" alt="">{caption}</figure>'
    return ""


def _is_picture(media: Any) -> bool:
    return media.get("medium") == "image" or str(media.get("type", "")).startswith("image/")


def _authors(entry: Any) -> list[str]:
    names = [str(author.get("name", "")) for author in entry.get("authors", [])]
    return [name for name in names if name.strip()]


def _moment(parsed: Any) -> datetime | None:
    try:
        return datetime(*parsed[:6]).replace(tzinfo=UTC) if parsed else None
    except (ValueError, TypeError, OverflowError):
        return None


def plain(markup: object) -> str:
    """The words of a title or name that may contain mark-up, in one line."""
    text = re.sub(r"<(?:/?[a-zA-Z][^<>]{0,500}|!--.{0,500}?--)>", " ", storable(markup))
    return " ".join(html.unescape(text).split())


def _header(value: str, limit: int) -> str:
    """A validator to send back, or nothing if it is too long to be kept whole."""
    return value if len(value) <= limit and value.isprintable() else ""


def _reason(why: str) -> str:
    return f" ({why[:200]})" if why else ""
