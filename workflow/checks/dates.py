"""Dates: the month of a date and the day of the week are the same in the target."""

import re

from .findings import Finding, gettext_noop
from .number_words import folded

MONTH_LOST = gettext_noop("The month “%(name)s” is missing or changed; expected “%(expected)s”.")
DAY_LOST = gettext_noop("The day “%(name)s” is missing or changed; expected “%(expected)s”.")

# English name → French names, Arabic names (Levant, Maghreb and Gulf usage), the usual one first.
_MONTHS = {
    "January": ("janvier", "يناير كانون الثاني جانفي"),
    "February": ("février", "فبراير شباط فيفري"),
    "March": ("mars", "مارس آذار"),
    "April": ("avril", "أبريل إبريل نيسان أفريل"),
    "May": ("mai", "مايو ماي أيار"),
    "June": ("juin", "يونيو حزيران يونيه جوان"),
    "July": ("juillet", "يوليو تموز يوليوز يوليه جويلية"),
    "August": ("août aout", "أغسطس غشت آب أوت"),
    "September": ("septembre", "سبتمبر أيلول شتنبر"),
    "October": ("octobre", "أكتوبر تشرين"),
    "November": ("novembre", "نوفمبر تشرين نونبر"),
    "December": ("décembre", "ديسمبر كانون دجنبر"),
}
_DAYS = {
    "Monday": ("lundi", "الاثنين الإثنين اثنين"),
    "Tuesday": ("mardi", "الثلاثاء"),
    "Wednesday": ("mercredi", "الأربعاء"),
    "Thursday": ("jeudi", "الخميس"),
    "Friday": ("vendredi", "الجمعة"),
    "Saturday": ("samedi", "السبت"),
    "Sunday": ("dimanche", "الأحد"),
}
# May, March, April, June and August are words and names as well: these count only where a month stands.
_SURE = [month for month in _MONTHS if month not in ("March", "April", "May", "June", "August")]
_BEFORE = ["in ", "by ", "of ", "early ", "late ", "mid-", "next ", "last ", "each ", "until ", "since "]
_MONTH = re.compile(
    rf"(?:(?<=\d )|{'|'.join(f'(?<=[^a-zA-Z]{word})' for word in _BEFORE)})(?:{'|'.join(_MONTHS)})\b"
    rf"|\b(?:{'|'.join(_MONTHS)})(?= \d)|\b(?:{'|'.join(_SURE)})\b"
)
_DAY = re.compile(rf"\b(?:{'|'.join(_DAYS)})(?=s?\b)")


def check(source: str, target: str, locale: str) -> list[Finding]:
    """Compares dates of plain texts; knows French and Arabic targets."""
    column = {"fr": 0, "ar": 1}.get(locale.split("-")[0])
    if column is None:
        return []
    written = folded(target) if column else " ".join(re.findall(r"\w+", target.lower()))
    found = []
    for pattern, names, check_name, message in (
        (_MONTH, _MONTHS, "month", MONTH_LOST),
        (_DAY, _DAYS, "weekday", DAY_LOST),
    ):
        seen = set()
        for match in pattern.finditer(source):
            expected = names[match[0]][column].split()
            # Arabic days also stand without their article: "every Friday" is كل جمعة.
            known = [folded(name).removeprefix("ال") if column else name for name in expected]
            if match[0] not in seen and not any(_stands(name, written, column) for name in known):
                found.append(
                    Finding(
                        check_name, "warning", message, {"name": match[0], "expected": expected[0]},
                        source_span=match.span(), suggestion=expected[0],
                    )
                )  # fmt: skip
            seen.add(match[0])
    return found


def _stands(name: str, text: str, arabic: int) -> bool:
    """Whether a name is in the text; Arabic writes prefixes onto it, French has it as a word."""
    return name in text if arabic else bool(re.search(rf"\b{name}s?\b", text))
