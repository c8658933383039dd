"""Reads the numbers of a text, in figures (any digits, any separators) and in words, as values.

`3,000`, `3 000`, `٣٬٠٠٠`, `3 آلاف` and `trois mille` are all 3000. A figure that two conventions read
differently keeps both values; comparing is done on values, so digits and separators never matter.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from .number_words import WORD, implied, key, scale, words_of

Value = Decimal

_DIGITS = "0-9٠-٩۰-۹"
_ASCII = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬", "01234567890123456789.,")
_FIGURE = re.compile(
    rf"(?<![{_DIGITS}])[{_DIGITS}]{{1,3}}(?:[ \u00a0\u202f\u2009][{_DIGITS}]{{3}})+(?![{_DIGITS}])"
    rf"(?:[.,٫][{_DIGITS}]{{1,2}}(?![{_DIGITS}]))?"
    rf"|[{_DIGITS}]+(?:[.,٫٬'’][{_DIGITS}]+)*"
)
# Not the elided article of "L'école".
_ROMAN = re.compile(r"\b([IVXLC]+)(?:e|er|ère|ème)?\b(?!['’])")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
# Between the words of one number: "twenty-five", "two hundred and six", "vingt et un".
_BETWEEN = re.compile(r"[\s\u00a0-]*(?:(?:and|et)[\s\u00a0]+)?")
_SCALE_WORD = re.compile(r"[ \u00a0\u202f-]*([^\W\d_]+)")
_TIME_AFTER = re.compile(r"[\s\u00a0\u202f]*(?:[ap]\.?m\b|h\b|heures?\b|GMT|UTC|o’clock|o'clock)", re.I)
# What else an hour or its minutes may be: 2 p.m. is 14 h, 9:30 half past nine.
_PM = re.compile(r"(?:[:.]\d\d)?\s?p\.?\s?m\b|\s?o['’]clock", re.I)
_POINTED_TIME = re.compile(r"\d\d?\.\d\d(?=\s?[ap]\.?\s?m\b)", re.I)
_MINUTES = {15: 25, 30: 50, 45: 25}
_TIME_BEFORE = re.compile(r"(?:الساعة|الساعه)\s*$")


@dataclass(frozen=True)
class Numeral:
    """A number in a text: the values it may have, its offsets, whether it is written in figures.

    `soft` numerals (clock times, roman numerals, words such as "second") may match but are never missed.
    The digits end at `digits`; a word behind them ("3 million") multiplies by `scale`.
    """

    values: frozenset[Value]
    start: int
    end: int
    figures: bool
    soft: bool = False
    text: str = ""
    digits: int = 0
    scale: int = 1


class _Word(NamedTuple):
    name: str
    value: int
    start: int
    end: int


def read(text: str, locale: str) -> list[Numeral]:
    """The numerals of a text in `locale` (BCP 47: en, fr, ar), figures first, then words."""
    written = figures(text, locale)
    return [*written, *_words(text, locale, written), *_romans(text)]


def every_value(text: str, locale: str) -> frozenset[Value]:
    """All values that figures and words of the text may stand for, also in part. Generous on purpose.

    It may clear a number of being lost, never accuse a text: "two hundred and six" is 206, 2, 100, 200 and 6.
    """
    written = figures(text, locale)
    values = implied(text, locale)
    for numeral in [*written, *_romans(text)]:
        values |= numeral.values | {value / numeral.scale for value in numeral.values}
    for run in _runs(text, locale, written):
        for first in range(len(run)):
            for last in range(first + 1, min(first + 8, len(run)) + 1):
                values |= _run_values(run[first:last], locale)
    return frozenset(values)


def figures(text: str, locale: str) -> list[Numeral]:
    """The numerals written in figures, in order."""
    found = []
    for match in _FIGURE.finditer(text):
        time = bool(_POINTED_TIME.match(text, match.start()))
        values = frozenset() if time else _values(match[0], locale)
        if values:
            found.append(_figure(text, match.start(), match.end(), values, locale))
            continue
        # Not one number ("12.05.2025", "4.45 p.m."): each run of digits counts for itself.
        for run in re.finditer(rf"[{_DIGITS}]+", match[0]):
            start, end = match.start() + run.start(), match.start() + run.end()
            found.append(_figure(text, start, end, _values(run[0], locale), locale, soft=time))
    return found


def _figure(
    text: str, start: int, digits: int, values: frozenset[Value], locale: str, *, soft: bool = False
) -> Numeral:
    end, factor = digits, 1
    word = _SCALE_WORD.match(text, digits)
    if word and (multiplies := scale(word[1], locale)):
        end, factor = word.end(), multiplies
    before, after = text[:start], text[end:]
    values = frozenset(value * factor for value in values)
    values |= _year_forms(values, before, after) | _clock_forms(values, before, after)
    soft = (
        soft
        or bool(_TIME_AFTER.match(after))
        or bool(_TIME_BEFORE.search(before))
        or bool(re.match(rf"[:h][{_DIGITS}]{{2}}", after))
        or bool(re.search(rf"[{_DIGITS}](?::|[\s\u00a0\u202f]?h[\s\u00a0\u202f]?)$", before))
        or bool(re.match(r"[A-Za-z]", before[-1:]))
    )
    return Numeral(values, start, end, True, soft, text[start:end], digits, factor)


def _values(figure: str, locale: str) -> frozenset[Value]:
    """All the values a figure may have: a dot or comma is a decimal sign or parts thousands.

    None at all where the separators make no number: a date or a version.
    """
    plain = re.sub(r"[ \u00a0\u202f\u2009'’]", "", figure).translate(_ASCII)
    separators = [character for character in plain if character in ".,"]
    if not separators:
        return frozenset({Decimal(plain)})
    readings = set()
    last = separators[-1]
    whole, _, fraction = plain.rpartition(last)
    bare = re.sub("[.,]", "", plain)
    thousands = all(len(part) == 3 for part in re.split("[.,]", plain)[1:]) and len(set(separators)) == 1
    if thousands:
        readings.add(bare)
    # In English 8,000 is eight thousand and nothing else; elsewhere people write both ways.
    if separators.count(last) == 1 and not (thousands and locale == "en" and last == ","):
        readings.add(re.sub("[.,]", "", whole) + "." + fraction)
    return frozenset(Decimal(reading).normalize() for reading in readings)


def _year_forms(values: frozenset[Value], before: str, after: str) -> frozenset[Value]:
    """Other readings of years cut short: 2018-19 is also 2019, the 1990s are also the nineties."""
    forms: set[Value] = set()
    for value in values:
        if (century := re.search(r"(\d\d)\d\d\s?[-–/]\s?$", before)) and value < 100:
            forms.add(int(century[1]) * 100 + value)
        if after.startswith("s") and value % 10 == 0:
            forms.add(value % 100)
    return frozenset(forms)


def _clock_forms(values: frozenset[Value], before: str, after: str) -> frozenset[Value]:
    if _PM.match(after):
        return frozenset(value + 12 for value in values if value < 12)
    if re.search(r"\d[:.]$", before[-2:]):
        return frozenset(Decimal(_MINUTES[int(value)]) for value in values if value in _MINUTES)
    return frozenset()


_SOFT_WORDS = frozenset(
    ["one", "two", "first", "second", "third", "dozen", "zero", "hundred", "thousand", "million", "billion"]
)


def _words(text: str, locale: str, written: list[Numeral]) -> list[Numeral]:
    found: list[Numeral] = []
    for run in _runs(text, locale, written):
        first = 0
        for at in range(1, len(run) + 1):
            if at < len(run) and _continues(run[at - 1].value, run[at].value, locale):
                continue
            number = run[first:at]
            soft = len(number) == 1 and number[0].name in _SOFT_WORDS
            start, end = number[0].start, number[-1].end
            found.append(Numeral(_run_values(number, locale), start, end, False, soft, text[start:end]))
            first = at
    return found


def _runs(text: str, locale: str, written: list[Numeral]) -> Iterator[list[_Word]]:
    """Number words that stand together, those behind figures left out: one number or several."""
    words = words_of(locale)
    taken = {at for numeral in written for at in range(numeral.digits, numeral.end)}
    run: list[_Word] = []
    for match in WORD.finditer(text):
        name = key(match[0], locale)
        value = words.get(name)
        if value is None or match.start() in taken:
            if run and name not in ("and", "et"):
                yield run
                run = []
            continue
        if run and not _BETWEEN.fullmatch(text, run[-1].end, match.start()):
            yield run
            run = []
        run.append(_Word(name, value, match.start(), match.end()))
    if run:
        yield run


def _continues(last: int, value: int, locale: str) -> bool:
    """Whether a number word goes on with the number before it, rather than beginning another one."""
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


def _run_values(run: list[_Word], locale: str) -> frozenset[Value]:
    """The value of the words taken as one number, and the years that a decade's name stands for."""
    total = current = 0
    for word in run:
        value = word.value
        if value >= 1000:
            total, current = total + max(current, 1) * value, 0
        elif value == 100:
            current = max(current % 100, 1) * 100 + (current - current % 100)
        elif value == 20 and current % 100 == 4 and locale.startswith("fr"):
            current += 76  # quatre-vingt
        else:
            current += value
    whole = Decimal(total + current)
    if len(run) == 1 and run[0].name.endswith(("ينيات", "ينات")):
        return frozenset({whole, whole + 1900})
    return frozenset({whole})


def _romans(text: str) -> list[Numeral]:
    found = []
    for match in _ROMAN.finditer(text):
        numbers = [_ROMAN_VALUES[letter] for letter in match[1]]
        value = sum(
            -number if later and number < max(later) else number
            for number, later in ((number, numbers[at + 1 :]) for at, number in enumerate(numbers))
        )
        found.append(Numeral(frozenset({Decimal(value)}), match.start(), match.end(), False, True, match[0]))
    return found
