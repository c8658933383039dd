"""Cuts a feed of any length into small feeds, so that memory does not grow with the number of entries."""

import re
from collections.abc import Iterator
from typing import IO

from django.utils.translation import gettext as _

from .incoming import SourceFailed

ENTRIES = 50
MOST_BUFFERED = 16 * 1024 * 1024
_READ = 256 * 1024
# Ends of entries count only outside CDATA and comments, where a text about feeds may quote them.
_TOKEN = re.compile(
    rb"<!\[CDATA\[|<!--|<(?:[a-z0-9]+:)?(?:item|entry)[\s>]|</(?:[a-z0-9]+:)?(?:item|entry)\s*>", re.I
)
_CLOSING = {b"<![CDATA[": b"]]>", b"<!--": b"-->"}
# A token or closing mark may be cut by the edge of what is read so far.
_LONGEST_TOKEN = 64


def split(body: IO[bytes], entries: int = ENTRIES) -> Iterator[bytes]:
    """Small feeds of at most `entries` entries each, every one with the head of the whole.

    Nothing is lost: a feed in an encoding that is no superset of ASCII, or too broken to be cut, comes whole.

    Raises:
        SourceFailed: one piece would be longer than MOST_BUFFERED.
    """
    data, head, tail = b"", None, b""
    at = begin = count = 0
    ended = False
    while True:
        token = _TOKEN.search(data, at)
        closed = -1
        if token is not None and (closing := _CLOSING.get(token[0].upper())):
            closed = data.find(closing, token.end())
        waits = (
            token is None
            or token.end() > len(data) - _LONGEST_TOKEN
            or (token[0].upper() in _CLOSING and closed < 0)
        )
        if waits and not ended and len(data) < MOST_BUFFERED:
            more = body.read(_READ)
            ended = not more
            data += more
            if token is None:
                at = max(at, len(data) - len(more) - _LONGEST_TOKEN)
            continue
        if token is None or (token[0].upper() in _CLOSING and closed < 0):
            break
        if token[0].upper() in _CLOSING:
            at = closed + 3
            continue
        at = token.end()
        if head is None:
            head = data[: token.start()]
            tail = _tail(head)
            begin = token.start()
        if token[0].startswith(b"</"):
            count += 1
            if count == entries:
                yield head + data[begin:at] + tail
                data, at, begin, count = data[at:], 0, 0, 0
    if not ended:
        raise SourceFailed(_("One entry of the feed is too large."))
    if head is None:
        yield data
    elif data[begin:].strip():
        yield head + data[begin:]


def _tail(head: bytes) -> bytes:
    """The closing tags for what the head opened: the channel and the root."""
    root = re.search(rb"<((?:[a-z0-9]+:)?(?:rss|feed|rdf))[\s>]", head, re.I)
    channel = re.search(rb"<((?:[a-z0-9]+:)?channel)[\s>]", head, re.I)
    still_open = channel is not None and f"</{channel[1].decode()}".encode() not in head
    names = [channel[1]] if channel is not None and still_open else []
    names += [root[1]] if root is not None else []
    return b"".join(b"</" + name + b">" for name in names)
