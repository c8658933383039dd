"""TMX 1.4b: the translation memory out to other tools and back in. Written and read, mirrored.

Only what the caller hands over is written (confirmed units, by the rules of the memory). Inline codes are
`bpt`/`ept` pairs and `ph`; where a text came from stands in `prop` elements.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from lxml import etree

from workflow.articles import codes
from workflow.articles.codes import Token

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DATE = "%Y%m%dT%H%M%SZ"
MAX_BYTES = 50 * 1024 * 1024


class NoTmx(Exception):
    """The file is no TMX that can be read; the message says why."""


@dataclass(frozen=True)
class TmxUnit:
    """A translated segment: texts in text form, locales BCP 47, `changed_at` in UTC to the second."""

    source: str
    target: str
    locale: str
    source_locale: str = "en"
    changed_at: datetime | None = None
    author: str = ""
    properties: tuple[tuple[str, str], ...] = ()


def write_tmx(units: Iterable[TmxUnit], *, version: str = "1") -> bytes:
    """The units as TMX 1.4b in UTF-8. Characters XML cannot hold are left out."""
    root = etree.Element("tmx", version="1.4")
    etree.SubElement(
        root,
        "header",
        {
            "creationtool": "Translation Desk",
            "creationtoolversion": version,
            "segtype": "paragraph",
            "o-tmf": "TranslationDesk",
            "adminlang": "en",
            "srclang": "en",
            "datatype": "xml",
        },
    )
    body = etree.SubElement(root, "body")
    for unit in units:
        element = etree.SubElement(body, "tu", srclang=unit.source_locale)
        if unit.changed_at is not None:
            element.set("changedate", unit.changed_at.astimezone(UTC).strftime(_DATE))
        if unit.author:
            element.set("changeid", _clean(unit.author))
        for name, value in unit.properties:
            etree.SubElement(element, "prop", type=_clean(name)).text = _clean(value)
        for locale, text in ((unit.source_locale, unit.source), (unit.locale, unit.target)):
            segment = etree.SubElement(etree.SubElement(element, "tuv", {_LANG: locale}), "seg")
            _write(segment, codes.mended(text))
    return etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", doctype='<!DOCTYPE tmx SYSTEM "tmx14.dtd">'
    )


def _write(segment: etree._Element, text: str) -> None:
    names = {"open": "bpt", "close": "ept", "standalone": "ph"}
    for token in codes.tokens(text):
        if token.form == "text":
            if len(segment):
                segment[-1].tail = (segment[-1].tail or "") + _clean(token.text)
            else:
                segment.text = (segment.text or "") + _clean(token.text)
            continue
        number = {"ept": {"i": str(token.id)}, "bpt": {"i": str(token.id), "x": str(token.id)}}
        name = names[token.form]
        etree.SubElement(segment, name, number.get(name, {"x": str(token.id)}))


def read_tmx(data: bytes, locale: str, source_locale: str = "en") -> list[TmxUnit]:
    """The units of a TMX file that have both locales; "fr-FR" in the file serves for "fr".

    Raises:
        NoTmx: no TMX, damaged, with declared entities, or over 50 MB.
    """
    if len(data) > MAX_BYTES:
        raise NoTmx(f"The file is too large: at most {MAX_BYTES // 1024 // 1024} MB are read.")
    # TMX files name their document type; only an internal subset, where entities are declared, is refused.
    if b"<!ENTITY" in data.replace(b"\x00", b"") or re.search(
        rb"<!DOCTYPE[^>]*\[", data[:4096].replace(b"\x00", b"")
    ):
        raise NoTmx("The file declares entities; such files are not read.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise NoTmx(f"This is not XML, or it is damaged: {str(error)[:200]}") from error
    if root.tag != "tmx":
        raise NoTmx("This is XML, but not TMX.")
    return [unit for element in root.iter("tu") if (unit := _read_unit(element, locale, source_locale))]


def _read_unit(element: etree._Element, locale: str, source_locale: str) -> TmxUnit | None:
    texts: dict[str, str] = {}
    for variant in element.findall("tuv"):
        language = variant.get(_LANG) or variant.get("lang") or ""
        segment = variant.find("seg")
        if segment is None:
            continue
        for wanted in (locale, source_locale):
            if _serves(language, wanted):
                texts.setdefault(wanted, codes.mended(codes.join(_tokens(segment))))
    if not texts.get(locale, "").strip() or not texts.get(source_locale, "").strip():
        return None
    return TmxUnit(
        source=texts[source_locale],
        target=texts[locale],
        locale=locale,
        source_locale=source_locale,
        changed_at=_date(element.get("changedate") or element.get("creationdate")),
        author=element.get("changeid") or element.get("creationid") or "",
        properties=tuple((prop.get("type", ""), prop.text or "") for prop in element.findall("prop")),
    )


def _tokens(element: etree._Element) -> Iterator[Token]:
    if element.text:
        yield Token("text", text=element.text)
    for child in element:
        number = child.get("i") or child.get("x") or ""
        form = {"bpt": "open", "ept": "close", "ph": "standalone"}.get(str(child.tag))
        if form and re.fullmatch("[0-9]{1,9}", number):
            # What stands inside is the mark-up of the tool that wrote the file.
            yield Token(form, id=int(number))
        elif child.tag in ("hi", "sub"):
            yield from _tokens(child)
        if child.tail:
            yield Token("text", text=child.tail)


def _serves(language: str, wanted: str) -> bool:
    language, wanted = language.lower().replace("_", "-"), wanted.lower()
    return language == wanted or language.split("-")[0] == wanted


def _date(value: str | None) -> datetime | None:
    try:
        return datetime.strptime(value or "", _DATE).replace(tzinfo=UTC)
    except ValueError:
        return None


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("", text)
