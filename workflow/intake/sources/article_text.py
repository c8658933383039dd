"""Finds the article in a whole web page: trafilatura picks the text, captions are put back to their pictures."""

import copy
from urllib.parse import urljoin, urlsplit

from django.utils.translation import gettext as _
from lxml import etree
from lxml import html as lxml_html

from .addresses import canonical
from .incoming import SourceFailed

_ADDRESSES = ("src", "data-src", "data-lazy-src", "data-original")
# A longer text below a picture is no caption but a part of the page caught by its mark-up.
_LONGEST_CAPTION = 1_000


class NoArticle(SourceFailed):
    """There is no article in the page that could be told from what is round it."""


def article_text(page: bytes, address: str) -> tuple[str, str]:
    """The article of a page as HTML, with links, lists, tables, pictures and captions, without its headline;
    and the address the page calls its own (RFC 6596), "" if it names none.

    Args:
        address: where the page was found; relative addresses start there.

    Raises:
        NoArticle: no article was found.
    """
    # Loaded on first use: a second or two that a feed with whole texts never costs.
    import trafilatura

    try:
        tree = trafilatura.load_html(page)
        if tree is None:
            raise NoArticle(_("No article was found in the page %(address)s.") % {"address": address})
        captions, declared = _captions(tree, address), _declared(tree, address)
        found = trafilatura.extract(
            copy.deepcopy(tree),
            url=address,
            output_format="html",
            include_comments=False,
            include_formatting=True,
            include_images=True,
            include_links=True,
            include_tables=True,
        )
        result = lxml_html.fromstring(found) if found else None
    except (etree.LxmlError, ValueError, RecursionError) as error:
        raise NoArticle(_("The page %(address)s cannot be read.") % {"address": address}) from error
    body = result.find("body") if result is not None else None
    if body is None or not "".join(body.itertext()).strip():
        raise NoArticle(_("No article was found in the page %(address)s.") % {"address": address})
    for headline in body.xpath(".//h1"):
        headline.drop_tree()
    _put_captions(body, captions, address)
    html = "".join(
        etree.tostring(child, encoding="unicode", method="html")
        for child in body
        if isinstance(child.tag, str)
    )
    return html, declared


def _declared(tree: etree._Element, address: str) -> str:
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href", "").strip():
            found = _absolute(address, link.get("href", ""))
            # A theme set up wrongly names the home page in every article, which would make all of them one.
            parts = urlsplit(canonical(found))
            return found if parts.path or parts.query else ""
    return ""


def _captions(tree: etree._Element, address: str) -> dict[str, str]:
    """The captions of the page by the address of their picture, as plain text."""
    captions = {}
    for figure in tree.iter("figure"):
        words = " ".join(" ".join("".join(c.itertext()) for c in figure.iter("figcaption")).split())
        if words and len(words) <= _LONGEST_CAPTION:
            for picture in figure.iter("img"):
                for name in _ADDRESSES:
                    if picture.get(name):
                        captions[_absolute(address, picture.get(name, ""))] = words
    return captions


def _put_captions(body: etree._Element, captions: dict[str, str], address: str) -> None:
    """Makes each picture a figure with its caption, and drops the caption where it is left as a paragraph."""
    said = set(captions.values())
    for paragraph in list(body.iter("p")):
        if " ".join("".join(paragraph.itertext()).split()) in said:
            paragraph.drop_tree()
    for picture in list(body.iter("img")):
        caption = captions.get(_absolute(address, picture.get("src", "")))
        parent = picture.getparent()
        if caption is None or parent is None:
            continue
        figure = lxml_html.Element("figure")
        tail, picture.tail = picture.tail, None
        parent.replace(picture, figure)
        figure.append(picture)
        etree.SubElement(figure, "figcaption").text = caption
        figure.tail = tail


def _absolute(base: str, address: str) -> str:
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return address
