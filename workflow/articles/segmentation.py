"""Takes the segments out of article HTML and puts their translations back: `extract` and `render` mirror.

A segment is one unbroken run of text in one block: a heading, a paragraph, the text of a list item before
the list nested in it. What is left, the skeleton, is the same HTML with `<!--key-->` where each segment
stood; no other comment can occur in it (see markup.py). Text in attributes (alternative text of pictures,
titles of links) makes segments of its own. `render(*sources(extract(html))) == html` for canonical html.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from . import codes
from .codes import Code, Node, Pair, Standalone
from .markup import VOID, Element, escape, parse, serialise

PREFIXES = {
    "title": "title",
    "byline": "byline",
    "dateline": "dateline",
    "heading": "h",
    "paragraph": "p",
    "list_item": "li",
    "quote": "q",
    "caption": "cap",
    "alt": "alt",
    "table_cell": "td",
}
KINDS = tuple(PREFIXES)

# The innermost of these round a run of text says what kind of segment it is.
_KIND_OF_TAG = {
    "td": "table_cell", "th": "table_cell", "figcaption": "caption", "caption": "caption",
    "li": "list_item", "dt": "list_item", "dd": "list_item", "blockquote": "quote",
    "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
}  # fmt: skip
_ONCE = frozenset({"title", "byline", "dateline"})
_TEXT_ATTRIBUTES = ("alt", "title")
_PLACE = re.compile(r"<!--([a-z]+[0-9]*)-->")


class MissingSegment(KeyError):
    """A translation was to be put back and one of its segments is not there."""

    def __str__(self) -> str:
        return f"Segment {self.args[0]} has no text to put in its place."


@dataclass(frozen=True)
class SegmentText:
    """One segment: key (unique in the document), kind, text with inline codes, what those stand for."""

    key: str
    kind: str
    text: str
    codes: tuple[Code, ...] = ()


@dataclass(frozen=True)
class Document:
    """An article taken apart: the skeleton and its segments in reading order."""

    skeleton: str
    segments: tuple[SegmentText, ...]


Targets = Mapping[str, tuple[str, Sequence[Code]]]


def extract(html: str) -> Document:
    """Takes the segments out of sanitised HTML.

    Keys say the kind and count it through the document: `title`, `p1`, `li3`. They are stable for the
    same HTML; between revisions segments are matched by their text (alignment.py), not by key.
    """
    taker = _Extraction()
    return Document(taker.block(parse(html), "paragraph"), tuple(taker.segments))


def sources(document: Document) -> tuple[str, Targets]:
    """Skeleton and source texts, as `render` wants them: `render(*sources(document))` is the article."""
    return document.skeleton, {segment.key: (segment.text, segment.codes) for segment in document.segments}


def render(skeleton: str, targets: Targets) -> str:
    """Puts texts into the places of their segments; the inverse of `extract`.

    Args:
        skeleton: from `extract`.
        targets: key → (text with inline codes, what the codes stand for: those of the source segment).
    Codes that do not nest, or that the segment does not know, are left out of the HTML.

    Raises:
        MissingSegment: a place has no text.
    """

    def put_back(match: re.Match[str]) -> str:
        key = match[1]
        if key not in targets:
            raise MissingSegment(key)
        text, known = targets[key]
        if key.startswith(PREFIXES["alt"]):
            return escape(codes.plain(text), quote=True)
        return _to_html(codes.parse(codes.mended(text)), {code.id: code for code in known})

    def _to_html(nodes: Iterable[Node], meaning: Mapping[int, Code]) -> str:
        parts = []
        for node in nodes:
            if isinstance(node, str):
                parts.append(escape(node))
                continue
            inner = _to_html(node.children, meaning) if isinstance(node, Pair) else ""
            code = meaning.get(node.id)
            # The text of a code's attribute (a link's title) is a segment too, filled in the same way.
            parts.append(_PLACE.sub(put_back, _element(code.tag, code.attrs, inner)) if code else inner)
        return "".join(parts)

    return _PLACE.sub(put_back, skeleton)


def _element(tag: str, attrs: Iterable[tuple[str, str]], inner: str) -> str:
    """An element with its inner HTML; a place in an attribute is written as it is, everything else escaped.

    Escaped values hold no `<`, so nothing but a place can look like one.
    """
    opening = [tag]
    for name, value in attrs:
        place = name in _TEXT_ATTRIBUTES and _PLACE.fullmatch(value)
        opening.append(f'{name}="{value if place else escape(value, quote=True)}"')
    if tag in VOID:
        return f"<{' '.join(opening)}>{inner}"
    return f"<{' '.join(opening)}>{inner}</{tag}>"


class _Extraction:
    """Walks the blocks once, collecting segments and writing the skeleton."""

    def __init__(self) -> None:
        self.segments: list[SegmentText] = []
        self.count: Counter[str] = Counter()

    def block(self, element: Element, kind: str) -> str:
        """The skeleton of a block whose loose text is of `kind`."""
        parts: list[str] = []
        run: list[Element | str] = []
        for child in element.children:
            if isinstance(child, str) or child.inline:
                run.append(child)
                continue
            parts.append(self.run(run, kind))
            run = []
            if child.tag == "pre":
                parts.append(serialise(child))
            else:
                attrs = self.attributes(child)
                parts.append(_element(child.tag, attrs, self.block(child, self.kind(child, kind))))
        parts.append(self.run(run, kind))
        return "".join(parts)

    def kind(self, element: Element, outer: str) -> str:
        if element.tag == "h1":
            return "heading" if self.count["title"] else "title"
        if element.tag == "p" and element.attrs.get("class") in ("byline", "dateline"):
            kind = element.attrs["class"]
            return "paragraph" if self.count[kind] else kind
        return _KIND_OF_TAG.get(element.tag, outer)

    def run(self, run: list[Element | str], kind: str) -> str:
        """The skeleton of a run of inline nodes: its key, with the white space round it kept outside."""
        nodes = list(run)
        before = after = ""
        if nodes and isinstance(nodes[0], str):
            stripped = nodes[0].lstrip(" \t\n\r\f")
            before, nodes[0] = nodes[0][: len(nodes[0]) - len(stripped)], stripped
        if nodes and isinstance(nodes[-1], str):
            stripped = nodes[-1].rstrip(" \t\n\r\f")
            after, nodes[-1] = nodes[-1][len(stripped) :], stripped
        if not any(character.isalnum() for node in nodes for character in _text(node)):
            return "".join(self.untranslated(node) for node in run)
        place, key = len(self.segments), self.key(kind)
        found: list[Code] = []
        tree = self.inline(nodes, found)
        self.segments.insert(place, SegmentText(key, kind, codes.serialise(tree), tuple(found)))
        return f"{before}<!--{key}-->{after}"

    def inline(self, nodes: Iterable[Element | str], found: list[Code]) -> list[Node]:
        """Inline elements as codes, numbered in the order in which they open."""
        tree: list[Node] = []
        for node in nodes:
            if isinstance(node, str):
                tree.append(node)
                continue
            number = len(found) + 1
            found.append(Code(number, node.tag, tuple(self.attributes(node))))
            if node.tag in VOID:
                tree.append(Standalone(number))
            else:
                tree.append(Pair(number, tuple(self.inline(node.children, found))))
        return tree

    def untranslated(self, node: Element | str) -> str:
        if isinstance(node, str):
            return serialise(node)
        attrs = self.attributes(node)
        return _element(node.tag, attrs, "".join(self.untranslated(child) for child in node.children))

    def attributes(self, element: Element) -> list[tuple[str, str]]:
        """The attributes, with a place instead of each text that is read out or shown."""
        attrs = []
        for name, value in element.attrs.items():
            if name in _TEXT_ATTRIBUTES and any(character.isalnum() for character in value):
                key = self.key("alt")
                self.segments.append(SegmentText(key, "alt", codes.escape(value)))
                value = f"<!--{key}-->"
            attrs.append((name, value))
        return attrs

    def key(self, kind: str) -> str:
        self.count[kind] += 1
        return PREFIXES[kind] if kind in _ONCE else f"{PREFIXES[kind]}{self.count[kind]}"


def _text(node: Element | str) -> str:
    return node if isinstance(node, str) else node.text()
