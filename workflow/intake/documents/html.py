"""Reads HTML: a whole page, a fragment, or what Word puts on the clipboard. Everything is sanitised first.

nh3 (the Rust sanitiser ammonia) parses as a browser does and lets through a short list of tags; scripts,
styles, frames and event handlers never get past it, nor do addresses other than http, https, mailto and tel,
and those of pictures inside the document (lines.py lets these through for pictures alone).
"""

import re
from collections import Counter

import nh3

from workflow.articles.markup import Element, parse

from .blocks import build, outermost
from .lines import LATE, clean_text
from .presentation import normalise, role
from .refusals import MAX_BLOCKS, MAX_DEPTH, TOO_DEEP, TOO_MANY_BLOCKS, Refused

_BLOCKS = """
address article blockquote caption center dd details div dl dt fieldset figcaption figure footer form
h1 h2 h3 h4 h5 h6 header hgroup hr li main ol p pre section summary table tbody td tfoot th thead tr ul
"""
_INLINES = "a abbr b br cite code em i img ins kbd q samp span strong sub sup u var"
_DROPPED_WITH_CONTENT = """
script style iframe noscript noembed noframes template object applet svg math audio video canvas select
textarea button title nav aside xml del dialog
"""
_NEVER_NESTED = """
p li td th tr dt dd thead tbody tfoot option br hr img input meta link base area col colgroup source track
wbr embed param html body
"""
_REOPENED = "a b big code em font i nobr s small strike strong tt u"
_block_tags, _inline_tags, _dropped, _flat, _reopened = (
    set(words.split()) for words in (_BLOCKS, _INLINES, _DROPPED_WITH_CONTENT, _NEVER_NESTED, _REOPENED)
)

# Word's list paragraphs bring their bullet or number as text between two conditional comments.
_BULLET = (
    re.compile(r"<!(?:--)?\[if !supportLists\](?:--)?>", re.I),
    re.compile(r"<!(?:--)?\[endif\](?:--)?>", re.I),
)
_RAW = tuple((re.compile(rf"<{tag}\b", re.I), re.compile(rf"</{tag}\b", re.I)) for tag in ("script", "style"))
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)")
_MAX_TAGS = 200_000
_TITLE = re.compile(r"<title\b[^>]{0,500}>(.{0,1000}?)</title", re.S | re.I)
_META = re.compile(r"<meta\b[^>]{0,2000}>", re.I)
_LANG = re.compile(r"<html\b[^>]{0,1000}?\blang\s*=\s*[\"']?([A-Za-z]{2,3})", re.I)


def read_html(name: str, html: str, base_url: str = "") -> tuple[list[Element], dict[str, str]]:
    """The canonical blocks of the article in an HTML text, and what its head says (title, author, lang).

    Raises:
        Refused: the mark-up is nested too deep or has too many blocks.
    """
    _check_shape(name, html)
    html = _without(html, *_BULLET)
    head = _head(html)
    root = parse(_sanitise(html))
    chosen = _article(root)
    blocks = build(chosen, base_url)
    if not any(block.tag == "h1" for block in blocks):
        # Many pages put the headline above the article's own element.
        titles = [title for title in root.find(["h1"]) if title.text().strip()]
        if len(titles) == 1:
            blocks[:0] = build(Element("", {}, [titles[0]]), base_url)
    return blocks, head


def _check_shape(name: str, html: str) -> None:
    """Counts tags before any parser sees them: parsers slow down badly on tags nested by the thousand.

    Counted on the safe side: tags that close themselves (p, li) do not nest, all others stay open until
    their own closing tag. `copies` foresees bold and the like left open, which parsers repeat in every
    block that follows.
    """
    for opening, closing in _RAW:
        html = _without(html, opening, closing)
    open_tags: Counter[str] = Counter()
    depth = deepest = blocks = reopened = copies = tags = 0
    for match in _TAG.finditer(html):
        closes, tag = bool(match[1]), match[2].lower()
        tags += 1
        if closes and not open_tags[tag]:
            continue
        step = -1 if closes else 1
        if not closes and tag in _block_tags:
            blocks += 1
            copies += reopened
        if tag not in _flat:
            open_tags[tag] += step
            depth += step
            reopened += step if tag in _reopened else 0
            deepest = max(deepest, depth)
    if deepest > MAX_DEPTH or copies > _MAX_TAGS:
        raise Refused(name, TOO_DEEP, limit=MAX_DEPTH)
    if blocks > 4 * MAX_BLOCKS or tags > _MAX_TAGS:
        raise Refused(name, TOO_MANY_BLOCKS, limit=MAX_BLOCKS)


def _without(html: str, opening: re.Pattern[str], closing: re.Pattern[str]) -> str:
    """The text without what stands between an opening and the next closing mark; one pass."""
    kept, at = [], 0
    while start := opening.search(html, at):
        end = closing.search(html, start.end())
        if end is None:
            break
        kept.append(html[at : start.start()])
        at = end.end()
    return "".join([*kept, html[at:]])


def _sanitise(html: str) -> str:
    return nh3.clean(
        html,
        tags=_block_tags | _inline_tags,
        clean_content_tags=_dropped,
        attributes={
            "*": {"class", "style", "lang", "itemprop", "hidden", "role", "aria-level"},
            "a": {"href", "title", "rel"},
            "abbr": {"title"},
            "img": {"src", "alt", "width", "height", *LATE},
            "ol": {"start"},
            "td": {"colspan", "rowspan"},
            "th": {"colspan", "rowspan"},
        },
        attribute_filter=role,
        url_schemes={"http", "https", "mailto", "tel", "data", "picture"},
        link_rel=None,
        strip_comments=True,
    )


def _article(root: Element) -> Element:
    """The element that holds the article: one <article>, else <main>, else the whole page."""
    normalise(root)
    outer = [element for element in outermost(root, ("article",)) if element.text().strip()]
    if len(outer) == 1:
        return outer[0]
    main = [element for element in root.find(["main"]) if element.text().strip()]
    if len(main) == 1:
        return main[0]
    longest = max(outer, key=lambda element: len(element.text()), default=None)
    if longest is not None and 2 * len(longest.text()) > len(root.text()):
        return longest
    return root


def _head(html: str) -> dict[str, str]:
    found: dict[str, str] = {}
    start = html[:200_000]
    if match := _TITLE.search(start):
        found["title"] = _plain(match[1])
    if match := _LANG.search(start):
        found["lang"] = match[1].lower()
    for tag in _META.findall(start)[:200]:
        meta = parse(tag).find(["meta"])
        if not meta:
            continue
        key = (meta[0].attrs.get("property") or meta[0].attrs.get("name") or "").lower()
        content = clean_text(meta[0].attrs.get("content", "")).strip()[:300]
        if key == "og:title" and content:
            found["headline"] = content
        elif key == "author" and content:
            found["author"] = content
    return found


def _plain(html: str) -> str:
    return clean_text(parse(nh3.clean(html, tags=set())).text()).strip()[:300]
