"""Reads the published posts of a WordPress site over its REST API, the newest changes first.

As documented at developer.wordpress.org/rest-api/reference/posts: `modified_after` (since WordPress 5.7),
pages counted in X-WP-TotalPages, `_embed` for author and featured picture, rendered title and content.
"""

import html
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from workflow.intake.models import Source

from .feeds import plain
from .fetching import fetch
from .hosts import turn
from .incoming import Incoming, SourceFailed, storable

PER_PAGE = 50
MOST_PAGES = 1_000
MOST_BYTES = 32 * 1024 * 1024
PATIENCE = 60.0
# Posts can appear in the answer a little after the time they say they were changed at.
OVERLAP = timedelta(minutes=10)
_FIELDS = "id,link,lang,status,date_gmt,modified_gmt,title,content,_links,_embedded"


@contextmanager
def reading(
    source: Source, *, fresh: bool = False
) -> Iterator[tuple[Iterator[Incoming], dict[str, str]] | None]:
    """The posts changed since the last poll, and the cursor to remember once all of them are read.

    Args:
        fresh: reads everything, whatever was seen before.

    Raises:
        SourceFailed: the site cannot be read.
    """
    seen: dict[str, str] = {}
    yield _posts(source, "" if fresh else source.cursor, seen), seen


def _posts(source: Source, cursor: str, seen: dict[str, str]) -> Iterator[Incoming]:
    """Newest change first, so that a post changed meanwhile moves to where it is read again, not missed.

    One taken away meanwhile could move another across the edge of a page: then the cursor stays.
    """
    newest, first_total, page, pages = cursor, None, 1, 1
    while page <= min(pages, MOST_PAGES):
        posts, total, pages = _page(source, cursor, page)
        first_total = total if first_total is None else first_total
        for post in posts:
            newest = max(newest, storable(post.get("modified_gmt", ""), 40))
            incoming = _incoming(post, source)
            if incoming is not None:
                yield incoming
        if total < first_total:
            newest = cursor
            first_total = 0
        page += 1
    if first_total:
        seen["cursor"] = newest


def _page(source: Source, cursor: str, page: int) -> tuple[list[dict[str, Any]], int, int]:
    """One page of posts; (posts, how many there are in all, number of pages)."""
    query: dict[str, Any] = {
        "status": "publish",
        "orderby": "modified",
        "order": "desc",
        "per_page": PER_PAGE,
        "page": page,
        "_embed": "author,wp:featuredmedia",
        "_fields": _FIELDS,
    }
    since = parse_datetime(cursor) if cursor else None
    if since is not None:
        query["modified_after"] = (since - OVERLAP).strftime("%Y-%m-%dT%H:%M:%SZ")
    if source.not_before:
        query["after"] = f"{source.not_before:%Y-%m-%d}T00:00:00Z"
    if source.language_filter:
        query["lang"] = source.language_filter
    address = f"{source.address.rstrip('/')}/wp-json/wp/v2/posts?{urlencode(query)}"
    with (
        turn(address, patience=PATIENCE if page > 1 else 0.0),
        fetch(
            address,
            most_bytes=MOST_BYTES,
            allowed=source.allowed_hosts,
            headers={"Accept": "application/json"},
        ) as answer,
    ):
        data, headers = answer.body.read(), answer.headers
    try:
        posts = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _none(source) from error
    if not isinstance(posts, list) or not all(isinstance(post, dict) for post in posts):
        raise _none(source)
    return posts, _number(headers.get("X-WP-Total")), _number(headers.get("X-WP-TotalPages"))


def _none(source: Source) -> SourceFailed:
    return SourceFailed(_("There is no WordPress REST API at %(address)s.") % {"address": source.address})


def _incoming(post: dict[str, Any], source: Source) -> Incoming | None:
    """A post as it came; None for one that is not for us: protected by a password, another language."""
    content = post.get("content")
    if (
        not isinstance(content, dict)
        or content.get("protected")
        or post.get("status", "publish") != "publish"
    ):
        return None
    spoken = post.get("lang")
    if source.language_filter and isinstance(spoken, str) and spoken and spoken != source.language_filter:
        return None
    text = storable(content.get("rendered", ""))
    embedded = post.get("_embedded")
    embedded = embedded if isinstance(embedded, dict) else {}
    authors = [plain(author.get("name", "")) for author in _dicts(embedded.get("author"))]
    return Incoming(
        external_id=storable(post.get("id")),
        title=plain(_rendered(post.get("title")))[:500],
        html=_featured(embedded, text) + text,
        link=storable(post.get("link", ""), 800),
        byline=", ".join(name for name in authors if name)[:300],
        published=_moment(post.get("date_gmt")),
        changed=storable(post.get("modified_gmt", ""), 100),
    )


def _featured(embedded: dict[str, Any], text: str) -> str:
    """The post's picture with alternative text and caption, unless the text shows it already."""
    for media in _dicts(embedded.get("wp:featuredmedia"))[:1]:
        address = storable(media.get("source_url", ""), 2000)
        if not address or address in text:
            return ""
        caption = _rendered(media.get("caption"))
        said = f"<figcaption>{caption}</figcaption>" if plain(caption) else ""
        alt = html.escape(storable(media.get("alt_text", "")))
        return f'<figure><img src="{html.escape(address)}" alt="{alt}">{said}</figure>'
    return ""


def _dicts(value: object) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _rendered(value: object) -> str:
    return storable(value.get("rendered", "")) if isinstance(value, dict) else ""


def _moment(value: object) -> datetime | None:
    try:
        moment = parse_datetime(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment


def _number(header: str | None) -> int:
    return int(header[:9]) if header and header.isdecimal() else 0
