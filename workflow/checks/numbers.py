"""Numbers: each number of the source is in the target, and the target has none of its own.

A wrong figure is the costliest error in news, so figures are errors; numbers in words, which languages
handle more freely, and figures up to two are warnings. Clock times are left out: 3 p.m. may become 15 h.
"""

import re

from languages.addresses import blanked
from languages.number_words import implied
from languages.numerals import Numeral, read
from workflow.messages import gettext_noop

from .findings import Finding, Severity

LOST = gettext_noop("The number “%(number)s” is missing from the translation.")
ADDED = gettext_noop("The number “%(number)s” is not in the source.")
CHANGED = gettext_noop("The number “%(number)s” has become “%(found)s”.")
PERCENT_LOST = gettext_noop("The source has a percentage; the translation has none.")

# The nineteen-seventies are the seventies.
_CENTURY_OF_DECADE = re.compile(r"\bnineteen(?=[- ]\w+ties\b)", re.I)
_PERCENT_SOURCE = re.compile(r"%|\bper ?cent\b|\bpercentage\b", re.I)
_PERCENT_TARGET = {
    "fr": re.compile(r"%|pour ?cent|pourcentage", re.I),
    "ar": re.compile(r"[%٪]|(?:في|ب)\s?ال?(?:مائة|مئة|ماية|مية)|نسبة|النسبة|بالمئة|بالمائة|المئة|المائة"),
}


def check(source: str, target: str, locale: str) -> list[Finding]:
    """Compares the numbers of plain source and target text; target `locale` is BCP 47."""
    source, target = _CENTURY_OF_DECADE.sub("x" * 8, blanked(source)), blanked(target)
    theirs, ours = read(source, "en"), read(target, locale)
    in_target = {value for numeral in ours for value in numeral.values}
    in_source = {value for numeral in theirs for value in numeral.values} | implied(source, "en")
    lost = [n for n in theirs if not n.soft and not n.values & in_target]
    added = [n for n in ours if n.figures and not n.soft and not n.values & in_source]
    lost_figures = [n for n in lost if n.figures]
    found: list[Finding] = []
    if len(lost_figures) == len(added) == 1:
        found.append(_changed(lost_figures[0], added[0]))
        lost, added = [n for n in lost if not n.figures], []
    found += [_finding("number_lost", LOST, n, source_side=True) for n in lost]
    found += [_finding("number_added", ADDED, n, source_side=False) for n in added]
    percent = _PERCENT_TARGET.get(locale.split("-")[0])
    if percent and _PERCENT_SOURCE.search(source) and not percent.search(target):
        place = _PERCENT_SOURCE.search(source)
        found.append(
            Finding("percent_lost", "warning", PERCENT_LOST, source_span=place.span() if place else None)
        )
    return found


def _severity(numeral: Numeral) -> Severity:
    small = all(value in (0, 1, 2) for value in numeral.values)
    return "error" if numeral.figures and not small else "warning"


def _finding(check_name: str, message: str, numeral: Numeral, *, source_side: bool) -> Finding:
    span = (numeral.start, numeral.end)
    return Finding(
        check_name,
        _severity(numeral),
        message,
        {"number": numeral.text.strip()},
        source_span=span if source_side else None,
        target_span=None if source_side else span,
    )


def _changed(lost: Numeral, added: Numeral) -> Finding:
    both: Severity = "error" if "error" in (_severity(lost), _severity(added)) else "warning"
    return Finding(
        "number_changed",
        both,
        CHANGED,
        {"number": lost.text.strip(), "found": added.text.strip()},
        source_span=(lost.start, lost.end),
        target_span=(added.start, added.end),
    )
