"""XML read safely (no document types, entities, network), and text with codes as XML and back."""

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from workflow.articles import codes
from workflow.articles.codes import Node, Pair, Standalone, Token
from workflow.messages import gettext_noop

from .units import Refused

_NO_XML = gettext_noop("This is not XML, or it is damaged: %(detail)s")
_DECLARES = gettext_noop("The file declares a document type; such files are not read.")
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def parse_xml(data: bytes) -> etree._Element:
    """The root element.

    Raises:
        Refused: no XML, or one with a document type (where entities are declared).
    """
    squeezed = data[:4096].replace(b"\x00", b"")
    if b"<!DOCTYPE" in squeezed or b"<!ENTITY" in data.replace(b"\x00", b""):
        raise Refused(_DECLARES)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise Refused(_NO_XML, detail=str(error)[:200]) from error
    if root.getroottree().docinfo.doctype:
        raise Refused(_DECLARES)
    return root


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; "" for comments and the like."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def attribute_text(text: str) -> str:
    """Text for an attribute or a note: characters XML cannot hold are left out."""
    return _NOT_IN_XML.sub("", text)


def append_text(parent: etree._Element, text: str, namespace: str) -> None:
    """Adds text after what `parent` holds; characters XML cannot hold become `<cp hex="…"/>` (XLIFF)."""
    at = 0
    for match in _NOT_IN_XML.finditer(text):
        _append(parent, text[at : match.start()])
        etree.SubElement(parent, f"{{{namespace}}}cp", hex=f"{ord(match[0]):04X}")
        at = match.end()
    _append(parent, text[at:])


def _append(parent: etree._Element, text: str) -> None:
    if not text:
        return
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def write_codes(parent: etree._Element, text: str, namespace: str, known: Iterable[int] = ()) -> None:
    """Writes a text form into an XLIFF 2 source or target; codes that do not nest are left out.

    `known` are the codes with original data to point to.
    """
    described = frozenset(known)

    def write(into: etree._Element, nodes: Iterable[Node]) -> None:
        for node in nodes:
            if isinstance(node, str):
                append_text(into, node, namespace)
            elif isinstance(node, Standalone):
                element = etree.SubElement(into, f"{{{namespace}}}ph", id=str(node.id))
                if node.id in described:
                    element.set("dataRef", f"d{node.id}")
            elif isinstance(node, Pair):
                element = etree.SubElement(into, f"{{{namespace}}}pc", id=str(node.id))
                if node.id in described:
                    element.set("dataRefStart", f"d{node.id}")
                write(element, node.children)

    write(parent, codes.parse(codes.mended(text)))


def read_codes(element: etree._Element) -> str:
    """The text form of an XLIFF 2 source or target, the inverse of `write_codes`.

    Tools may split a pair into `sc` and `ec` and add marks of their own (`mrk`, `sm`, `em`): these go.
    """
    return codes.join(_tokens(element))


def _tokens(element: etree._Element) -> Iterator[Token]:
    if element.text:
        yield Token("text", text=element.text)
    for child in element:
        yield from _code(child)
        if child.tail:
            yield Token("text", text=child.tail)


def _code(element: etree._Element) -> Iterator[Token]:
    name = local(element)
    number = element.get("startRef") or element.get("id") or ""
    if name == "cp":
        value = element.get("hex", "")
        if re.fullmatch("[0-9A-Fa-f]{1,4}", value) and not 0xD800 <= int(value, 16) <= 0xDFFF:
            yield Token("text", text=chr(int(value, 16)))
    elif name not in ("pc", "ph", "sc", "ec") or not re.fullmatch("[0-9]{1,9}", number):
        yield from _tokens(element)
    elif name == "pc":
        yield Token("open", id=int(number))
        yield from _tokens(element)
        yield Token("close", id=int(number))
    else:
        yield Token({"ph": "standalone", "sc": "open", "ec": "close"}[name], id=int(number))
