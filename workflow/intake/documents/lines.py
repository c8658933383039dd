"""Inline content made canonical: one space between words, no invisible characters, no empty mark-up."""

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from workflow.articles.markup import Element

from .embedded import embedded

Nodes = list["Element | str"]

_SAME = {"b": "strong", "i": "em", "var": "em", "kbd": "code", "samp": "code"}
_KEPT = frozenset({"strong", "em", "u", "sup", "sub", "code", "abbr", "q", "cite"})
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
# Where pages that load their pictures late keep the address; `src` has a placeholder then.
LATE = ("data-src", "data-lazy-src", "data-original")
# A picture that came inside an earlier text of the article (articles/pictures.py).
_KEPT_PICTURE = re.compile(r"picture:[0-9a-f]{64}")
# Zero-width space and joiners of lines, soft hyphen, byte order mark, and the controls of writing direction:
# none belongs into an English text, and hidden ones have been used to make a text read otherwise than it is.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_SPACES = re.compile(r"[\s\x1c-\x1f\x85]+")


def clean_text(text: str) -> str:
    """Text in NFC without invisible characters, with every run of white space as one plain space."""
    return _SPACES.sub(" ", without_invisible(text))


def without_invisible(text: str) -> str:
    """Text in NFC without invisible characters, its white space as it was."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def inline(nodes: Iterable[Element | str], base_url: str = "") -> Nodes:
    """The canonical form of a run of inline nodes; empty if there is neither text nor a picture in it.

    Spaces are moved out of mark-up (`<b>a </b>b` → `<strong>a</strong> b`), neighbours with the same
    mark-up joined, mark-up round nothing and line breaks at the edges dropped.
    """
    kept = _trimmed(_spaced(_joined(_canonical(nodes, base_url, frozenset()))))
    return kept if any(has_content(node) for node in kept) else []


def has_content(node: Element | str) -> bool:
    """Whether there is anything to see: text other than spaces, or a picture."""
    if isinstance(node, str):
        return bool(node.strip())
    return node.tag == "img" or any(has_content(child) for child in node.children)


def split_at_breaks(nodes: Nodes) -> list[Nodes]:
    """Cuts a run at every pair of line breaks, which people use for a new paragraph."""
    parts: list[Nodes] = [[]]
    waiting: Nodes = []
    for node in nodes:
        if isinstance(node, Element) and node.tag == "br":
            waiting.append(node)
            continue
        if isinstance(node, str) and not node.strip() and waiting:
            continue
        if len(waiting) > 1:
            parts.append([])
        elif parts[-1]:
            parts[-1].extend(waiting)
        waiting = []
        parts[-1].append(node)
    return [part for part in (_trimmed(part) for part in parts) if part]


def allowed_url(url: str, base_url: str = "") -> str:
    """The absolute address of a link or picture, or "" if it has none that may be followed."""
    try:
        address = urljoin(base_url, url.strip()) if base_url else url.strip()
        parts = urlsplit(address)
    except ValueError:
        return ""
    address = re.sub(r"\s", "%20", address)
    if parts.scheme.lower() in ("http", "https") and not parts.netloc:
        return ""
    return address if parts.scheme.lower() in _SCHEMES else ""


def picture_url(url: str, base_url: str = "") -> str:
    """The address of a picture: on the web, or inside the document; "" if it has none that can be kept."""
    if url[:5].lower() == "data:":
        return embedded(url)
    if _KEPT_PICTURE.fullmatch(url):
        return url
    address = allowed_url(url, base_url) if url else ""
    return address if address.startswith(("http:", "https:")) else ""


def _canonical(nodes: Iterable[Element | str], base_url: str, inside: frozenset[str]) -> Nodes:
    found: Nodes = []
    for node in nodes:
        if isinstance(node, str):
            found.append(clean_text(node))
            continue
        tag = _SAME.get(node.tag, node.tag)
        attrs = _attributes(node, tag, base_url)
        if tag == "br":
            found.append(Element("br"))
        elif tag == "img":
            if attrs:
                found.append(Element("img", attrs))
        elif tag in inside or (tag not in _KEPT and not attrs):
            found.extend(_canonical(node.children, base_url, inside))
        else:
            children = _canonical(node.children, base_url, inside | {tag})
            found.append(Element(tag, attrs, children))
    return found


def _attributes(node: Element, tag: str, base_url: str) -> dict[str, str]:
    """The attributes kept; none at all means that a link, picture or span is not worth keeping."""
    given = {name: clean_text(value).strip() for name, value in node.attrs.items()}
    if tag == "a":
        href = allowed_url(given.get("href", ""), base_url)
        title = {"title": given["title"]} if given.get("title") else {}
        return {"href": href, **title} if href else {}
    if tag == "img":
        places = (picture_url(given.get(name, ""), base_url) for name in (*LATE, "src"))
        src = next((place for place in places if place), "")
        if not src:
            return {}
        sizes = {
            name: given[name]
            for name in ("width", "height")
            if given.get(name, "").isascii() and given.get(name, "").isdigit()
        }
        return {"src": src, "alt": given.get("alt", ""), **sizes}
    if tag == "span":
        # That the text is English goes without saying, and Word says it of every run of letters.
        lang = given.get("lang", "")
        foreign = re.fullmatch(r"(?!en\b)[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", lang, re.I)
        return {"lang": lang} if foreign else {}
    if tag == "abbr" and given.get("title"):
        return {"title": given["title"]}
    return {}


def _joined(nodes: Nodes) -> Nodes:
    """Joins neighbouring texts and neighbouring elements with the same mark-up; drops empty elements."""
    found: Nodes = []
    for node in nodes:
        if isinstance(node, str):
            if found and isinstance(found[-1], str):
                found[-1] += node
            elif node:
                found.append(node)
            continue
        if node.tag not in ("br", "img"):
            if not node.children:
                continue
            last = found[-1] if found else None
            if isinstance(last, Element) and (last.tag, last.attrs) == (node.tag, node.attrs):
                last.children.extend(node.children)
                continue
        found.append(node)
    for node in found:
        if isinstance(node, Element):
            node.children = _joined(node.children)
    return found


def _spaced(nodes: Nodes) -> Nodes:
    """Moves spaces out of elements and leaves one space where several meet; drops what became empty."""
    moved: Nodes = []
    for node in nodes:
        if isinstance(node, str) or node.tag in ("br", "img"):
            moved.append(node)
            continue
        children = _spaced(node.children)
        before = after = ""
        if children and isinstance(children[0], str):
            before = " " if children[0].startswith(" ") else ""
            children[0] = children[0].lstrip(" ")
        if children and isinstance(children[-1], str):
            after = " " if children[-1].endswith(" ") else ""
            children[-1] = children[-1].rstrip(" ")
        children = [child for child in children if child != ""]
        if any(
            has_content(child) or (isinstance(child, Element) and child.tag == "br") for child in children
        ):
            moved.extend([before, Element(node.tag, node.attrs, children), after])
        else:
            moved.append(" " if before or after else "")
    found: Nodes = []
    for node in _joined(moved):
        if isinstance(node, str):
            text = _SPACES.sub(" ", node)
            if found and isinstance(found[-1], Element) and found[-1].tag == "br":
                text = text.lstrip(" ")
            if text:
                found.append(text)
        else:
            if node.tag == "br" and found and isinstance(found[-1], str):
                found[-1] = found[-1].rstrip(" ")
                if not found[-1]:
                    found.pop()
            found.append(node)
    return found


def _trimmed(nodes: Nodes) -> Nodes:
    """Without spaces and line breaks at the edges."""
    found = list(nodes)
    for edge in (0, -1):
        while found:
            node = found[edge]
            if isinstance(node, str):
                text = node.lstrip(" ") if edge == 0 else node.rstrip(" ")
                if text:
                    found[edge] = text
                    break
                found.pop(edge)
            elif node.tag == "br":
                found.pop(edge)
            else:
                break
    return found
