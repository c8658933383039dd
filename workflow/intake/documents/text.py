"""Reads plain text: the first line is the headline, blank lines part paragraphs, simple lists are lists."""

import re

from workflow.articles.markup import Element

from .lines import clean_text
from .refusals import MAX_BLOCKS, TOO_MANY_BLOCKS, Refused

_BULLET = re.compile(r"[ \t]*[-*•·‣▪–][ \t]+(\S.*)")
_NUMBER = re.compile(r"[ \t]*(\d{1,3})[.)][ \t]+(\S.*)")
_LONGEST_HEADLINE = 200


def read_text(name: str, text: str) -> list[Element]:
    """The canonical blocks of a plain text.

    Where blank lines part the paragraphs, the lines in between were wrapped by an editor and are joined;
    where there are none, each line is a paragraph.

    Raises:
        Refused: there are too many paragraphs.
    """
    lines = [line.rstrip() for line in text.split("\n")]
    while lines and not clean_text(lines[0]).strip():
        lines.pop(0)
    blocks: list[Element] = []
    if lines and _is_headline(lines):
        blocks.append(Element("h1", {}, [clean_text(lines.pop(0)).strip()]))
    wrapped = any(not line.strip() for line in "\n".join(lines).strip().split("\n"))
    paragraph: list[str] = []

    def close() -> None:
        joined = clean_text(" ".join(paragraph)).strip()
        if joined:
            blocks.append(Element("p", {}, [joined]))
        paragraph.clear()

    for line in lines:
        item = _item(line)
        if item is not None:
            close()
            _add_item(blocks, *item)
        elif not line.strip():
            close()
        elif line[0] in " \t" and blocks and blocks[-1].tag in ("ul", "ol") and not paragraph:
            # An indented line continues the item above it.
            last = blocks[-1].children[-1]
            assert isinstance(last, Element)
            last.children = [f"{last.text()} {clean_text(line).strip()}"]
        else:
            paragraph.append(line)
            if not wrapped:
                close()
    close()
    if len(blocks) > MAX_BLOCKS:
        raise Refused(name, TOO_MANY_BLOCKS, limit=MAX_BLOCKS)
    return blocks


def _is_headline(lines: list[str]) -> bool:
    """Whether the first line stands alone as a headline rather than opening a paragraph."""
    first = clean_text(lines[0]).strip()
    alone = len(lines) == 1 or not lines[1].strip()
    unwrapped = all(line.strip() for line in lines[1:])
    return len(first) <= _LONGEST_HEADLINE and _item(lines[0]) is None and (alone or unwrapped)


def _item(line: str) -> tuple[str, str] | None:
    if match := _BULLET.fullmatch(line):
        return "ul", clean_text(match[1]).strip()
    if match := _NUMBER.fullmatch(line):
        return "ol", clean_text(match[2]).strip()
    return None


def _add_item(blocks: list[Element], tag: str, text: str) -> None:
    if not text:
        return
    item = Element("li", {}, [text])
    if blocks and blocks[-1].tag == tag:
        blocks[-1].children.append(item)
    else:
        blocks.append(Element(tag, {}, [item]))
