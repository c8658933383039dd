"""Reads DOCX by way of HTML (mammoth), after looking at the package before anything unpacks it."""

import io
import zipfile
from typing import Any

import mammoth

from workflow.articles.markup import Element
from workflow.articles.measuring import MOST_BYTES
from workflow.messages import gettext_noop

from .embedded import data_address
from .html import read_html
from .refusals import Refused

_MAX_PARTS = 2_000
_MAX_UNPACKED = 60 * 1024 * 1024
_MAX_TEXT = 20 * 1024 * 1024
_MAX_RATIO = 200
_BROKEN = gettext_noop("The Word file is damaged and cannot be opened.")
_BOMB = gettext_noop("The Word file unpacks to far more than an article; it is not opened.")
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
p[style-name='Heading 1'] => h2:fresh
p[style-name='Heading 2'] => h3:fresh
p[style-name='Heading 3'] => h4:fresh
p[style-name='Heading 4'] => h4:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Byline'] => p.byline:fresh
p[style-name='Dateline'] => p.dateline:fresh
u => u
"""
PICTURES_LEFT_OUT = gettext_noop("Pictures that are not in the Word file, or too large, were left out.")


def is_zip(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04")


def read_docx(name: str, data: bytes) -> tuple[list[Element], list[str]]:
    """The canonical blocks of a Word document, and warnings.

    Tracked insertions count as text and deletions do not; comments are not read.

    Raises:
        Refused: damaged, no Word document, or one that unpacks beyond bounds.
    """
    _check_package(name, data)
    left_out = 0

    def embed(image: Any) -> list[Any]:
        nonlocal left_out
        try:
            with image.open() as stream:
                picture = stream.read(MOST_BYTES + 1)
        # A picture that is only linked to, or a damaged part: mammoth and zipfile raise many things.
        except Exception:
            picture = b""
        if not 0 < len(picture) <= MOST_BYTES:
            left_out += 1
            return []
        attributes = {"src": data_address(image.content_type or "image/unknown", picture)}
        if image.alt_text:
            attributes["alt"] = image.alt_text
        return [mammoth.html.element("img", attributes)]

    try:
        result = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=_STYLES,
            convert_image=embed,
            external_file_access=False,
            include_embedded_style_map=False,
        )
    except RecursionError as error:
        raise Refused(name, _BOMB) from error
    # mammoth raises whatever its parsers meet in a damaged file: KeyError, ExpatError, BadZipFile …
    except Exception as error:
        raise Refused(name, _BROKEN) from error
    blocks, _ = read_html(name, result.value)
    return blocks, [PICTURES_LEFT_OUT] if left_out else []


def _check_package(name: str, data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            if "word/document.xml" not in package.namelist():
                raise Refused(name, gettext_noop("This is a packed file, but not a Word document (.docx)."))
            if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > _MAX_UNPACKED:
                raise Refused(name, _BOMB)
            for part in parts:
                xml = part.filename.endswith((".xml", ".rels"))
                if part.file_size > 1_000_000 and part.file_size > _MAX_RATIO * max(part.compress_size, 1):
                    raise Refused(name, _BOMB)
                if xml and part.file_size > _MAX_TEXT:
                    raise Refused(name, _BOMB)
                if part.flag_bits & 1:
                    raise Refused(name, gettext_noop("The Word file is protected by a password."))
                if xml and _declares_entities(package, part):
                    raise Refused(name, _BROKEN)
    except Refused:
        raise
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise Refused(name, _BROKEN) from error
    except Exception as error:
        # zlib.error, lzma.LZMAError, struct.error: all of them mean a damaged package.
        raise Refused(name, _BROKEN) from error


def _declares_entities(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether an XML part has a document type; Word never writes one, and entities can grow without bound.

    A part in UTF-16 is refused by the same question: Word writes UTF-8.
    """
    with package.open(part) as stream:
        content = stream.read(_MAX_TEXT + 1)
    return (
        len(content) > _MAX_TEXT or b"<!DOCTYPE" in content or content.startswith((b"\xff\xfe", b"\xfe\xff"))
    )
