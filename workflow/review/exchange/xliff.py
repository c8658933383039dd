"""XLIFF 2.1 (OASIS) for OmegaT, Trados and their like: `write_xliff` and `read_xliff` mirror.

States: a draft is `initial` with subState `desk:draft`, an edited target `translated`, a confirmed one
`reviewed`, and `final` once the translation is released. Inline codes are `<pc>` and `<ph>` with what they
stand for as original data. Version and target hash travel in the metadata module of each unit.
"""

from lxml import etree

from workflow.articles.markup import start_tag

from .units import (
    CONFIRMED,
    DRAFT,
    EDITED,
    EMPTY,
    NOT_OURS,
    ExchangeFile,
    ExchangeUnit,
    Refused,
    checked,
    distinct,
    gettext_noop,
    whole_number,
)
from .xml import attribute_text, local, parse_xml, read_codes, write_codes

CORE = "urn:oasis:names:tc:xliff:document:2.0"
META = "urn:oasis:names:tc:xliff:metadata:2.0"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_CATEGORY = "translation-desk"
_STATES = {DRAFT: "initial", EDITED: "translated", CONFIRMED: "reviewed"}
_NO_XLIFF = gettext_noop("This is XML, but not XLIFF 2.")


def write_xliff(file: ExchangeFile) -> bytes:
    """The translation as XLIFF 2.1 in UTF-8; codes that do not nest are left out of a target."""
    root = etree.Element(
        _core("xliff"),
        {"version": "2.1", "srcLang": "en", "trgLang": file.locale},
        nsmap={None: CORE, "mda": META},
    )
    body = etree.SubElement(root, _core("file"), id="f1", original=f"article-{file.article_id}")
    body.set(_SPACE, "preserve")
    _write_metadata(
        body,
        {
            "article": str(file.article_id),
            "title": file.title,
            "revision": str(file.revision),
            "translation": str(file.translation_id),
            "version": str(file.version),
            "final": "yes" if file.final else "no",
        },
    )
    for unit in sorted(file.units, key=lambda unit: unit.order):
        _write_unit(body, unit, final=file.final)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=False)


def _write_unit(body: etree._Element, unit: ExchangeUnit, *, final: bool) -> None:
    element = etree.SubElement(body, _core("unit"), id=unit.key)
    _write_metadata(element, {"version": str(unit.version), "target": unit.target_hash})
    remarks = [*(("context", note) for note in unit.notes), *(("check", check) for check in unit.findings)]
    if unit.previous_source is not None:
        remarks.append(("previous-source", unit.previous_source))
    if remarks:
        notes = etree.SubElement(element, _core("notes"))
        for category, text in remarks:
            etree.SubElement(notes, _core("note"), category=category).text = attribute_text(text)
    if unit.codes:
        original = etree.SubElement(element, _core("originalData"))
        for code in unit.codes:
            data = etree.SubElement(original, _core("data"), id=f"d{code.id}")
            data.text = attribute_text(start_tag(code.tag, code.attrs))
    segment = etree.SubElement(element, _core("segment"), id="s1")
    known = [code.id for code in unit.codes]
    write_codes(etree.SubElement(segment, _core("source")), unit.source, CORE, known)
    if unit.state == EMPTY or not unit.target:
        segment.set("state", "initial")
        return
    segment.set("state", "final" if final and unit.state == CONFIRMED else _STATES[unit.state])
    if unit.state == DRAFT:
        segment.set("subState", "desk:draft")
    write_codes(etree.SubElement(segment, _core("target")), unit.target, CORE, known)


def _write_metadata(parent: etree._Element, values: dict[str, str]) -> None:
    group = etree.SubElement(
        etree.SubElement(parent, f"{{{META}}}metadata"), f"{{{META}}}metaGroup", category=_CATEGORY
    )
    for name, value in values.items():
        etree.SubElement(group, f"{{{META}}}meta", type=name).text = attribute_text(value)


def read_xliff(data: bytes) -> ExchangeFile:
    """The translation in an XLIFF 2.0 or 2.1 file, as it came back.

    Segments that a tool has split are joined; a unit is confirmed if all of them are reviewed or final.

    Raises:
        Refused: no XLIFF 2, not exported here, too large, or a unit twice.
    """
    root = parse_xml(checked(data))
    if root.tag != _core("xliff") or not root.get("version", "").startswith("2."):
        raise Refused(_NO_XLIFF)
    body = root.find(_core("file"))
    locale = root.get("trgLang")
    if body is None or not locale:
        raise Refused(NOT_OURS)
    known = _metadata(body)
    units = [_read_unit(element, order) for order, element in enumerate(body.iter(_core("unit")))]
    return ExchangeFile(
        locale=locale,
        article_id=whole_number(known.get("article")),
        title=known.get("title", ""),
        revision=whole_number(known.get("revision")),
        translation_id=whole_number(known.get("translation")),
        version=whole_number(known.get("version")),
        units=distinct(units),
        final=known.get("final") == "yes",
    )


def _read_unit(element: etree._Element, order: int) -> ExchangeUnit:
    pieces = [child for child in element if child.tag in (_core("segment"), _core("ignorable"))]
    source = "".join(_text(piece, "source") for piece in pieces)
    target = "".join(
        _text(piece, "target")
        if piece.tag == _core("segment") or piece.find(_core("target")) is not None
        else _text(piece, "source")
        for piece in pieces
    )
    segments = [piece for piece in pieces if piece.tag == _core("segment")]
    if not any(piece.find(_core("target")) is not None for piece in segments):
        target = ""
    known = _metadata(element)
    version = known.get("version", "0")
    remarks = [(note.get("category"), note.text or "") for note in element.iter(_core("note"))]
    return ExchangeUnit(
        key=element.get("id", ""),
        source=source,
        target=target,
        state=_state(segments, target),
        previous_source=next((text for category, text in remarks if category == "previous-source"), None),
        notes=tuple(text for category, text in remarks if category == "context"),
        findings=tuple(text for category, text in remarks if category == "check"),
        order=order,
        version=int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0,
        target_hash=known.get("target", ""),
    )


def _state(segments: list[etree._Element], target: str) -> str:
    if not target:
        return EMPTY
    states = {segment.get("state", "initial") for segment in segments}
    if states <= {"reviewed", "final"}:
        return CONFIRMED
    return DRAFT if states == {"initial"} else EDITED


def _text(piece: etree._Element, name: str) -> str:
    found = piece.find(_core(name))
    return read_codes(found) if found is not None else ""


def _metadata(parent: etree._Element) -> dict[str, str]:
    return {
        meta.get("type", ""): meta.text or ""
        for metadata in parent.findall(f"{{{META}}}metadata")
        for group in metadata
        if local(group) == "metaGroup" and group.get("category") == _CATEGORY
        for meta in group
        if local(meta) == "meta"
    }


def _core(name: str) -> str:
    return f"{{{CORE}}}{name}"
