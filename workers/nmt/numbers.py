"""Numbers of a text and of its draft, compared by value; written as a locale writes them.

"14,000", "14 000", "14 ألف", "١٤٬٠٠٠" and "fourteen thousand" are one value; "2 p.m." may be 14 h. A number
that a draft spells out is not lost, one that the source spells out may come as digits.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from languages import dates, numerals


@dataclass(frozen=True)
class Number:
    """text[start:end] is the number as written in digits; `values` are all that a translation may write.

    Months and days of the week are numbers, too (`kind` "month", "weekday"): drafts get them wrong alike.
    """

    text: str
    start: int
    end: int
    values: frozenset[Decimal]
    kind: str

    @property
    def value(self) -> Decimal:
        """The likeliest of its values: thousands rather than decimals, 14 h rather than 2."""
        return max(self.values)


def find(text: str, locale: str) -> list[Number]:
    """The numbers written in digits, in order. Kinds: percent, year, decimal, number."""
    found = []
    for numeral in numerals.figures(text, locale):
        written = text[numeral.start : numeral.digits]
        bare = frozenset(value / numeral.scale for value in numeral.values)
        kind = "decimal" if all(value % 1 for value in bare) else _kind(written, text[numeral.digits :])
        # "2 million" may come as "2 M": the bare number is enough.
        found.append(Number(written, numeral.start, numeral.digits, numeral.values | bare, kind))
    return found


def _kind(written: str, rest: str) -> str:
    if re.match(r"[ \u00a0\u202f]?(?:[%٪]|per ?cent\b)", rest):
        return "percent"
    return "year" if written.isdigit() and len(written) == 4 and 1000 <= int(written) < 2200 else "number"


def lost(source: str, draft: str, source_locale: str, locale: str) -> list[Number]:
    """The source's numbers, months and days whose value the draft neither writes nor spells out."""
    return _absent(source, source_locale, draft, locale)


def added(source: str, draft: str, source_locale: str, locale: str) -> list[Number]:
    """The draft's numbers, months and days that the source neither writes nor spells out."""
    # The minutes of a full hour ("15:00") tell nothing new.
    extra = _absent(draft, locale, source, source_locale)
    return [number for number in extra if number.text not in ("00", "٠٠")]


def _absent(text: str, locale: str, other: str, other_locale: str) -> list[Number]:
    """The numbers, months and days of `text` that `other` has not, in order."""
    values = numerals.every_value(other, other_locale)
    absent = [number for number in find(text, locale) if not number.values & values]
    if dates.write("month", 1, other_locale) is not None:
        named = {(name.kind, name.number) for name in dates.find(other, other_locale)}
        absent += [
            Number(
                text[name.start : name.end],
                name.start,
                name.end,
                frozenset({Decimal(name.number)}),
                name.kind,
            )
            for name in dates.find(text, locale)
            if (name.kind, name.number) not in named and dates.dated(text, name)
        ]
    return sorted(absent, key=lambda number: number.start)


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
