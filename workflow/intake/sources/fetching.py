"""Fetches from the web what strangers' feeds and pages name: bounded in size, patient with servers, through the
guard of workflow/outbound.py. Redirects are followed by hand and each is judged anew.
"""

import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import IO, Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext as _

from workflow.outbound import NotReached, ask

from .incoming import SourceFailed

WHOLE_SECONDS = 120.0
MOST_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
LONGEST_RETRY_AFTER = 24 * 3600
_CHUNK = 64 * 1024


class FetchFailed(SourceFailed):
    """There was no usable answer. `retry_after` are the seconds the server asked for; `for_good` means that
    asking again cannot help; `gone` that the server says so itself."""

    def __init__(
        self, message: str, *, retry_after: float | None = None, for_good: bool = False, gone: bool = False
    ) -> None:
        super().__init__(message)
        self.retry_after, self.for_good, self.gone = retry_after, for_good, gone


@dataclass
class Answer:
    """An answer with its body in a file; `status` is 200 or 304, `address` where redirects ended.

    Of a redirect that was not to be followed: its status, no body, and the address it leads to.
    """

    status: int
    address: str
    headers: Mapping[str, str]
    body: IO[bytes] = field(repr=False)


def user_agent() -> str:
    """How we present ourselves, with an address at which a webmaster finds out who asks."""
    return f"TranslationDesk/1.0 (+{settings.PUBLIC_URL})"


@contextmanager
def fetch(
    address: str,
    *,
    most_bytes: int,
    allowed: Collection[str] = (),
    headers: Mapping[str, str] | None = None,
    follow: Callable[[str], bool] = lambda target: True,
) -> Iterator[Answer]:
    """Gets one address; the body is spooled to disk beyond a megabyte and gone after the block.

    Args:
        most_bytes: a longer body, unpacked, is refused.
        allowed: hosts (names or addresses) that may be private.
        headers: for example If-None-Match.
        follow: whether a redirect to this address is to be followed here.

    Raises:
        FetchFailed: with a message for people.
    """
    end = time.monotonic() + WHOLE_SECONDS
    sent = {"User-Agent": user_agent(), **(headers or {})}
    with tempfile.SpooledTemporaryFile(max_size=1024 * 1024) as body:
        for _step in range(MOST_REDIRECTS + 1):
            try:
                with ask("GET", address, end=end, headers=sent, allowed=allowed) as response:
                    target = response.headers.get("Location", "")
                    if response.status in REDIRECTS and target:
                        address = urljoin(address, target)
                        if follow(address):
                            continue
                    else:
                        _refuse_status(address, response)
                    if response.status == 200:
                        _copy(address, response, body, most_bytes)
            except NotReached as error:
                raise FetchFailed(str(error), for_good=error.for_good) from error
            body.seek(0)
            yield Answer(response.status, address, response.headers, body)
            return
        raise in_circles(address)


def in_circles(address: str) -> FetchFailed:
    """What is said of an address that led from redirect to redirect."""
    return FetchFailed(_("%(address)s redirects in circles.") % {"address": address[:200]}, for_good=True)


def _refuse_status(address: str, response: Any) -> None:
    status = response.status
    if status in (200, 304):
        return
    message = _("%(address)s answered %(status)s.") % {"address": address[:200], "status": status}
    busy = status in (408, 425, 429) or status >= 500
    raise FetchFailed(
        message,
        retry_after=_retry_after(response.headers.get("Retry-After", "")) if busy else None,
        for_good=not busy,
        gone=status == 410,
    )


def _retry_after(value: str) -> float | None:
    """Seconds to wait, from a number or a date (RFC 9110, 10.2.3); at most a day."""
    if value.strip().isdecimal():
        seconds = float(value[:12])
    else:
        try:
            moment = parsedate_to_datetime(value)
        except (TypeError, ValueError):
            return None
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        seconds = (moment - datetime.now(UTC)).total_seconds()
    return min(max(seconds, 0.0), LONGEST_RETRY_AFTER)


def _copy(address: str, response: Any, body: IO[bytes], most_bytes: int) -> None:
    size = 0
    for chunk in response.stream(_CHUNK, decode_content=True):
        size += len(chunk)
        if size > most_bytes:
            raise FetchFailed(
                _("%(address)s is larger than %(limit)d MB.")
                % {"address": address[:200], "limit": max(most_bytes // 1024 // 1024, 1)},
                for_good=True,
            )
        body.write(chunk)
