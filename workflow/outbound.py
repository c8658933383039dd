"""Requests to other people's servers, pulls and pushes alike: bounded in time, and not into our own network.

Server-side request forgery is met where it happens: the name is resolved once, every address it has is
judged, and the connection goes to the address judged, so a name that resolves otherwise a moment later
(DNS rebinding) gains nothing. Redirects are the caller's to follow, by asking anew.
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import urllib3
from django.conf import settings
from django.utils.translation import gettext as _

CONNECT_SECONDS, READ_SECONDS = 10.0, 20.0
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Not of the open internet, though some versions of Python take them for it: protocol assignments (RFC 6890),
# local NAT64 (RFC 8215), IPv4-compatible and site-local addresses (both deprecated).
_REFUSED = tuple(
    ipaddress.ip_network(network) for network in ("192.0.0.0/24", "64:ff9b:1::/48", "::/96", "fec0::/10")
)


class NotReached(Exception):
    """There was no answer. The message says why; `for_good` means that asking again cannot help."""

    def __init__(self, message: str, *, for_good: bool = False) -> None:
        super().__init__(message)
        self.for_good = for_good


@contextmanager
def ask(
    method: str,
    address: str,
    *,
    end: float,
    headers: Mapping[str, str],
    body: bytes | None = None,
    allowed: Collection[str] = (),
) -> Iterator[urllib3.BaseHTTPResponse]:
    """Makes one request; the answer, a redirect as well, is to be read inside the block.

    Args:
        end: until when the whole answer must be here, as time.monotonic() counts.
        allowed: hosts (names or addresses) that may be private, beside those of the setting PRIVATE_HOSTS.

    Raises:
        NotReached: with a message for people; also when reading the answer fails.
    """
    pool, path, named = _connection(address, allowed, end)
    try:
        with pool:
            response = pool.request(
                method,
                path,
                body=body,
                headers={"Host": named, **headers},
                redirect=False,
                retries=False,
                preload_content=False,
            )
            try:
                yield response
            finally:
                response.close()
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        raise NotReached(
            _("%(address)s cannot be read: %(why)s") % {"address": address[:200], "why": _why(error)}
        ) from error


def refuse_address(address: str, allowed: Collection[str] = ()) -> None:
    """Judges an address by its form alone, and by its host where that is a number or our own machine.

    Raises:
        NotReached: not http or https, no host, a user name in it, or a private host not allowed.
    """
    host = _split(address)[1]
    if host in (*allowed, *settings.PRIVATE_HOSTS):
        return
    try:
        private = not public(ipaddress.ip_address(host))
    except ValueError:
        private = host.rstrip(".") == "localhost" or host.rstrip(".").endswith(".localhost")
    if private:
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
    if any(number in network for network in _REFUSED):
        return False
    return number.is_global and not number.is_multicast and not number.is_reserved


class _Clock:
    """A socket that is read until `end` and no longer, in however small pieces the server sends: a time limit
    of each read alone would let it go on for ever, a byte at a time."""

    end: float

    def recv_into(self, *args: Any) -> int:
        left = self.end - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        self.settimeout(min(left, READ_SECONDS))  # type: ignore[attr-defined]
        return super().recv_into(*args)  # type: ignore[misc]


class _Socket(_Clock, socket.socket):
    """A plain connection."""


class _TLSSocket(_Clock, ssl.SSLSocket):
    """An encrypted one. Its handshake has the time of connecting as a whole."""


class _Plain(urllib3.connection.HTTPConnection):
    end: float

    def _new_conn(self) -> socket.socket:
        made = _Socket(fileno=super()._new_conn().detach())
        made.end = self.end
        made.settimeout(CONNECT_SECONDS)
        return made


class _Encrypted(urllib3.connection.HTTPSConnection):
    end: float

    def connect(self) -> None:
        super().connect()
        if isinstance(self.sock, _TLSSocket):
            self.sock.end = self.end


def _connection(address: str, allowed: Collection[str], end: float) -> tuple[Any, str, str]:
    """A connection pool to the judged number of the address's host; path with query; the Host header."""
    scheme, host, port, path = _split(address)
    number = _resolve(address, host, port, allowed)
    left = max(end - time.monotonic(), 0.001)
    timeout = urllib3.Timeout(connect=min(CONNECT_SECONDS, left), read=min(READ_SECONDS, left))
    usual = {"http": 80, "https": 443}[scheme]
    named = (f"[{host}]" if ":" in host else host) + ("" if port == usual else f":{port}")
    pool: urllib3.HTTPConnectionPool
    if scheme == "http":
        pool = urllib3.HTTPConnectionPool(number, port, timeout=timeout)
        pool.ConnectionCls = type("_Plain", (_Plain,), {"end": end})
        return pool, path, named
    context = ssl.create_default_context()
    context.sslsocket_class = _TLSSocket
    pool = urllib3.HTTPSConnectionPool(
        number, port, timeout=timeout, ssl_context=context, server_hostname=host, assert_hostname=host
    )
    pool.ConnectionCls = type("_Encrypted", (_Encrypted,), {"end": end})
    return pool, path, named


def _split(address: str) -> tuple[str, str, int, str]:
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https") or not host or parts.username is not None:
        raise NotReached(
            _("%(address)s is no address of the web (http or https).") % {"address": address[:200]},
            for_good=True,
        )
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return scheme, host, port or (443 if scheme == "https" else 80), path


def _resolve(address: str, host: str, port: int, allowed: Collection[str]) -> str:
    try:
        found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise NotReached(_("There is no server called %(host)s.") % {"host": host}) from error
    may_be_private = {*allowed, *settings.PRIVATE_HOSTS}
    for number in found:
        if host not in may_be_private and number not in may_be_private:
            parsed = ipaddress.ip_address(number.partition("%")[0])
            if not public(parsed):
                raise _private(address)
    return found[0]


def _private(address: str) -> NotReached:
    return NotReached(
        _("%(address)s leads into the internal network. An administrator can allow its host.")
        % {"address": address[:200]},
        for_good=True,
    )


def _why(error: Exception) -> str:
    if isinstance(error, urllib3.exceptions.TimeoutError):
        return _("no answer in time")
    cause = error.args[-1] if error.args else error
    return str(cause)[:200]
