"""Fetches from the web what strangers' feeds and pages name: bounded, patient, and not into our own network.

Server-side request forgery is met where it happens: the name is resolved once, every address it has is
judged, and the connection goes to the address judged, so a name that resolves otherwise a moment later
(DNS rebinding) gains nothing. Redirects are followed by hand and each is judged anew.
"""

import ipaddress
import socket
import ssl
import tempfile
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import IO, Any
from urllib.parse import urljoin, urlsplit

import urllib3
from django.conf import settings
from django.utils.translation import gettext as _

from .incoming import SourceFailed

CONNECT_SECONDS, READ_SECONDS, WHOLE_SECONDS = 10.0, 20.0, 120.0
MOST_REDIRECTS = 5
LONGEST_RETRY_AFTER = 24 * 3600
_CHUNK = 64 * 1024
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


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
    """An answer with its body in a file; `status` is 200 or 304, `address` where redirects ended."""

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
) -> Iterator[Answer]:
    """Gets one address; the body is spooled to disk beyond a megabyte and gone after the block.

    Args:
        most_bytes: a longer body, unpacked, is refused.
        allowed: hosts (names or addresses) that may be private.
        headers: for example If-None-Match.

    Raises:
        FetchFailed: with a message for people.
    """
    end = time.monotonic() + WHOLE_SECONDS
    with tempfile.SpooledTemporaryFile(max_size=1024 * 1024) as body:
        for _step in range(MOST_REDIRECTS + 1):
            pool, path, named = _connection(address, allowed)
            try:
                with pool:
                    response = pool.request(
                        "GET",
                        path,
                        headers={"User-Agent": user_agent(), "Host": named, **(headers or {})},
                        redirect=False,
                        retries=False,
                        preload_content=False,
                    )
                    try:
                        target = response.headers.get("Location", "")
                        if response.status in (301, 302, 303, 307, 308) and target:
                            address = urljoin(address, target)
                            continue
                        _refuse_status(address, response)
                        if response.status == 200:
                            _copy(address, response, body, most_bytes, end)
                    finally:
                        response.close()
            except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
                raise FetchFailed(
                    _("%(address)s cannot be read: %(why)s") % {"address": address, "why": _why(error)}
                ) from error
            body.seek(0)
            yield Answer(response.status, address, response.headers, body)
            return
        raise FetchFailed(_("%(address)s redirects in circles.") % {"address": address}, for_good=True)


def refuse_address(address: str, allowed: Collection[str] = ()) -> None:
    """Judges an address by its form alone, and by its host where that is a number.

    Raises:
        FetchFailed: not http or https, no host, a user name in it, or a private number not allowed.
    """
    host = _split(address)[1]
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return
    if host not in allowed and not public(number):
        raise _private(address)


def public(number: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address is one of the open internet, also when one kind is wrapped into the other."""
    if isinstance(number, ipaddress.IPv6Address):
        inner = number.ipv4_mapped or number.sixtofour
        if number in _NAT64:
            inner = ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
        if inner is not None:
            return public(inner)
        if number.teredo is not None:
            return False
    return number.is_global and not number.is_multicast


def _connection(address: str, allowed: Collection[str]) -> tuple[Any, str, str]:
    """A connection pool to the judged number of the address's host; path with query; the Host header."""
    scheme, host, port, path = _split(address)
    number = _resolve(address, host, port, allowed)
    timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
    usual = {"http": 80, "https": 443}[scheme]
    named = (f"[{host}]" if ":" in host else host) + ("" if port == usual else f":{port}")
    if scheme == "http":
        return urllib3.HTTPConnectionPool(number, port, timeout=timeout), path, named
    pool = urllib3.HTTPSConnectionPool(
        number,
        port,
        timeout=timeout,
        ssl_context=ssl.create_default_context(),
        server_hostname=host,
        assert_hostname=host,
    )
    return pool, path, named


def _split(address: str) -> tuple[str, str, int, str]:
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https") or not host or parts.username is not None:
        raise FetchFailed(
            _("%(address)s is no address of the web (http or https).") % {"address": address[:200]},
            for_good=True,
        )
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return scheme, host, port or (443 if scheme == "https" else 80), path


def _resolve(address: str, host: str, port: int, allowed: Collection[str]) -> str:
    try:
        found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise FetchFailed(_("There is no server called %(host)s.") % {"host": host}) from error
    for number in found:
        if host not in allowed and number not in allowed:
            parsed = ipaddress.ip_address(number.partition("%")[0])
            if not public(parsed):
                raise _private(address)
    return found[0]


def _private(address: str) -> FetchFailed:
    return FetchFailed(
        _("%(address)s leads into the internal network. An administrator can allow its host.")
        % {"address": address[:200]},
        for_good=True,
    )


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


def _copy(address: str, response: Any, body: IO[bytes], most_bytes: int, end: float) -> None:
    size = 0
    for chunk in response.stream(_CHUNK, decode_content=True):
        size += len(chunk)
        if size > most_bytes:
            raise FetchFailed(
                _("%(address)s is larger than %(limit)d MB.")
                % {"address": address[:200], "limit": max(most_bytes // 1024 // 1024, 1)},
                for_good=True,
            )
        if time.monotonic() > end:
            raise FetchFailed(_("%(address)s answers too slowly.") % {"address": address[:200]})
        body.write(chunk)


def _why(error: Exception) -> str:
    if isinstance(error, urllib3.exceptions.TimeoutError):
        return _("no answer in time")
    cause = error.args[-1] if error.args else error
    return str(cause)[:200]
