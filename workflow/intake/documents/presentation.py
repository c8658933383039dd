"""What presentation means: hidden, a headline, an item of a list, bold. Word, Word for the web and Google Docs
say in styles and classes what other HTML says in tags; everything else about looks is dropped.
"""

import re

from workflow.articles.markup import Element

_ITEM = re.compile(r"mso-list:(?!none|ignore)")
_HIDDEN = re.compile(r"display:none|mso-hide:all|mso-element:comment|mso-special-character:comment")
# Comments and their anchors, and the marks of footnotes: [AB1], [1]. The notes themselves stay.
_APPARATUS = re.compile(
    r"\bmso(?:com(?:anchor|off|txt)|comment(?:reference|text|subject)|(?:foot|end)notereference)"
)
# A property of its own, not the end of another one such as mso-bidi-font-weight.
_MARKS = {
    "strong": re.compile(r"(?:^|;)font-weight:(?:bold|[6-9]00)"),
    "em": re.compile(r"(?:^|;)font-style:(?:italic|oblique)"),
    "sup": re.compile(r"(?:^|;)vertical-align:super"),
    "sub": re.compile(r"(?:^|;)vertical-align:sub(?![a-z])"),
}
_NOT = {
    "b": re.compile(r"(?:^|;)font-weight:(?:normal|[1-5]00)"),
    "i": re.compile(r"(?:^|;)font-style:normal"),
}
_NOT |= {"strong": _NOT["b"], "em": _NOT["i"]}
_HEADINGS = frozenset("123456")


def role(tag: str, attribute: str, value: str) -> str | None:
    """What is to be kept of an attribute: of presentation only the few roles that matter, as words."""
    said = value.lower()
    if attribute == "style":
        style = said.replace(" ", "").replace("\n", "")
        if _HIDDEN.search(style):
            return "hidden"
        if _ITEM.search(style):
            return "list-item"
        if tag == "span":
            return " ".join(mark for mark, pattern in _MARKS.items() if pattern.search(style)) or None
        return "plain" if tag in _NOT and _NOT[tag].search(style) else None
    if attribute == "hidden":
        return ""
    if attribute == "class":
        if _APPARATUS.search(said):
            return "hidden"
        words = set(re.split(r"[\s_-]+", said))
        for kept in ("byline", "dateline"):
            if kept in words:
                return kept
        if "listcontainerwrapper" in words:
            return "list-part"
        if tag == "p" and said.startswith("msotitle"):
            return "title"
        return "list-item" if tag == "p" and said.startswith("msolistparagraph") else None
    if attribute in ("itemprop", "rel"):
        return "author" if "author" in said.split() else None
    if attribute == "role":
        return "heading" if said == "heading" else None
    if attribute == "aria-level":
        return said if said in _HEADINGS else None
    return value


def normalise(element: Element) -> None:
    """Turns the roles below an element into tags, and into the classes of byline, dateline and list item;
    removes what is hidden."""
    element.children = [child for child in element.children if isinstance(child, str) or not _hidden(child)]
    for child in element.children:
        if isinstance(child, Element):
            _give_tags(child)
            normalise(child)
    _join_lists(element)


def _join_lists(element: Element) -> None:
    """Makes one list of neighbouring ones: Word for the web puts each item into a list of its own."""
    kept: list[Element | str] = []
    for child in element.children:
        part, last = _list_in(child), _list_in(kept[-1]) if kept else None
        if part and last and part.tag == last.tag:
            last.children.extend(part.children)
        else:
            kept.append(child)
    element.children = kept


def _list_in(node: Element | str) -> Element | None:
    if isinstance(node, str) or node.attrs.get("class") != "list-part" or len(node.children) != 1:
        return None
    (only,) = node.children
    return only if isinstance(only, Element) and only.tag in ("ul", "ol") else None


def _hidden(element: Element) -> bool:
    attrs = element.attrs
    return "hidden" in attrs or "hidden" in (attrs.get("style"), attrs.get("class"))


def _give_tags(element: Element) -> None:
    attrs = element.attrs
    style, level = attrs.pop("style", ""), attrs.pop("aria-level", "2")
    if attrs.pop("role", "") == "heading" and element.tag in ("p", "div"):
        element.tag = f"h{level}"
    if element.tag == "p" and attrs.get("class") == "title":
        element.tag = "h1"
        del attrs["class"]
    elif element.tag == "p" and style == "list-item":
        attrs["class"] = "list-item"
    if element.tag in ("p", "div", "address") and attrs.pop("itemprop", "") == "author":
        attrs["class"] = "byline"
    if style == "plain":
        element.tag = "span"
    elif element.tag == "span":
        for mark in style.split():
            element.children = [Element(mark, {}, element.children)]
