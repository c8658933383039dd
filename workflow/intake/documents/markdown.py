"""Reads Markdown (CommonMark with tables, and front matter) by way of HTML."""

import re

from markdown_it import MarkdownIt

from workflow.articles.markup import Element

from .html import read_html
from .lines import clean_text
from .refusals import MAX_BLOCKS, MAX_DEPTH, TOO_DEEP, TOO_MANY_BLOCKS, Refused

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.S)
_FIELD = re.compile(r"([A-Za-z][\w-]{0,40}):[ \t]+(.+)")
# The parser takes time in the square of these within one paragraph; no paragraph has so many.
_MOST_BRACKETS, _MOST_EMPHASIS = 2_000, 20_000
_EMPHASIS = re.compile("[*_`]")
# What other systems call the fields we know.
_FIELDS = {"title": "title", "headline": "title", "author": "author", "byline": "author", "lang": "lang",
           "language": "lang"}  # fmt: skip


def read_markdown(name: str, text: str, base_url: str = "") -> tuple[list[Element], dict[str, str]]:
    """The canonical blocks of a Markdown text, and its front matter (title, author, lang) if it has one.

    HTML inside the Markdown is read and sanitised like any other HTML.

    Raises:
        Refused: lists or quotations are nested too deep, or there are too many blocks.
    """
    front, body = _front_matter(text)
    for paragraph in re.split(r"\n[ \t]*\n", body):
        if paragraph.count("[") > _MOST_BRACKETS or len(_EMPHASIS.findall(paragraph)) > _MOST_EMPHASIS:
            raise Refused(name, TOO_DEEP, limit=MAX_DEPTH)
    parser = MarkdownIt("commonmark", {"maxNesting": 2 * MAX_DEPTH}).enable("table")
    # All addresses pass here, so that a bad link becomes its text and not raw Markdown; read_html drops them.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    tokens = parser.parse(body)
    if any(token.level > MAX_DEPTH for token in tokens):
        # Beyond its own bound the parser drops text without a word, so stop well before.
        raise Refused(name, TOO_DEEP, limit=MAX_DEPTH)
    if sum(token.type == "inline" for token in tokens) > 4 * MAX_BLOCKS:
        raise Refused(name, TOO_MANY_BLOCKS, limit=MAX_BLOCKS)
    html = parser.renderer.render(tokens, parser.options, {})
    blocks, _ = read_html(name, html, base_url)
    return blocks, front


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    match = _FRONT_MATTER.match(text)
    lines = match[1].split("\n") if match else []
    if match is None or not any(_FIELD.fullmatch(line.rstrip()) for line in lines):
        return {}, text
    found: dict[str, str] = {}
    for line in lines:
        field = _FIELD.fullmatch(line.rstrip())
        if field and field[1].lower() in _FIELDS:
            value = clean_text(field[2]).strip()
            if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
                value = value[1:-1]
            if value and value[0] not in "[{|>":
                found.setdefault(_FIELDS[field[1].lower()], value[:300])
    return found, text[match.end() :]
