"""A very small tree for article HTML: read it, walk it, write it back in one canonical way.

Meant for sanitised HTML only: the reader expects tags that close, and keeps no comments, scripts or
processing instructions. Writing escapes `&`, `<` and `>` everywhere (and `"` in attributes), so a comment
can never appear in what is written except where segmentation puts one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"br", "hr", "img", "wbr"})
_INLINE_TAGS = """
a abbr b bdi bdo br cite code del dfn em i img ins kbd mark q s samp small span strong sub sup time u var wbr
"""
INLINE = frozenset(_INLINE_TAGS.split())


@dataclass(eq=False)
class Element:
    """One element; `children` holds elements and strings (unescaped text). Two elements are never equal."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    @property
    def inline(self) -> bool:
        """Whether it stands inside a line of text: an inline tag with no block below it."""
        return self.tag in INLINE and all(isinstance(child, str) or child.inline for child in self.children)

    def text(self) -> str:
        """All text below the element, as it is."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)

    def find(self, tags: Iterable[str]) -> "list[Element]":
        """The elements below with one of the tags, in document order."""
        wanted = frozenset(tags)
        found: list[Element] = []
        for child in self.children:
            if isinstance(child, Element):
                if child.tag in wanted:
                    found.append(child)
                found.extend(child.find(wanted))
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        # A closing tag without its opening one is passed over; one that skips levels closes them all.
        if any(element.tag == tag for element in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        children = self.open[-1].children
        if children and isinstance(children[-1], str):
            children[-1] += data
        else:
            children.append(data)


def parse(html: str) -> Element:
    """The HTML as a tree under a nameless root."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root


def serialise(node: Element | str) -> str:
    """The canonical HTML of a node; `serialise(parse(html)) == html` for canonical html."""
    if isinstance(node, str):
        return escape(node)
    inner = "".join(serialise(child) for child in node.children)
    if not node.tag:
        return inner
    opening = start_tag(node.tag, node.attrs.items())
    return opening if node.tag in VOID else f"{opening}{inner}</{node.tag}>"


def start_tag(tag: str, attrs: Iterable[tuple[str, str]]) -> str:
    """An opening tag with its attributes in the order given."""
    written = [f'{name}="{escape(value, quote=True)}"' for name, value in attrs]
    return f"<{' '.join([tag, *written])}>"


def escape(text: str, quote: bool = False) -> str:
    """Text for HTML content, or with `quote` for an attribute value."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;") if quote else text
