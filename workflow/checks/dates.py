"""Dates: the month of a date and the day of the week are the same in the target."""

from languages import dates
from workflow.messages import gettext_noop

from .findings import Finding

MONTH_LOST = gettext_noop("The month “%(name)s” is missing or changed; expected “%(expected)s”.")
DAY_LOST = gettext_noop("The day “%(name)s” is missing or changed; expected “%(expected)s”.")
_MESSAGES = {"month": MONTH_LOST, "weekday": DAY_LOST}


def check(source: str, target: str, locale: str) -> list[Finding]:
    """Compares dates of plain texts; each name of the English source that the target has not, once."""
    written = {(name.kind, name.number) for name in dates.find(target, locale)}
    found = {}
    for name in dates.find(source, "en"):
        expected = dates.write(name.kind, name.number, locale)
        which = (name.kind, name.number)
        if expected is None or which in written or which in found or not dates.meant(source, name):
            continue
        words = {"name": source[name.start : name.end], "expected": expected}
        found[which] = Finding(
            name.kind, "warning", _MESSAGES[name.kind], words,
            source_span=(name.start, name.end), suggestion=expected,
        )  # fmt: skip
    return list(found.values())
