"""Writes article HTML as Markdown (CommonMark, tables and captions as HTML blocks)."""

import re

from workflow.articles.markup import Element, parse, serialise

_MARKUP = re.compile(r"([\\`*_\[\]<>]|&(?=#?\w+;))")
# What would start a heading, a list or a fence if it stood at the beginning of a line.
_LINE_START = re.compile(r"^([-+#=~])|^(\d+)([.)])(?=\s|$)")
_EMPHASIS = {"em": "*", "i": "*", "strong": "**", "b": "**"}


def to_markdown(html: str) -> str:
    """The Markdown of canonical article HTML, ending in one line break."""
    return "\n\n".join(_blocks(parse(html))) + "\n"


def _blocks(element: Element) -> list[str]:
    found: list[str] = []
    loose: list[Element | str] = []

    def flush() -> None:
        text = _line(loose)
        loose.clear()
        if text:
            found.append(text)

    for child in element.children:
        if isinstance(child, str) or child.inline:
            loose.append(child)
            continue
        flush()
        found.extend(_block(child))
    flush()
    return found


def _block(element: Element) -> list[str]:
    if re.fullmatch("h[1-6]", element.tag):
        return [f"{'#' * int(element.tag[1])} {_line(element.children)}"]
    if element.tag == "blockquote":
        return [_prefixed("\n\n".join(_blocks(element)), "> ", "> ")]
    if element.tag in ("ul", "ol"):
        return [_list(element)]
    if element.tag == "hr":
        return ["***"]
    if element.tag in ("table", "figure", "pre", "dl"):
        return [re.sub(r"\n\s*\n", "\n", serialise(element))]
    return _blocks(element)


def _list(element: Element) -> str:
    items = []
    for number, item in enumerate(_items(element), start=1):
        bullet = f"{number}. " if element.tag == "ol" else "- "
        items.append(_prefixed("\n\n".join(_blocks(item)), bullet, " " * len(bullet)))
    return "\n".join(items)


def _items(element: Element) -> list[Element]:
    return [child for child in element.children if isinstance(child, Element) and child.tag == "li"]


def _prefixed(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join([first + lines[0], *((rest + line).rstrip() for line in lines[1:])])


def _line(nodes: list[Element | str]) -> str:
    text = re.sub(r"[ \t]*\n[ \t]*(?!\n)", " ", "".join(_inline(node) for node in nodes)).strip()
    text = _LINE_START.sub(lambda look: f"{look[2] or ''}\\{look[1] or look[3]}", text)
    return text.replace("\x00", "\\\n")


def _inline(node: Element | str) -> str:
    if isinstance(node, str):
        return _MARKUP.sub(r"\\\1", node.replace("\n", " "))
    inner = "".join(_inline(child) for child in node.children)
    if node.tag == "br":
        return "\x00"
    if node.tag == "img":
        alternative = _inline(node.attrs.get("alt", ""))
        return f"![{alternative}](<{node.attrs.get('src', '')}>)"
    if node.tag == "a" and node.attrs.get("href"):
        return f"[{inner}](<{node.attrs['href']}>)"
    if node.tag in _EMPHASIS and inner.strip():
        mark = _EMPHASIS[node.tag]
        before, after = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
        return f"{before}{mark}{inner.strip()}{mark}{after}"
    return inner
