"""Brackets and quotation marks: what opens closes, and a quotation of the source stays one."""

import re

from workflow.messages import gettext_noop

from .findings import Finding

UNCLOSED = gettext_noop("“%(mark)s” is opened and not closed, or closed and not opened.")
QUOTATION_LOST = gettext_noop("The source has a quotation; the translation has no quotation marks.")

_PAIRS = (("(", ")"), ("[", "]"), ("«", "»"), ("“", "”"))
# The label of an enumerated paragraph, "a)" or "12)", closes nothing.
_LABEL = re.compile(r"^\s*\w{1,3}\)|(?<=[;:])\s+\w\)")
_QUOTES = '"“”«»„‹›'


def check(source: str, target: str, locale: str) -> list[Finding]:
    """Checks the pairs of a plain target text, and that quotation marks of the source were not lost.

    What is already unequal in the source (a quotation over several paragraphs) is not held against it.
    """
    found = []
    for opening, closing in _PAIRS:
        if opening == "“" and locale.startswith("ar"):
            # Arabic keyboards and Word turn these about freely; only their number can be trusted.
            continue
        if _open_pairs(target, opening, closing) and not _open_pairs(source, opening, closing):
            source_uneven = opening in "«“" and _uneven_quotes(source)
            if not source_uneven:
                at = max(target.rfind(opening), target.rfind(closing))
                found.append(
                    Finding("unclosed", "warning", UNCLOSED, {"mark": target[at]}, target_span=(at, at + 1))
                )
    if target.count('"') % 2 and not _uneven_quotes(source):
        at = target.rfind('"')
        found.append(Finding("unclosed", "warning", UNCLOSED, {"mark": '"'}, target_span=(at, at + 1)))
    begins = next((place for place, character in enumerate(source) if character in '"“«'), None)
    if (
        begins is not None
        and len(source[begins:].split()) > 1
        and not any(mark in target for mark in _QUOTES)
    ):
        found.append(Finding("quotation_lost", "warning", QUOTATION_LOST, source_span=(begins, begins + 1)))
    return found


def _open_pairs(text: str, opening: str, closing: str) -> int:
    depth = broken = 0
    for character in _LABEL.sub("", text):
        if character == opening:
            depth += 1
        elif character == closing:
            if depth:
                depth -= 1
            else:
                broken += 1
    return depth + broken


def _uneven_quotes(source: str) -> bool:
    return bool(
        source.count('"') % 2
        or source.count("“") != source.count("”")
        or source.count("«") != source.count("»")
    )
