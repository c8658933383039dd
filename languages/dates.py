"""Names of months and days of the week: found in a text, compared across languages, written in another."""

import re
from dataclasses import dataclass
from functools import cache

from .letters import ARABIC, folded, places

# The usual name first. Arabic has the Maghreb's, the Levant's and the Gulf's names.
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août|aout septembre octobre novembre décembre",
    "ar": "يناير|جانفي|كانون_الثاني فبراير|شباط|فيفري مارس|آذار أبريل|نيسان|أفريل مايو|ماي|أيار "
    "يونيو|حزيران|يونيه|جوان يوليو|تموز|يوليوز|يوليه|جويلية أغسطس|غشت|آب|أوت سبتمبر|أيلول|شتنبر "
    "أكتوبر|تشرين_الأول نوفمبر|تشرين_الثاني|نونبر ديسمبر|كانون_الأول|دجنبر",
}
_DAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "ar": "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
}
_TABLES = {"month": _MONTHS, "weekday": _DAYS}
# Sunday and Monday are also "one" and "two": what comes before tells. Without its article, as in "every
# Friday", a day is sure only behind the first of these words.
_BARE_DAY_BEFORE = re.compile(r"\b[وف]?(?:يوم|كل|أول|آخر|ثاني|ثالث|صباح|مساء)\s+$")
_DAY_BEFORE = re.compile("(?:يوم|أيام|مساء|صباح|ليلة|أمس|غد|من|إلى|،|^)\\s*$")
_NUMBERS_TOO = frozenset(["احد", "اثنين"])
# May, March, April, June and August are words and names as well: these count only where a month stands.
_UNSURE = frozenset([3, 4, 5, 6, 8])
_MONTH_BEFORE = re.compile(r"[^a-zA-Z](?:(?:in|by|of|early|late|next|last|each|until|since) |mid-)$|\d $")


@dataclass(frozen=True)
class Name:
    """text[start:end] names month `number` (1 to 12) or day of the week `number` (1 is Monday)."""

    start: int
    end: int
    number: int
    kind: str


@cache
def _names(locale: str) -> tuple[re.Pattern[str], dict[str, tuple[str, int]]]:
    """The pattern of all names of a language, and what each means by its key."""
    names = {
        _key(name.replace("_", " "), locale): (kind, number)
        for kind, table in _TABLES.items()
        for number, variants in enumerate(table.get(locale, "").split(), start=1)
        for name in variants.split("|")
    }
    longest_first = sorted(names, key=len, reverse=True)
    if locale == "ar":
        # On a folded text; a conjunction and a preposition may be written on the name.
        return re.compile(rf"\b[وف]?(?:لل|[بكل])?((?:ال)?(?:{'|'.join(longest_first)}))\b"), names
    # English names are proper: "may" is not May.
    flags = re.NOFLAG if locale == "en" else re.IGNORECASE
    return re.compile(rf"\b({'|'.join(longest_first) or '(?!)'})s?\b", flags), names


def _key(name: str, locale: str) -> str:
    """How a name is looked up: Arabic folded and without the first article."""
    if locale == "ar":
        return folded(name).removeprefix("ال")
    return name if locale == "en" else name.lower()


def find(text: str, locale: str) -> list[Name]:
    """Every name of a month or a day in the text, in order."""
    locale = locale.split("-")[0]
    pattern, names = _names(locale)
    plain, at = (folded(text), places(text)) if locale == "ar" else (text, range(len(text) + 1))
    found = []
    for match in pattern.finditer(plain):
        name = _key(match[1], locale)
        kind, number = names[name]
        number_too = name in _NUMBERS_TOO and not match[1].startswith("ال")
        if not number_too or _BARE_DAY_BEFORE.search(text[: at[match.start()]]):
            found.append(Name(at[match.start(1)], at[match.end(1)], number, kind))
    return found


def dated(text: str, name: Name) -> bool:
    """Whether the name certainly tells a date: a day of the week, or a month by a number."""
    before, after = text[: name.start], text[name.end :]
    if name.kind == "weekday":
        written = text[name.start : name.end]
        if not ARABIC.match(written):
            return True
        if not written.startswith("ال"):
            return bool(_BARE_DAY_BEFORE.search(before))
        return _key(written, "ar") not in _NUMBERS_TOO or bool(_DAY_BEFORE.search(before))
    return bool(
        re.search(r"\d(?:st|nd|rd|th|er)?(?: of)?\s$", before)
        or re.match(r"(?:,| de| من عام| عام)?\s\d", after)
    )


def meant(text: str, name: Name) -> bool:
    """Whether a name in an English text tells a date in all likelihood: "in May", "Marches" not."""
    if name.kind == "weekday" or name.number not in _UNSURE:
        return True
    return bool(_MONTH_BEFORE.search(text[: name.start]) or re.match(r" \d", text[name.end :]))


def write(kind: str, number: int, locale: str) -> str | None:
    """The month's or the day's usual name in `locale`; None when we do not know the language."""
    names = _TABLES[kind].get(locale.split("-")[0], "").split()
    return names[number - 1].split("|")[0] if names else None
