"""Where a request comes from, for limits on how often: behind proxies, and for whole IPv6 households."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

# What one household or office gets of IPv6; each of its 2⁶⁴ addresses is free for the taking.
IPV6_PREFIX = 64
_Address = IPv4Address | IPv6Address


def address_of(request: HttpRequest) -> str:
    """The network address of whoever sent a request; "?" when nothing says it.

    Each trusted proxy (TRUSTED_PROXIES) has put who spoke to it at the end of X-Forwarded-For; what stands
    before the first address that is not one of them anybody may have written.
    """
    peer = request.META.get("REMOTE_ADDR", "")
    said = reversed(request.headers.get("X-Forwarded-For", "").split(","))
    visitor = None
    # Without a peer it came through a socket of this machine: from a proxy here.
    for hop in (peer, *said) if peer else said:
        address = _parsed(hop)
        if address is None:
            break
        visitor = address
        if not any(visitor in proxies for proxies in settings.TRUSTED_PROXIES):
            break
    return str(visitor or "?")


def origin_of(address: str) -> str:
    """What is counted as one sender: an IPv4 address, or the /64 an IPv6 address is in."""
    parsed = _parsed(address)
    if isinstance(parsed, IPv6Address):
        return str(ip_network((parsed, IPV6_PREFIX), strict=False))
    return address


def _parsed(text: str) -> _Address | None:
    try:
        address = ip_address(text.strip().strip("[]").partition("%")[0])
    except ValueError:
        return None
    # An IPv4 visitor of a socket that speaks both.
    return getattr(address, "ipv4_mapped", None) or address
