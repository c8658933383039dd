"""Numbers in a text and in its translation: found, compared by value, written as a locale writes them.

"14,000", "14 000", "14 ألف", "١٤٬٠٠٠" and "fourteen thousand" are one value; "2 p.m." may be 14 h. A number
that a draft spells out is not lost, one that the source spells out may come as digits.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from . import dates
from .number_words import SCALES, spelled

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
# Thousands are set apart by comma, point, apostrophe or space in groups of three; a lone group of three
# after a point is a decimal only in English, which the caller's locale tells.
_NUMBER = re.compile(
    r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)(?:[.,٫]\d+)?"
    r"|\d+(?:[.,'’٬٫]\d+)*"
)
_SCALE_AFTER = re.compile(r"[ \u00a0\u202f-]?(?:et demi |de )?([^\W\d_]+)")
_PM = re.compile(r"(?:[:.]\d\d)?\s?p\.?\s?m\b|\s?o['’]clock", re.IGNORECASE)
_AM_PM = re.compile(r"\s?[ap]\.?\s?m\b", re.IGNORECASE)
# Minutes that languages say in words: a quarter past, half past, a quarter to.
_MINUTES = {15: Decimal(25), 30: Decimal(50), 45: Decimal(25)}


@dataclass(frozen=True)
class Number:
    """text[start:end] is the number as written; `value` is exact, a scale word after it multiplied in.

    Months and days of the week are numbers, too (`kind` "month", "weekday"): drafts get them wrong alike.
    """

    text: str
    start: int
    end: int
    value: Decimal
    kind: str
    also: frozenset[Decimal] = frozenset()

    @property
    def values(self) -> frozenset[Decimal]:
        """Every value a faithful translation may write."""
        return self.also | {self.value}


def find(text: str, locale: str) -> list[Number]:
    """The numbers written in digits, in order. Kinds: percent, year, decimal, number."""
    return list(_find(text, locale.split("-")[0]))


def _find(text: str, locale: str) -> Iterator[Number]:
    ascii_text = text.translate(_DIGITS)
    for match in _NUMBER.finditer(ascii_text):
        written = match.group()
        rest = ascii_text[match.end() :]
        bare, decimal = _value(written, locale)
        if bare is None or (re.fullmatch(r"\d\d?\.\d\d", written) and _AM_PM.match(rest)):
            # Not one number ("12.05.2025", "4.45 p.m."): each run of digits counts for itself.
            for run in re.finditer(r"\d+", written):
                start = match.start() + run.start()
                yield _part(text, ascii_text, start, start + len(run.group()))
            continue
        scale = _SCALE_AFTER.match(rest)
        factor = SCALES.get(scale.group(1).lower() if scale else "", 1)
        also = {bare} if factor != 1 else set()
        also |= _clock(ascii_text, match.start(), match.end(), bare)
        if rest[:1] == "s" and bare % 10 == 0 and bare > 99:
            also.add(bare % 100)
        kind = "decimal" if decimal else _kind(written, rest)
        yield Number(
            text[match.start() : match.end()],
            match.start(),
            match.end(),
            bare * factor,
            kind,
            frozenset(also),
        )


def _part(text: str, ascii_text: str, start: int, end: int) -> Number:
    value = Decimal(ascii_text[start:end])
    kind = _kind(ascii_text[start:end], "")
    return Number(text[start:end], start, end, value, kind, frozenset(_clock(ascii_text, start, end, value)))


def _clock(text: str, start: int, end: int, value: Decimal) -> set[Decimal]:
    """What else an hour or its minutes may be: 2 p.m. is 14 h, 9:30 half past nine."""
    if value < 12 and _PM.match(text, end):
        return {value + 12}
    if re.search(r"\d[:.]$", text[:start]) and int(value) in _MINUTES:
        return {_MINUTES[int(value)]}
    return set()


def _kind(written: str, rest: str) -> str:
    if re.match(r"[ \u00a0\u202f]?(?:[%٪]|per ?cent\b)", rest):
        return "percent"
    return "year" if written.isdigit() and len(written) == 4 and 1000 <= int(written) < 2200 else "number"


def _value(written: str, locale: str) -> tuple[Decimal | None, bool]:
    """The value and whether it has decimals; None when the separators make no number."""
    plain = re.sub("[ \u00a0\u202f'’٬]", "", written).replace("٫", ".")
    marks = [character for character in plain if character in ".,"]
    if not marks:
        return Decimal(plain), "٫" in written
    last = marks[-1]
    head, _, tail = plain.rpartition(last)
    grouped = all(len(group) == 3 for group in re.split("[.,]", plain)[1:])
    if len(set(marks)) == 1 and grouped and (len(marks) > 1 or _thousands(last, locale)):
        return Decimal(re.sub("[.,]", "", plain)), False
    if marks.count(last) > 1 or ("٫" in written and last == ","):
        return None, False
    return Decimal(re.sub("[.,]", "", head) + "." + tail), True


def _thousands(mark: str, locale: str) -> bool:
    """Whether a single mark before three digits sets thousands apart: "1.250" is so in French only."""
    return mark == "," if locale != "fr" else True


def lost(source: str, draft: str, source_locale: str, locale: str) -> list[Number]:
    """The source's numbers, months and days whose value the draft neither writes nor spells out."""
    written = {value for number in find(draft, locale) for value in number.values}
    words = spelled(draft, locale)
    named = {(name.kind, name.number) for name in dates.find(draft, locale)}
    missing = [
        number
        for number in find(source, source_locale)
        if not number.values & written and not any(_same_in_words(value, words) for value in number.values)
    ]
    return sorted(missing + _unnamed(source, source_locale, named, locale), key=lambda number: number.start)


def added(source: str, draft: str, source_locale: str, locale: str) -> list[Number]:
    """The draft's numbers, months and days that the source neither writes nor spells out."""
    written = {value for number in find(source, source_locale) for value in number.values}
    words = spelled(source, source_locale)
    named = {(name.kind, name.number) for name in dates.find(source, source_locale)}
    extra = [
        number
        for number in find(draft, locale)
        # The minutes of a full hour ("15:00") tell nothing new.
        if number.text not in ("00", "٠٠")
        and not number.values & written
        and not any(_same_in_words(value, words) for value in number.values)
    ]
    return sorted(extra + _unnamed(draft, locale, named, source_locale), key=lambda number: number.start)


def _unnamed(text: str, locale: str, named: set[tuple[str, int]], other: str) -> list[Number]:
    """Months and days of `text` that are not among those named in the other language's text."""
    if dates.write("month", 1, other) is None:
        return []
    return [
        Number(text[name.start : name.end], name.start, name.end, Decimal(name.number), name.kind)
        for name in dates.find(text, locale)
        if (name.kind, name.number) not in named and dates.dated(text, name)
    ]


def _same_in_words(value: Decimal, words: frozenset[int]) -> bool:
    return value == value.to_integral_value() and int(value) in words


def write(number: Number, locale: str) -> str:
    """The number as `locale` writes it in digits: French sets thousands apart by a no-break space.

    Months and days are written by their names.
    """
    if number.kind in ("month", "weekday"):
        return dates.write(number.kind, int(number.value), locale) or number.text
    if locale.split("-")[0] != "fr" or not re.search("[.,]", number.text):
        return number.text
    whole, _, decimals = number.text.partition(".")
    return whole.replace(",", "\u00a0") + (f",{decimals}" if decimals else "")
