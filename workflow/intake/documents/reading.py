"""The one way in for documents: bytes and a name become a `SourceDocument`, or a `Refused` that says why."""

import re
from dataclasses import dataclass
from pathlib import PurePath

from workflow.articles.markup import Element
from workflow.messages import gettext_noop

from .blocks import to_html
from .decoding import decode
from .docx import is_zip, read_docx
from .html import read_html
from .language import detect
from .lines import clean_text
from .markdown import read_markdown
from .masthead import arrange, first_line_as_headline
from .refusals import MAX_BLOCKS, MAX_BYTES, MAX_TEXT_BYTES, TOO_MANY_BLOCKS, Refused, refuse_size
from .text import read_text

__all__ = ["MAX_BYTES", "Refused", "SourceDocument", "read", "refuse_size"]

NO_HEADLINE = gettext_noop("No headline was found; the name of the file stands in for it.")
HEADLINE_FROM_PAGE = gettext_noop("The headline was taken from the title of the page.")

_HTML_START = re.compile(
    r"\s*<(?:!doctype|html|head|body|article|main|section|div|h[1-6]|p|ul|ol|table|meta|!--)\b", re.I
)
_MARKDOWN_START = re.compile(r"\s*(?:#{1,6} \S|---[ \t]*\n)")
_EMBEDDED = re.compile(";base64,[A-Za-z0-9+/=]+")


@dataclass(frozen=True)
class SourceDocument:
    """A document as it was read.

    `body_html` is the whole article in canonical HTML, headline, byline and date line included; `title`,
    `byline` and `dateline` repeat those as plain text. Pictures that came inside it are in it as `data:`
    addresses. `language` is a BCP 47 code, "und" if unknown; `confidence` runs from 0 to 1. `warnings` are
    English messages for the person who hands it in.
    """

    title: str
    byline: str
    dateline: str
    body_html: str
    language: str
    confidence: float = 0.0
    warnings: tuple[str, ...] = ()


def read(
    name: str,
    data: bytes,
    *,
    max_bytes: int = MAX_BYTES,
    title: str = "",
    byline: str = "",
    base_url: str = "",
    headed: bool = False,
) -> SourceDocument:
    """Reads Markdown, HTML, DOCX or plain text.

    Args:
        name: file name, for messages and to tell Markdown from plain text; content decides over the name.
        data: the bytes as they came.
        max_bytes: larger files are refused unread; texts have a bound of their own.
        title, byline: known from a form or feed; the title wins over the text's own, the byline does not.
        base_url: address of the page, to make relative links and pictures absolute (without it they go).
        headed: the first line is the headline, as people are told where they paste.

    Raises:
        Refused: the document cannot be taken in; the message names it and says why.
    """
    refuse_size(name, len(data), max_bytes)
    warnings: list[str] = []
    head: dict[str, str] = {}
    if is_zip(data):
        blocks, warnings = read_docx(name, data)
    else:
        text = decode(name, data)
        refuse_size(name, len(_EMBEDDED.sub(";", text).encode()), MAX_TEXT_BYTES)
        kind = _kind(name, text)
        if kind == "html":
            blocks, head = read_html(name, text, base_url)
        elif kind == "markdown":
            blocks, head = read_markdown(name, text, base_url)
            title = title or head.get("title", "")
        else:
            blocks = read_text(name, text)
    if headed:
        first_line_as_headline(blocks)
    if not any(_letters(block) for block in blocks):
        raise Refused(
            name, gettext_noop("There is no text left in it once scripts and mark-up are taken away.")
        )
    if _count(blocks) > MAX_BLOCKS:
        raise Refused(name, TOO_MANY_BLOCKS, limit=MAX_BLOCKS)
    blocks, masthead = arrange(
        blocks, title=clean_text(title).strip(), byline=byline or head.get("author", "")
    )
    if not masthead.title:
        stand_in = head.get("headline") or head.get("title") or ""
        warnings = [*warnings, HEADLINE_FROM_PAGE if stand_in else NO_HEADLINE]
        blocks, masthead = arrange(blocks, title=stand_in or _from_name(name))
    # The headline alone may be in any language; the text decides, as far as there is one.
    guess = detect("\n".join(block.text() for block in blocks if block.tag != "h1") or masthead.title)
    return SourceDocument(
        title=masthead.title,
        byline=masthead.byline,
        dateline=masthead.dateline,
        body_html=to_html(blocks),
        language=guess.locale,
        confidence=guess.confidence,
        warnings=tuple(warnings),
    )


def _kind(name: str, text: str) -> str:
    suffix = PurePath(name).suffix.lower()
    if re.match(r"\s*<(?:!doctype html|html\b)", text, re.I) or suffix in (".html", ".htm", ".xhtml"):
        return "html"
    if suffix in (".md", ".markdown", ".mdown"):
        return "markdown"
    if suffix in (".txt", ".text"):
        return "text"
    if _HTML_START.match(text):
        return "html"
    return "markdown" if _MARKDOWN_START.match(text) else "text"


def _letters(block: Element) -> bool:
    """Whether there is something to translate in it; preformatted text is not translated."""
    if block.tag == "pre":
        return False
    return any(
        any(character.isalnum() for character in child) if isinstance(child, str) else _letters(child)
        for child in block.children
    )


def _count(blocks: list[Element]) -> int:
    return sum(1 + len(block.find(("p", "li", "td", "th", "h2", "h3", "h4"))) for block in blocks)


def _from_name(name: str) -> str:
    stem = clean_text(re.sub(r"[\s_-]+", " ", PurePath(name).stem)).strip()
    return stem[:1].upper() + stem[1:] or "…"
