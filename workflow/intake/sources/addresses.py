"""Addresses of articles in one spelling, so that the same page is known again whoever links to it."""

import hashlib
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_TRACKING = frozenset({"fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid", "at_medium"})
# What the models keep of an address.
LONGEST_ADDRESS = 800
_PORTS = {"http": 80, "https": 443}


def canonical(address: str) -> str:
    """The address without fragment, tracking parameters, default port and closing slash; "" if it is none.

    The scheme stays, except that two spellings of one host (capitals, a final dot) become one.
    """
    try:
        parts = urlsplit(address.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not host:
        return ""
    netloc = f"[{host}]" if ":" in host else host
    if port and port != _PORTS[scheme]:
        netloc += f":{port}"
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not name.lower().startswith("utm_") and name.lower() not in _TRACKING
    ]
    return urlunsplit((scheme, netloc, parts.path.rstrip("/"), urlencode(query), ""))


def host_of(address: str) -> str:
    """The host and port of an address, as politeness counts servers; "" if there is none."""
    return urlsplit(canonical(address)).netloc[:260]


def digest_of_address(address: str) -> str:
    """How a canonical address is kept as a fingerprint. http and https are the same page."""
    return hashlib.sha256(b"address\0" + address.partition("://")[2].encode()).hexdigest()


def digest_of_words(text: str) -> str:
    """How the words of a text are kept as a fingerprint: spacing and capitals do not count."""
    return hashlib.sha256(b"words\0" + " ".join(text.split()).casefold().encode()).hexdigest()
