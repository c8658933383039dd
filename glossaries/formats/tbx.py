"""Glossaries as TBX-Basic, the terminology exchange of ISO 30042:2019 in its DCA style; older TBX is read too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from glossaries.formats.errors import GlossaryFormatError, RowError, RowRefused, bounded, mode_named
from glossaries.matching.concepts import Concept, Mode, Status, Term

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_STATUS = {
    Status.PREFERRED: "preferredTerm-admn-sts",
    Status.ADMITTED: "admittedTerm-admn-sts",
    Status.FORBIDDEN: "deprecatedTerm-admn-sts",
}
_READ_STATUS = {value: status for status, value in _STATUS.items()} | {
    "supersededTerm-admn-sts": Status.FORBIDDEN,
    "preferred": Status.PREFERRED,
    "admitted": Status.ADMITTED,
    "deprecated": Status.FORBIDDEN,
    "obsolete": Status.FORBIDDEN,
}
_POS = {
    "proper noun": "properNoun",
    "noun": "noun",
    "verb": "verb",
    "adjective": "adjective",
    "adverb": "adverb",
}
_READ_POS = {value: pos for pos, value in _POS.items()} | {"other": ""}
# What TBX-Basic has no category for travels in notes of the term, `key: value`.
_NOTE = re.compile(r"^(mode|case_sensitive|pos|form): (.*)$", re.DOTALL)
# A character an xml:id cannot hold, by its code point; beyond 10ffff there is none.
_QUOTED = re.compile(r"_((?:10|0?[0-9a-f])?[0-9a-f]{1,4})_")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def read(data: bytes) -> tuple[list[Concept], list[RowError]]:
    """Concepts of a TBX file and the entries that were left out; raises GlossaryFormatError when it is no TBX."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(bounded(data), parser)
    except etree.XMLSyntaxError as error:
        raise GlossaryFormatError(
            message="the file is not well-formed XML: %(detail)s", detail=error
        ) from None
    if _name(root) not in ("tbx", "martif"):
        raise GlossaryFormatError(message="the file is XML but not TBX: its root must be <tbx> or <martif>")
    if next(root.iter(etree.Entity), None) is not None:
        raise GlossaryFormatError(message="the file defines its own entities, which are not read for safety")
    found: list[Concept] = []
    errors: list[RowError] = []
    seen: set[str] = set()
    entries = (element for element in root.iter() if _name(element) in ("conceptEntry", "termEntry"))
    for number, entry in enumerate(entries, start=1):
        try:
            concept = _concept(entry, number)
            if concept.id in seen:
                raise RowRefused(message="%(concept)s was already used by an entry above", concept=concept.id)
        except RowRefused as error:
            errors.append(RowError(entry.sourceline or 0, error))
            continue
        seen.add(concept.id)
        found.append(concept)
    return found, errors


def write(concepts: Iterable[Concept]) -> bytes:
    """A TBX-Basic file (DCA style), the mirror of `read`."""
    root = etree.Element(
        _tag("tbx"), {"type": "TBX-Basic", "style": "dca", _LANG: "en"}, nsmap={None: NAMESPACE}
    )
    header = etree.SubElement(root, _tag("tbxHeader"))
    description = etree.SubElement(header, _tag("fileDesc"))
    _leaf(
        etree.SubElement(description, _tag("sourceDesc")),
        "p",
        "Exported from the termbase of the translation desk",
    )
    body = etree.SubElement(etree.SubElement(root, _tag("text")), _tag("body"))
    for concept in concepts:
        entry = etree.SubElement(body, _tag("conceptEntry"), id=_xml_id(concept.id))
        if concept.domain:
            _leaf(entry, "descrip", concept.domain, type="subjectField")
        if concept.definition:
            _leaf(entry, "descrip", concept.definition, type="definition")
        if concept.note:
            _leaf(entry, "note", concept.note)
        for locale in dict.fromkeys(term.locale for term in concept.terms):
            section = etree.SubElement(entry, _tag("langSec"), {_LANG: locale})
            for term in concept.terms:
                if term.locale == locale:
                    _write_term(section, term)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _write_term(section: etree._Element, term: Term) -> None:
    element = etree.SubElement(section, _tag("termSec"))
    _leaf(element, "term", term.text)
    if term.pos:
        _leaf(element, "termNote", _POS.get(term.pos, "other"), type="partOfSpeech")
    _leaf(element, "termNote", _STATUS[term.status], type="administrativeStatus")
    if term.pos and term.pos not in _POS:
        _leaf(element, "note", f"pos: {term.pos}")
    if term.mode != Mode.INFLECTING:
        _leaf(element, "note", f"mode: {term.mode.value}")
    if term.case_sensitive:
        _leaf(element, "note", "case_sensitive: yes")
    for form in term.forms:
        _leaf(element, "note", f"form: {form}")


def _concept(entry: etree._Element, number: int) -> Concept:
    identity = _plain_id(entry.get("id") or f"entry-{number}")
    domain = definition = note = ""
    terms: list[Term] = []
    for child in entry:
        kind = child.get("type")
        for part in [child, *child] if _name(child) == "descripGrp" else [child]:
            kind = part.get("type")
            if kind == "subjectField":
                domain = _text(part)
            elif kind == "definition":
                definition = _text(part)
            elif _name(part) == "note":
                note = _text(part)
        if _name(child) in ("langSec", "langSet"):
            locale = child.get(_LANG) or child.get("lang")
            if not locale:
                raise RowRefused(
                    message="%(concept)s has a language section without xml:lang", concept=identity
                )
            terms += _terms(identity, child, locale)
    if not terms:
        raise RowRefused(message="%(concept)s has no terms", concept=identity)
    return Concept(identity, domain, definition, note, tuple(terms))


def _terms(identity: str, section: etree._Element, locale: str) -> Iterator[Term]:
    for element in section:
        if _name(element) not in ("termSec", "tig", "ntig"):
            continue
        text, pos, status, mode, cased = "", "", Status.PREFERRED, Mode.INFLECTING, False
        forms: list[str] = []
        for part in element.iter():
            kind, value = part.get("type"), _text(part)
            if _name(part) == "term":
                text = value
            elif kind == "partOfSpeech":
                pos = _READ_POS.get(value, value)
            elif kind in ("administrativeStatus", "normativeAuthorization"):
                status = _READ_STATUS.get(value, status)
            elif _name(part) == "note" and (match := _NOTE.match(value)):
                key, content = match.groups()
                if key == "mode":
                    mode = mode_named(identity, content)
                elif key == "case_sensitive":
                    cased = content == "yes"
                elif key == "pos":
                    pos = content
                else:
                    forms.append(content)
        if not text:
            raise RowRefused(
                message="%(concept)s has an empty term in %(locale)s", concept=identity, locale=locale
            )
        yield Term(locale, text, status, pos, mode, cased, tuple(forms))


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _leaf(parent: etree._Element, name: str, text: str, **attributes: str) -> None:
    etree.SubElement(parent, _tag(name), attributes).text = _CONTROL.sub("", text)


def _text(element: etree._Element) -> str:
    return "".join(str(piece) for piece in element.itertext()).strip()


def _xml_id(identity: str) -> str:
    """An xml:id for any concept id; characters it cannot hold are written `_hex_`."""
    quoted = re.sub(r"[^A-Za-z0-9.-]", lambda m: f"_{ord(m.group()):x}_", identity)
    return quoted if quoted[:1].isalpha() or quoted[:1] == "_" else f"_{ord(quoted[0]):x}_{quoted[1:]}"


def _plain_id(quoted: str) -> str:
    return _QUOTED.sub(lambda m: chr(int(m.group(1), 16)), quoted)
