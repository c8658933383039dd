"""Builds the canonical blocks of an article from a tree of sanitised HTML.

Canonical blocks, one a line at the top level: h1 (once), h2–h4, p, ul/ol with li (nested lists inside the
item), blockquote of blocks, figure with img and figcaption, table of tr of th/td, hr, pre. Containers such
as div and section are taken away, text loose in them becomes paragraphs.
"""

from collections.abc import Iterable

from workflow.articles.markup import Element, serialise

from .lines import Nodes, has_content, inline, split_at_breaks, without_invisible

_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
_MASTHEAD = ("byline", "dateline")


def build(root: Element, base_url: str = "") -> list[Element]:
    """The canonical blocks below `root`; addresses of links and pictures are made absolute by `base_url`."""
    return _without_second_title(_Builder(base_url).blocks(root.children))


def to_html(blocks: Iterable[Element]) -> str:
    """Canonical HTML of the blocks, one top-level block a line."""
    return "".join(serialise(block) + "\n" for block in blocks)


def _without_second_title(blocks: list[Element]) -> list[Element]:
    titles = [block for block in blocks if block.tag == "h1"]
    for block in titles[1:]:
        block.tag = "h2"
    return blocks


class _Builder:
    def __init__(self, base_url: str) -> None:
        self.base_url = base_url

    def blocks(self, nodes: Iterable[Element | str]) -> list[Element]:
        """Block children as canonical blocks; each run of inline nodes between them as paragraphs."""
        found: list[Element] = []
        run: Nodes = []
        for node in nodes:
            if isinstance(node, str) or node.inline:
                run.append(node)
                continue
            found.extend(self.paragraphs(run))
            run = []
            found.extend(self.block(node))
        found.extend(self.paragraphs(run))
        return _with_lists(found)

    def block(self, element: Element) -> list[Element]:
        tag = element.tag
        if tag in _HEADINGS:
            line = self.line(element)
            return [Element(tag if tag == "h1" else _HEADINGS[tag], {}, line)] if line else []
        if tag in ("ul", "ol"):
            return self.items(element)
        if tag == "li":
            return self.items(Element("ul", {}, [element]))
        if tag == "blockquote":
            inner = self.blocks(element.children)
            return [Element("blockquote", {}, list(inner))] if inner else []
        if tag == "figure":
            return self.figure(element)
        if tag == "table":
            return self.table(element)
        if tag == "hr":
            return [Element("hr")]
        if tag == "pre":
            text = without_invisible(element.text()).strip("\n")
            return [Element("pre", {}, [text])] if text.strip() else []
        found = self.blocks(element.children)
        role = element.attrs.get("class", "")
        if role in _MASTHEAD and len(found) == 1 and found[0].tag == "p":
            found[0].attrs = {"class": role}
        elif role == "list-item":
            # A Word paragraph that is an item of a list; joined with its neighbours by _with_lists.
            return [Element("list-item", {}, list(block.children)) for block in found]
        return found

    def line(self, element: Element) -> Nodes:
        """The text of a heading or caption as one line, whatever blocks stand inside it."""
        flat: Nodes = []
        for child in element.children:
            if isinstance(child, Element) and not child.inline:
                flat.extend([" ", *self.line(child), " "])
            else:
                flat.append(child)
        return inline(flat, self.base_url)

    def paragraphs(self, run: Nodes) -> list[Element]:
        found: list[Element] = []
        for part in split_at_breaks(inline(run, self.base_url)):
            pictures = [node for node in part if isinstance(node, Element) and node.tag == "img"]
            if len(pictures) == len([node for node in part if has_content(node)]):
                found.extend(Element("figure", {}, [picture]) for picture in pictures)
            else:
                found.append(Element("p", {}, list(part)))
        return found

    def items(self, element: Element) -> list[Element]:
        items: list[Element | str] = []
        for child in element.children:
            if isinstance(child, Element) and child.tag == "li":
                item = _item(self.blocks(child.children))
            else:
                inner = self.blocks([child])
                # A list put straight into a list, as old editors do, belongs to the item before it.
                if items and isinstance(items[-1], Element) and inner and inner[0].tag in ("ul", "ol"):
                    items[-1].children.extend(inner)
                    continue
                item = _item(inner)
            if item.children:
                items.append(item)
        start = element.attrs.get("start", "")
        attrs = {"start": start} if element.tag == "ol" and start.isascii() and start.isdigit() else {}
        return [Element(element.tag, attrs, items)] if items else []

    def figure(self, element: Element) -> list[Element]:
        captions = element.find(["figcaption"])
        pictures = [picture for found in element.find(["img"]) for picture in inline([found], self.base_url)]
        for each in captions:
            _drop_pictures(each)
        caption = inline([node for each in captions for node in (*self.line(each), " ")], self.base_url)
        if not pictures:
            rest = [child for child in element.children if child not in captions]
            return [*self.blocks(rest), *([Element("p", {}, caption)] if caption else [])]
        return [
            Element("figure", {}, [*pictures, *([Element("figcaption", {}, caption)] if caption else [])])
        ]

    def table(self, element: Element) -> list[Element]:
        rows = [
            row for row in element.find(["tr"]) if any(isinstance(cell, Element) for cell in row.children)
        ]
        nested = bool(element.find(["table"]))
        widest = max((sum(isinstance(cell, Element) for cell in row.children) for row in rows), default=0)
        if nested or widest < 2:
            # A table for layout only: its contents, one after the other.
            return [
                block
                for cell in outermost(element, ("td", "th", "caption"))
                for block in self.blocks(cell.children)
            ]
        caption = [line for each in element.find(["caption"])[:1] if (line := self.line(each))]
        found: list[Element | str] = [Element("caption", {}, line) for line in caption]
        for row in rows:
            cells = [
                self.cell(cell)
                for cell in row.children
                if isinstance(cell, Element) and cell.tag in ("td", "th")
            ]
            if any(cell.children for cell in cells):
                found.append(Element("tr", {}, list(cells)))
        return (
            [Element("table", {}, found)]
            if any(isinstance(row, Element) and row.tag == "tr" for row in found)
            else []
        )

    def cell(self, element: Element) -> Element:
        inner = self.blocks(element.children)
        spans = {
            name: value
            for name in ("colspan", "rowspan")
            if (value := element.attrs.get(name, "")).isascii() and value.isdigit() and 1 < int(value) < 100
        }
        if len(inner) == 1 and inner[0].tag == "p":
            return Element(element.tag, spans, inner[0].children)
        return Element(element.tag, spans, list(inner))


def _item(inner: list[Element]) -> Element:
    """A list item of blocks; a single paragraph, with or without nested lists, becomes its bare text."""
    if inner and inner[0].tag == "p" and all(block.tag in ("ul", "ol") for block in inner[1:]):
        return Element("li", {}, [*inner[0].children, *inner[1:]])
    return Element("li", {}, list(inner))


def outermost(element: Element, tags: tuple[str, ...]) -> list[Element]:
    """The elements with one of the tags that stand in no other such element, in document order."""
    found: list[Element] = []
    for child in element.children:
        if isinstance(child, Element):
            found.extend([child] if child.tag in tags else outermost(child, tags))
    return found


def _drop_pictures(element: Element) -> None:
    element.children = [child for child in element.children if isinstance(child, str) or child.tag != "img"]
    for child in element.children:
        if isinstance(child, Element):
            _drop_pictures(child)


def _with_lists(blocks: list[Element]) -> list[Element]:
    """Joins neighbouring loose list items into one list."""
    found: list[Element] = []
    for block in blocks:
        if block.tag != "list-item":
            found.append(block)
            continue
        item = Element("li", {}, block.children)
        if found and found[-1].tag == "ul" and found[-1].attrs.get("loose"):
            found[-1].children.append(item)
        else:
            found.append(Element("ul", {"loose": "1"}, [item]))
    for block in found:
        block.attrs.pop("loose", None)
    return found
