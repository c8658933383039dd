"""Pictures that stand inside a document as `data:` addresses: which of them are pictures at all."""

import base64
import re
from urllib.parse import unquote

from workflow.articles.measuring import NotKept, measure

# No picture of any kind is shorter.
_FEWEST_BYTES = 26
# One or two pixels hold the place of a picture that a program would load, or count readers.
_FEWEST_PIXELS = 5
_DATA = re.compile(r"data:(image/[a-z0-9.+-]+);base64,([a-z0-9+/]+=*)", re.I)


def data_address(media_type: str, data: bytes) -> str:
    """The bytes of a picture as an address."""
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"


def embedded(address: str) -> str:
    """A `data:` address without the spaces it may have, or "" where no picture is in it.

    A picture of a kind that is not kept passes: who takes the text in says so, where people see it.
    """
    found = _DATA.fullmatch(unquote("".join(address.split())))
    if found is None:
        return ""
    try:
        data = base64.b64decode(found[2])
    except ValueError:
        return ""
    if len(data) < _FEWEST_BYTES:
        return ""
    try:
        size = measure(data)
    except NotKept:
        return found[0]
    return found[0] if size.width * size.height >= _FEWEST_PIXELS else ""
