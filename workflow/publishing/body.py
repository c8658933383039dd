"""Takes an edition's HTML apart for its page: headline, byline, date line, and blocks one can point at."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workflow.articles.markup import Element, parse, serialise
from workflow.articles.pictures import Files, show

# The blocks that may hold a line of reading; each that does gets an id, so that a passage can be named.
_PASSAGES = "p li h2 h3 h4 h5 h6 figcaption caption td th dt dd blockquote"
PASSAGES = tuple(_PASSAGES.split())
SUMMARY_LENGTH = 220
SHORTEST_LEAD = 40


@dataclass(frozen=True)
class Passage:
    """One block of the text: the id it has on the page (`t3`), what it says without mark-up, its tag."""

    id: str
    text: str
    tag: str = "p"

    @property
    def opening(self) -> str:
        """The first words, to choose it from a list."""
        return shortened(self.text, 70)


@dataclass(frozen=True)
class Picture:
    """A picture of the article: its address on our own site, and its alternative text."""

    address: str
    alternative: str


@dataclass(frozen=True)
class Body:
    """An article laid out for reading. `html` is everything after headline, byline and date line."""

    headline: str
    byline: str
    dateline: str
    html: str
    passages: tuple[Passage, ...]
    pictures: tuple[Picture, ...]

    @property
    def lead(self) -> str:
        """The first whole paragraph, cut at a word: the summary when nobody wrote one."""
        paragraphs = [passage.text for passage in self.passages if passage.tag == "p"]
        whole = next((text for text in paragraphs if len(text) >= SHORTEST_LEAD), "")
        return shortened(whole or next(iter(paragraphs), ""), SUMMARY_LENGTH)

    @property
    def plain(self) -> str:
        """The text without any mark-up, a line a block."""
        return "\n".join(p.text for p in self.passages)


def take_apart(html: str, files: Files | None = None) -> Body:
    """Lays out canonical article HTML (see articles/markup.py).

    Only pictures kept here are shown: those with one of `files` (by their address in the text). A caption
    stays without its picture, and every passage keeps its id whether pictures are here or not.

    The first `h1` is the headline; a later one is shown as an `h2`, for a page has one headline. The first
    `p.byline` and `p.dateline` go to the head of the page; headline and both are plain text there.
    """
    root = parse(html)
    show(root, files or {})
    head: dict[str, str] = {}
    _take_head(root, head)
    passages: list[Passage] = []
    for block, text in _lines(root):
        block.attrs["id"] = f"t{len(passages) + 1}"
        passages.append(Passage(block.attrs["id"], text, block.tag))
    for wide in root.find(["table"]):
        wide.attrs["tabindex"] = "0"  # a table that scrolls sideways must be reachable by keyboard
    pictures = []
    for image in root.find(["img"]):
        image.attrs.setdefault("alt", "")
        image.attrs["loading"] = "lazy"
        pictures.append(Picture(image.attrs.get("src", ""), image.attrs["alt"]))
    return Body(
        headline=head.get("headline", ""),
        byline=head.get("byline", ""),
        dateline=head.get("dateline", ""),
        html=serialise(root).strip(),
        passages=tuple(passages),
        pictures=tuple(pictures),
    )


def shortened(text: str, length: int) -> str:
    """The text, or as many whole words of it as fit into `length` characters, with an ellipsis."""
    if len(text) <= length:
        return text
    cut = text[:length].rsplit(" ", 1)[0].rstrip(" ,;:،؛-–—")
    return f"{cut}…"


def _take_head(element: Element, head: dict[str, str]) -> None:
    """Moves headline, byline and date line out of the tree into `head`."""
    kept: list[Element | str] = []
    for child in element.children:
        if isinstance(child, Element):
            part = _part(child)
            if part and part not in head:
                head[part] = _spaced(child.text())
                continue
            if child.tag == "h1":
                child.tag = "h2"
            if not child.inline:
                _take_head(child, head)
        kept.append(child)
    element.children = kept


def _part(element: Element) -> str:
    if element.tag == "h1":
        return "headline"
    kind = element.attrs.get("class", "")
    return kind if element.tag == "p" and kind in ("byline", "dateline") else ""


def _lines(element: Element) -> Iterator[tuple[Element, str]]:
    """The blocks that hold text of their own, with that text: of a list item, not that of the list in it."""
    for child in element.children:
        if isinstance(child, str) or child.inline:
            continue
        if child.tag in PASSAGES:
            own = _spaced("".join(_own(child)))
            if own:
                yield child, own
        yield from _lines(child)


def _own(block: Element) -> Iterator[str]:
    for child in block.children:
        if isinstance(child, str):
            yield child
        else:
            yield child.text() if child.inline else " "


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
