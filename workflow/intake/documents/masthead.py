"""Finds headline, byline and date line among canonical blocks and gives them their canonical form.

Conservative on purpose: a line is a byline only if it says "By" and then names, a date line only if nothing
but place and date stands in it. What is not recognised stays a paragraph, which loses nothing.
"""

import re
from dataclasses import dataclass

from workflow.articles.markup import Element

_NAME = r"(?:[A-Z][\w.'’-]*|[Aa]l-[A-Z][\w'’-]*|[A-Z]\.|de|van|von|bin|ben|el|al|du|da)"
# A part of a newsroom, which has no name of its own: the Press Office, our correspondent, AFP staff.
_DESK = (
    r"(?:(?:[Tt]he|[Oo]ur)\s+)?(?:[A-Z][\w.'’-]*\s+){0,4}"
    r"(?:[Oo]ffice|[Dd]esk|[Nn]ewsroom|[Ss]taff|[Tt]eam|[Ss]ervice|[Bb]ureau|[Cc]orrespondents?|[Rr]eporters?|[Ee]ditors?)"
)
_BYLINE = re.compile(
    rf"[Bb][Yy]:?\s+{_DESK}|[Bb][Yy]:?\s+{_NAME}(?:\s+{_NAME}){{0,4}}(?:(?:,|\s+and|,\s+and|\s*&)\s+{_NAME}(?:\s+{_NAME}){{0,4}}){{0,4}}"
    r"(?:\s*[,|–—-]\s*[A-Z][\w .'’-]{1,60})?"
)
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DATE = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    r"|\d{4}-\d{2}-\d{2})"
)
_PLACE = (
    r"(?!(?:On|In|At|By|Since|From|Until|The|After|Before)\b)[A-Z][\w.'’-]*"
    r"(?:\s+(?:[A-Z][\w.'’-]*|of|de|la|al|el)){0,3}(?:,\s+[A-Z][\w.'’ -]{1,30})?"
)
_DATELINE = re.compile(rf"(?:{_PLACE},?\s+(?:[–—-]\s+)?)?{_DATE}(?:\s*\([A-Z][\w ]{{1,20}}\))?\s*[–—:-]?")
# The same at the head of a lead paragraph, only with the place in capitals and a dash after the date.
_LEAD = re.compile(
    rf"([A-Z][A-Z.'’-]+(?:[ -][A-Z.'’-]+){{0,3}}(?:,\s+[A-Z][A-Za-z ]{{1,30}})?,\s+{_DATE}"
    r"(?:\s*\([A-Z][\w ]{1,20}\))?\s*[–—-]{1,2})\s+(?=\S)"
)
_LONGEST_TITLE, _LONGEST_LINE = 300, 200


@dataclass(frozen=True)
class Masthead:
    """What stands over an article, as plain text; empty where there is none."""

    title: str = ""
    byline: str = ""
    dateline: str = ""


def arrange(blocks: list[Element], *, title: str = "", byline: str = "") -> tuple[list[Element], Masthead]:
    """Puts h1, p.byline and p.dateline in front, as far as they are found in the text or given.

    Args:
        blocks: canonical blocks; changed in place and returned in the new order.
        title: a headline known from elsewhere (front matter, form, feed); it wins over the text's own.
        byline: an author known from elsewhere, used where the text has no byline.
    """
    blocks = list(blocks)
    headline = _headline(blocks, title)
    lines: dict[str, Element] = {}
    for block in list(blocks[:5]):
        kind = _kind(block)
        if kind and kind not in lines:
            lines[kind] = block
            blocks.remove(block)
    for block in blocks:
        if block.attrs.get("class"):
            block.attrs = {}
    if "dateline" not in lines and (split := _lead_dateline(blocks)):
        lines["dateline"] = split
    if "byline" not in lines and byline:
        written = byline if byline.lower().startswith("by ") else f"By {byline}"
        lines["byline"] = Element("p", {}, [written])
    for kind, line in lines.items():
        line.attrs = {"class": kind}
    front = [
        *([headline] if headline else []),
        *(lines[kind] for kind in ("byline", "dateline") if kind in lines),
    ]
    texts = {kind: _words(line) for kind, line in lines.items()}
    return [*front, *blocks], Masthead(
        _words(headline) if headline else "", texts.get("byline", ""), texts.get("dateline", "")
    )


def first_line_as_headline(blocks: list[Element]) -> None:
    """Makes the first line the headline where none stands at the top; a byline or date line is none, and
    a long paragraph neither. A heading further down stays one of its section."""
    if any(block.tag == "h1" for block in blocks[:3]):
        return
    first = next((block for block in blocks if _kind(block) is None), None)
    if (
        first is None
        or first.tag not in ("p", "h2", "h3", "h4")
        or not 0 < len(_words(first)) <= _LONGEST_LINE
    ):
        return
    for block in blocks:
        if block.tag == "h1":
            block.tag = "h2"
    first.tag, first.attrs = "h1", {}


def _headline(blocks: list[Element], title: str) -> Element | None:
    """Takes the headline out of the blocks: the h1, else a first block that is a heading."""
    found = next((block for block in blocks if block.tag == "h1"), None)
    if found is not None and not any(character.isalnum() for character in found.text()):
        blocks.remove(found)
        found = None
    if found is None and blocks and blocks[0].tag in ("h2", "h3", "h4"):
        found = blocks[0]
    if title:
        if found is not None and _same_words(_words(found), title):
            blocks.remove(found)
            found.tag = "h1"
            return found
        if found is not None and found.tag == "h1":
            found.tag = "h2"
        return Element("h1", {}, [title])
    if found is not None:
        blocks.remove(found)
        found.tag = "h1"
        if len(_words(found)) > _LONGEST_TITLE:
            # A whole text set as a heading is a text.
            found.tag = "p"
            blocks.insert(0, found)
            return None
    return found


def _kind(block: Element) -> str | None:
    if block.tag != "p":
        return None
    text = _words(block)
    if len(text) > 200:
        return None
    if block.attrs.get("class") in ("byline", "dateline"):
        return block.attrs["class"]
    if _BYLINE.fullmatch(text):
        return "byline"
    return "dateline" if _DATELINE.fullmatch(text) else None


def _lead_dateline(blocks: list[Element]) -> Element | None:
    lead = next((block for block in blocks if block.tag == "p"), None)
    if lead is None or not lead.children or not isinstance(lead.children[0], str):
        return None
    match = _LEAD.match(lead.children[0])
    if match is None:
        return None
    lead.children[0] = lead.children[0][match.end() :]
    return Element("p", {}, [match[1]])


def _words(block: Element) -> str:
    return " ".join(_with_breaks(block).split())


def _with_breaks(block: Element) -> str:
    return "".join(
        child if isinstance(child, str) else " " if child.tag == "br" else _with_breaks(child)
        for child in block.children
    )


def _same_words(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
