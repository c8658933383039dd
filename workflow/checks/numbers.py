"""Numbers: each number of the source is in the target, and the target has none of its own.

A wrong figure is the costliest error in news, so figures are errors; numbers in words, which languages
handle more freely, and figures up to two are warnings. Clock times are left out: 3 p.m. may become 15 h.
"""

import re
from decimal import Decimal

from .findings import Finding, Severity, gettext_noop
from .numerals import Numeral, Value, read
from .protected import blanked

LOST = gettext_noop("The number “%(number)s” is missing from the translation.")
ADDED = gettext_noop("The number “%(number)s” is not in the source.")
CHANGED = gettext_noop("The number “%(number)s” has become “%(found)s”.")
PERCENT_LOST = gettext_noop("The source has a percentage; the translation has none.")

# Words behind which a target may well put a figure.
_IMPLIED = {
    "half": (50, Decimal("0.5"), 2), "quarter": (25, 4), "quarters": (75, 4), "third": (33, 3),
    "thirds": (66, 67, 3), "noon": (12,), "midnight": (0, 24), "dozen": (12,), "dozens": (10, 12),
    "decade": (10,), "decades": (10,), "century": (100,), "centuries": (100,), "twice": (2,),
    "double": (2,), "doubled": (2,), "tripled": (3,), "triple": (3,), "quadrupled": (4,),
    "fortnight": (14, 15), "fortnightly": (14, 15), "hundred": (100,), "hundreds": (100,),
    "thousand": (1000,), "thousands": (1000,), "million": (10**6,), "centenary": (100,),
    "bicentenary": (200,), "daily": (24,), "clock": (24,), "couple": (2,), "pair": (2,), "once": (1,),
    "single": (1,), "tens": (10,), "millennium": (1000,), "millennia": (1000,), "hourly": (1,),
    "semester": (6,), "nil": (0,), "none": (0,), "no": (0,),
}  # fmt: skip
_IMPLIED |= {
    f"{tens}ies": (10 * at, 1900 + 10 * at)
    for at, tens in enumerate(["twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet"], start=2)
}
# The nineteen-seventies are the seventies.
_CENTURY_OF_DECADE = re.compile(r"\bnineteen(?=[- ]\w+ties\b)", re.I)
_PERCENT_SOURCE = re.compile(r"%|\bper ?cent\b|\bpercentage\b", re.I)
_PERCENT_TARGET = {
    "fr": re.compile(r"%|pour ?cent|pourcentage", re.I),
    "ar": re.compile(r"[%٪]|(?:في|ب)\s?ال?(?:مائة|مئة|ماية|مية)|نسبة|النسبة|بالمئة|بالمائة|المئة|المائة"),
}
_WORD = re.compile(r"[a-z]+")


def check(source: str, target: str, locale: str) -> list[Finding]:
    """Compares the numbers of plain source and target text; target `locale` is BCP 47."""
    source, target = _CENTURY_OF_DECADE.sub("x" * 8, blanked(source)), blanked(target)
    theirs, ours = read(source, "en"), read(target, locale)
    in_target = {value for numeral in ours for value in numeral.values}
    in_source = {value for numeral in theirs for value in numeral.values} | _implied(source)
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


def _implied(source: str) -> set[Value]:
    return {Decimal(value) for word in _WORD.findall(source.lower()) for value in _IMPLIED.get(word, ())}


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
