"""Small pictures for the tests, made on the spot."""

import base64
import io

from PIL import Image

KINDS = {"JPEG": "jpg", "PNG": "png", "GIF": "gif", "WEBP": "webp", "AVIF": "avif"}


def picture(
    kind: str = "PNG", size: tuple[int, int] = (24, 16), colour: str = "teal", turned: int = 1
) -> bytes:
    """The bytes of a picture in one colour; `turned` is its Exif orientation."""
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = turned
    Image.new("RGB", size, colour).save(out, kind, **({"exif": exif} if turned != 1 else {}))
    return out.getvalue()


def inside(data: bytes, media_type: str = "image/png") -> str:
    """The picture as an address that has it inside."""
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"
