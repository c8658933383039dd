"""Reads the numbers of a text, in figures (any digits, any separators) and in words, as values.

`3,000`, `3 000`, `٣٬٠٠٠`, `3 آلاف` and `trois mille` are all 3000. A figure that two conventions read
differently keeps both values; comparing is done on values, so digits and separators never matter.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from .number_words import key, words_of

Value = Decimal

_DIGITS = "0-9٠-٩۰-۹"
_ASCII = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬", "01234567890123456789.,")
_FIGURE = re.compile(
    rf"(?<![{_DIGITS}])[{_DIGITS}]{{1,3}}(?:[ \u00a0\u202f\u2009][{_DIGITS}]{{3}})+(?![{_DIGITS}])"
    rf"(?:[.,٫][{_DIGITS}]{{1,2}}(?![{_DIGITS}]))?"
    rf"|[{_DIGITS}]+(?:[.,٫٬'’][{_DIGITS}]+)*"
)
_WORD = re.compile(r"[^\W\d_]+")
_ROMAN = re.compile(r"\b([IVXL]+)(?:e|er|ère|ème)?\b")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
# Between the words of one number: "twenty-five", "two hundred and six", "vingt et un".
_BETWEEN = re.compile(r"[\s\u00a0-]*(?:(?:and|et)[\s\u00a0]+)?")
_TIME_AFTER = re.compile(r"[\s\u00a0\u202f]*(?:[ap]\.?m\b|h\b|heures?\b|GMT|UTC|o’clock|o'clock)", re.I)
_TIME_BEFORE = re.compile(r"(?:الساعة|الساعه)\s*$")


@dataclass(frozen=True)
class Numeral:
    """A number in a text: the values it may have, its offsets, whether it is written in figures.

    `soft` numerals (clock times, roman numerals, words such as "second") may match but are never missed.
    """

    values: frozenset[Value]
    start: int
    end: int
    figures: bool
    soft: bool = False
    text: str = ""


def read(text: str, locale: str) -> list[Numeral]:
    """The numerals of a text in `locale` (BCP 47: en, fr, ar), figures first, then words."""
    figures = _figures(text, locale)
    taken = {at for numeral in figures for at in range(numeral.start, numeral.end)}
    return [*figures, *_words(text, locale, taken), *_romans(text, locale)]


def _figures(text: str, locale: str) -> list[Numeral]:
    found = []
    for match in _FIGURE.finditer(text):
        values = _values(match[0], locale)
        end = match.end()
        scale = _scale_after(text, end, locale)
        if scale:
            values, end = frozenset(value * scale[0] for value in values), scale[1]
        before, after = text[: match.start()], text[match.end() :]
        values |= _year_forms(values, before, after)
        soft = (
            bool(_TIME_AFTER.match(after))
            or bool(_TIME_BEFORE.search(before))
            or bool(re.match(rf"[:h][{_DIGITS}]{{2}}", after))
            or bool(re.search(rf"[{_DIGITS}](?::|[\s\u00a0\u202f]?h[\s\u00a0\u202f]?)$", before))
            or bool(re.match(r"[A-Za-z]", before[-1:]))
        )
        found.append(Numeral(values, match.start(), end, True, soft, text[match.start() : end]))
    return found


def _values(figure: str, locale: str) -> frozenset[Value]:
    """All the values a figure may have: a dot or comma is a decimal sign or parts thousands."""
    plain = re.sub(r"[ \u00a0\u202f\u2009'’]", "", figure).translate(_ASCII)
    separators = [character for character in plain if character in ".,"]
    readings = set()
    if not separators:
        readings.add(plain)
    else:
        last = max(plain.rfind("."), plain.rfind(","))
        whole, fraction = plain[:last], plain[last + 1 :]
        bare = re.sub("[.,]", "", plain)
        thousands = all(len(part) == 3 for part in re.split("[.,]", plain)[1:]) and len(set(separators)) == 1
        if thousands:
            readings.add(bare)
        # In English 8,000 is eight thousand and nothing else; elsewhere people write both ways.
        if plain.count(plain[last]) == 1 and not (thousands and locale == "en" and plain[last] == ","):
            readings.add(re.sub("[.,]", "", whole) + "." + fraction)
        if not readings:
            # A date or a version: 09.07.2025. Its parts are told apart by the caller's other figures.
            readings.add(bare)
    return frozenset(Decimal(reading).normalize() for reading in readings)


def _scale_after(text: str, at: int, locale: str) -> tuple[Value, int] | None:
    """A word such as "million" right after a figure: its value and where it ends."""
    match = re.compile(r"[ \u00a0\u202f-]*([^\W\d_]+)").match(text, at)
    if match is None:
        return None
    value = words_of(locale).get(key(match[1], locale), 0)
    return (Decimal(value), match.end()) if value >= 1000 and value % 1000 == 0 else None


def _year_forms(values: frozenset[Value], before: str, after: str) -> frozenset[Value]:
    """Other readings of years cut short: 2018-19 is also 2019, the 1990s are also the nineties."""
    forms: set[Value] = set()
    for value in values:
        if (century := re.search(r"(\d\d)\d\d\s?[-–/]\s?$", before)) and value < 100:
            forms.add(int(century[1]) * 100 + value)
        if after.startswith("s") and value % 10 == 0:
            forms.add(value % 100)
    return frozenset(forms)


_SOFT_WORDS = frozenset(
    ["one", "two", "first", "second", "third", "dozen", "zero", "hundred", "thousand", "million", "billion"]
)


def _words(text: str, locale: str, taken: set[int]) -> list[Numeral]:
    words = words_of(locale)
    found: list[Numeral] = []
    run: list[int] = []
    names: list[str] = []
    start = end = 0

    def close() -> None:
        if run:
            soft = len(run) == 1 and names[0] in _SOFT_WORDS
            found.append(Numeral(_decade(_sum(run, locale), names), start, end, False, soft, text[start:end]))
        run.clear()
        names.clear()

    for match in _WORD.finditer(text):
        name = key(match[0], locale)
        value = words.get(name)
        if value is None or match.start() in taken:
            if name not in ("and", "et"):
                close()
            continue
        joined = run and _BETWEEN.fullmatch(text, end, match.start())
        if run and not (joined and _continues(run, value, locale)):
            close()
        if not run:
            start = match.start()
        run.append(value)
        names.append(name)
        end = match.end()
    close()
    return found


def _continues(run: list[int], value: int, locale: str) -> bool:
    """Whether a number word goes on with the number before it, rather than beginning another one."""
    last = run[-1]
    if value >= 100:
        return True
    if locale.startswith("ar") and last < 10:
        return value >= 10
    if last == 4 and value == 20 and locale.startswith("fr"):
        return True
    if last >= 100:
        return True
    if last == 10 and locale.startswith("fr"):
        return 7 <= value <= 9
    return last >= 20 and (value < 10 or (value < 20 and locale.startswith("fr")))


def _sum(run: list[int], locale: str) -> Decimal:
    total = current = 0
    for value in run:
        if value >= 1000:
            total, current = total + max(current, 1) * value, 0
        elif value == 100:
            current = max(current % 100, 1) * 100 + (current - current % 100)
        elif value == 20 and current % 100 == 4 and locale.startswith("fr"):
            current += 76  # quatre-vingt
        else:
            current += value
    return Decimal(total + current)


def _decade(value: Decimal, names: list[str]) -> frozenset[Value]:
    """The value, and the years a decade's name stands for."""
    if len(names) == 1 and names[0].endswith(("ينيات", "ينات")):
        return frozenset({value, value + 1900})
    return frozenset({value})


def _romans(text: str, locale: str) -> list[Numeral]:
    found = []
    for match in _ROMAN.finditer(text):
        numbers = [_ROMAN_VALUES[letter] for letter in match[1]]
        value = sum(
            -number if later and number < max(later) else number
            for number, later in ((number, numbers[at + 1 :]) for at, number in enumerate(numbers))
        )
        found.append(Numeral(frozenset({Decimal(value)}), match.start(), match.end(), False, True, match[0]))
    return found
