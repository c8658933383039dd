"""Tells what kind of picture some bytes are and how large it is, by its head alone; nothing is unpacked."""

import io
from dataclasses import dataclass

from django.utils.translation import gettext as _

MOST_BYTES = 10 * 1024 * 1024
# More than any camera of a newsroom takes; what a phone can still show.
MOST_PIXELS = 50_000_000
# As Pillow calls them. MPO is what some cameras write: a JPEG with a second one behind it.
_KINDS = {
    "JPEG": ("jpg", "image/jpeg"),
    "MPO": ("jpg", "image/jpeg"),
    "PNG": ("png", "image/png"),
    "GIF": ("gif", "image/gif"),
    "WEBP": ("webp", "image/webp"),
    "AVIF": ("avif", "image/avif"),
}
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
# The Exif tag that tells a camera held upright; browsers turn the picture by it.
_ORIENTATION = 0x0112


class NotKept(Exception):
    """A picture cannot be kept; the message says why."""


@dataclass(frozen=True)
class Measured:
    """What a picture is: its file name's extension, its media type, and its size as it is shown."""

    extension: str
    media_type: str
    width: int
    height: int


def measure(data: bytes) -> Measured:
    """Judges the bytes of a picture by themselves; whatever a server or a file name says does not count.

    Raises:
        NotKept: none of the kinds every browser shows (SVG is not among them: it can hold programs), more
            bytes or pixels than allowed, or damaged.
    """
    # Loaded on first use: most processes never see a picture.
    from PIL import Image

    if len(data) > MOST_BYTES:
        raise NotKept(_("It is larger than %(limit)d MB.") % {"limit": MOST_BYTES // 1024 // 1024})
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            kind, (width, height) = image.format or "", image.size
            # Asked of other kinds, this would unpack the picture.
            turned = _KINDS[kind][0] == "jpg" and image.getexif().get(_ORIENTATION) in (5, 6, 7, 8)
    except Image.DecompressionBombError as error:
        raise _too_many() from error
    # Pillow raises whatever its parsers meet in a damaged file: SyntaxError, struct.error, ValueError …
    except Exception as error:
        raise NotKept(_("It is not a JPEG, PNG, GIF, WebP or AVIF picture, or it is damaged.")) from error
    if width * height > MOST_PIXELS:
        raise _too_many()
    extension, media_type = _KINDS[kind]
    return Measured(extension, media_type, *((height, width) if turned else (width, height)))


def _too_many() -> NotKept:
    return NotKept(_("It has more than %(limit)d million pixels.") % {"limit": MOST_PIXELS // 1_000_000})
