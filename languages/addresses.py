"""Parts of a text that are no prose: web and mail addresses, handles, hashtags."""

import re
from functools import lru_cache

_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>«»\"“”،؛؟\u00a0\u202f]+"
    r"|(?<![\w@.])(?:[a-z0-9-]+\.)+(?:com|org|net|int|edu|gov|info|io|ma|fr|tn|dz|sa|ae|qa|eg|uk|eu|tv)\b"
    r"(?:/[^\s<>«»\"“”،؛؟\u00a0\u202f]*)?",
    re.I,
)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_TAG = re.compile(r"(?<!\w)[#@]\w+")
_HANDLE = re.compile(r"(?<![\w@])@\w{2,}")
_CLOSING = ".,;:!?)]}’'…"


def addresses(text: str) -> list[tuple[str, int, int]]:
    """Web and mail addresses with their offsets, without the punctuation that follows them."""
    found = [(match[0], match.start(), match.end()) for match in _EMAIL.finditer(text)]
    taken = [(start, end) for _, start, end in found]
    for match in _URL.finditer(text):
        address = match[0]
        while address and address[-1] in _CLOSING and not (address[-1] == ")" and "(" in address):
            address = address[:-1]
        end = match.start() + len(address)
        if address and not any(start < end and match.start() < stop for start, stop in taken):
            found.append((address, match.start(), end))
    return sorted(found, key=lambda each: each[1])


def handles(text: str) -> list[tuple[str, int, int]]:
    """People's and desks' handles ("@artdesk") with their offsets; hashtags are translated, these never."""
    return [(match[0], *match.span()) for match in _HANDLE.finditer(text)]


@lru_cache(maxsize=512)
def blanked(text: str, blank: str = "x") -> str:
    """The text with every such part replaced by as many blanks, so that offsets stay what they are."""
    for _, start, end in addresses(text):
        text = text[:start] + blank * (end - start) + text[end:]
    return _TAG.sub(lambda match: blank * len(match[0]), text)
