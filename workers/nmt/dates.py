"""Names of months and days of the week: found in a text, compared across languages, written in another.

A month counts where it stands by a number ("1 July", "November 2022"): "May" and "March" are words, too.
"""

import re
from dataclasses import dataclass
from functools import cache

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
}
# The Maghreb's, the Levant's and other spellings.
_MORE_MONTHS = {
    "جانفي": 1, "فيفري": 2, "أفريل": 4, "ابريل": 4, "إبريل": 4, "ماي": 5, "أيار": 5, "جوان": 6, "يونيه": 6,
    "حزيران": 6, "جويلية": 7, "يوليوز": 7, "يوليه": 7, "تموز": 7, "أوت": 8, "غشت": 8, "آب": 8, "شتنبر": 9,
    "أيلول": 9, "اكتوبر": 10, "نونبر": 11, "دجنبر": 12, "شباط": 2, "آذار": 3, "نيسان": 4,
    "كانون الثاني": 1, "تشرين الأول": 10, "تشرين الثاني": 11, "كانون الأول": 12,
}  # fmt: skip
_DAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "ar": "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
}
_MORE_DAYS = {"الإثنين": 1, "الاربعاء": 3, "الاحد": 7} | {
    # Without its article: "every Friday", "the first Thursday".
    f"{word} {day.removeprefix('ال')}": at
    for word in ("كل", "يوم", "أول", "آخر", "ثاني", "صباح", "مساء")
    for at, day in enumerate(_DAYS["ar"].split(), start=1)
}
_DAY_BEFORE = re.compile("(?:يوم|أيام|مساء|صباح|ليلة|أمس|غد|من|إلى|،|^)\\s*$")


@dataclass(frozen=True)
class Name:
    """text[start:end] names month `number` (1 to 12) or day of the week `number` (1 is Monday)."""

    start: int
    end: int
    number: int
    kind: str


@cache
def _names(locale: str) -> tuple[re.Pattern[str], dict[str, tuple[str, int]]]:
    names: dict[str, tuple[str, int]] = {}
    for kind, table, more in (("month", _MONTHS, _MORE_MONTHS), ("weekday", _DAYS, _MORE_DAYS)):
        names |= {name: (kind, at) for at, name in enumerate(table.get(locale, "").split(), start=1)}
        if locale == "ar":
            names |= {name: (kind, at) for name, at in more.items()}
    # English names are proper: "may" is not May. An Arabic name may have a conjunction or preposition on it.
    flags = re.NOFLAG if locale == "en" else re.IGNORECASE
    clitic = "[وفبكل]?" if locale == "ar" else ""
    plural = "s?" if locale != "ar" else ""
    longest_first = sorted(names, key=len, reverse=True)
    pattern = rf"\b{clitic}({'|'.join(map(re.escape, longest_first)) or '(?!)'}){plural}\b"
    return re.compile(pattern, flags), names


def find(text: str, locale: str) -> list[Name]:
    """Every name of a month or a day in the text, in order."""
    pattern, names = _names(locale.split("-")[0])
    return [
        Name(match.start(1), match.end(1), number, kind)
        for match in pattern.finditer(text)
        for kind, number in [names[match.group(1) if match.group(1) in names else match.group(1).lower()]]
    ]


def dated(text: str, name: Name) -> bool:
    """Whether the name certainly tells a date: a day of the week, or a month by a number."""
    before, after = text[: name.start], text[name.end :]
    if name.kind == "weekday":
        # In Arabic Sunday and Monday are also "one" and "two" with the article.
        return text[name.start : name.end] not in ("الأحد", "الاثنين") or bool(_DAY_BEFORE.search(before))
    return bool(
        re.search(r"\d(?:st|nd|rd|th|er)?(?: of)?\s$", before)
        or re.match(r"(?:,| de| من عام| عام)?\s\d", after)
    )


def write(kind: str, number: int, locale: str) -> str | None:
    """The month's or the day's name in `locale`; None when we do not know the language."""
    names = (_MONTHS if kind == "month" else _DAYS).get(locale.split("-")[0], "").split()
    return names[number - 1] if names else None
