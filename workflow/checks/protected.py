"""Parts of a text that are no prose: web and mail addresses, file names, hashtags. Checks pass over them."""

import re
from functools import lru_cache

URL = re.compile(
    r"(?:https?://|www\.)[^\s<>«»\"“”،؛؟\u00a0\u202f]+"
    r"|(?<![\w@.])(?:[a-z0-9-]+\.)+(?:com|org|net|int|edu|gov|info|io|ma|fr|tn|dz|sa|ae|qa|eg|uk|eu|tv)\b"
    r"(?:/[^\s<>«»\"“”،؛؟\u00a0\u202f]*)?",
    re.I,
)
EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_HANDLE = re.compile(r"(?<!\w)[#@]\w+")
_CLOSING = ".,;:!?)]}’'…"


def addresses(text: str) -> list[tuple[str, int, int]]:
    """Web and mail addresses with their offsets, without the punctuation that follows them."""
    found = [(match[0], match.start(), match.end()) for match in EMAIL.finditer(text)]
    taken = [(start, end) for _, start, end in found]
    for match in URL.finditer(text):
        address = match[0]
        while address and address[-1] in _CLOSING and not (address[-1] == ")" and "(" in address):
            address = address[:-1]
        end = match.start() + len(address)
        if address and not any(start < end and match.start() < stop for start, stop in taken):
            found.append((address, match.start(), end))
    return sorted(found, key=lambda each: each[1])


@lru_cache(maxsize=512)
def blanked(text: str) -> str:
    """The text with every protected part replaced by as many "x", so that offsets stay what they are."""
    for _, start, end in addresses(text):
        text = text[:start] + "x" * (end - start) + text[end:]
    return _HANDLE.sub(lambda match: "x" * len(match[0]), text)
