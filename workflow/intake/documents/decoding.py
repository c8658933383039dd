"""Bytes to text: UTF-8, or UTF-16 with its byte order mark; anything else is refused with the place."""

import codecs
import re

from workflow.messages import gettext_noop

from .refusals import Refused

_BINARY_KINDS = (
    (b"%PDF", gettext_noop("This is a PDF file. Hand in the text as DOCX, HTML, Markdown or plain text.")),
    (
        b"\xd0\xcf\x11\xe0",
        gettext_noop("This is a file of an old Word version (.doc). Save it as .docx and hand that in."),
    ),
    (b"{\\rtf", gettext_noop("This is an RTF file. Save it as .docx and hand that in.")),
)
_BINARY = gettext_noop("This is not a text: the file holds binary data.")
# Characters no text editor writes: control characters other than tab, line and page ends, and escape.
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")


def decode(name: str, data: bytes) -> str:
    """The text of a file; line ends become `\\n`.

    Raises:
        Refused: binary data, or an encoding other than UTF-8 and UTF-16 with a byte order mark.
    """
    for magic, reason in _BINARY_KINDS:
        if data.startswith(magic):
            raise Refused(name, reason)
    encoding = "utf-8"
    if data.startswith(codecs.BOM_UTF8):
        data = data[len(codecs.BOM_UTF8) :]
        skipped = len(codecs.BOM_UTF8)
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16-le" if data.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
        data = data[2:]
        skipped = 2
    else:
        skipped = 0
    if encoding == "utf-8" and b"\x00" in data:
        raise Refused(name, _BINARY)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if _mostly_binary(data):
            raise Refused(name, _BINARY) from error
        raise Refused(
            name,
            gettext_noop(
                "The text is not in UTF-8: byte %(byte)s at offset %(offset)d is no character. "
                "Save it as UTF-8 and hand it in again."
            ),
            byte=f"0x{data[error.start]:02X}",
            offset=error.start + skipped,
        ) from error
    if len(_CONTROL.findall(text[:100_000])) > min(len(text), 100_000) * 0.01:
        raise Refused(name, _BINARY)
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _mostly_binary(data: bytes) -> bool:
    sample = data[:4096]
    odd = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in sample)
    return odd > len(sample) * 0.02
