"""Which digits an Arabic text is written in: Western (0-9), as in the Maghreb, or Arabic-Indic (٠-٩)."""

import re
from dataclasses import dataclass
from enum import StrEnum

from .addresses import blanked


class Digits(StrEnum):
    """What a newsroom writes: one kind of digits throughout, or those of the source."""

    WESTERN = "western"
    ARABIC_INDIC = "arabic-indic"
    SOURCE = "source"


@dataclass(frozen=True)
class Breach:
    """text[start:end] is a number in digits that are not wanted; `wanted` is the same number in those that are."""

    start: int
    end: int
    wanted: str


_WESTERN = re.compile("[0-9]")
_INDIC = re.compile("[٠-٩۰-۹]")
_INDIC_NUMBER = re.compile("[٠-٩۰-۹]++(?:[.,٫٬:/][٠-٩۰-۹]++)*+")
# Not the digits of a name in Latin letters: G20, COVID-19, mp3.
_WESTERN_NUMBER = re.compile(
    r"(?<![A-Za-z0-9])(?<![A-Za-z][-_.])(?<![0-9][.,:/])"
    r"[0-9]++(?:[.,:/][0-9]++)*+"
    r"(?![A-Za-z])(?![-_.][A-Za-z])"
)
_TO_WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬", "01234567890123456789.,")
_TO_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
# Only in these does a point or a comma belong to the number; in a date or a version it is itself.
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DECIMAL = re.compile(r"\d+\.\d+")


def breaches(text: str, policy: Digits, source: str) -> list[Breach]:
    """The numbers of a text, in order, whose digits are not what the policy wants; addresses are left alone.

    Under the policy "source", the kind of digits that `source` has is wanted; any, when it has none or both.
    """
    wanted = _of_source(source) if policy == Digits.SOURCE else policy
    if wanted is None:
        return []
    number, convert = (_INDIC_NUMBER, _western) if wanted == Digits.WESTERN else (_WESTERN_NUMBER, _indic)
    return [Breach(*match.span(), convert(match[0])) for match in number.finditer(blanked(text))]


def mixed(text: str) -> tuple[int, int] | None:
    """Where the first Arabic-Indic number is, when a text has Western ones too; those of Latin names not counted."""
    indic = _INDIC_NUMBER.search(text)
    return indic.span() if indic and _WESTERN_NUMBER.search(blanked(text)) else None


def _of_source(source: str) -> Digits | None:
    western, indic = _WESTERN.search(source), _INDIC.search(source)
    if bool(western) == bool(indic):
        return None
    return Digits.WESTERN if western else Digits.ARABIC_INDIC


def _western(number: str) -> str:
    return number.translate(_TO_WESTERN)


def _indic(number: str) -> str:
    if _GROUPED.fullmatch(number) or _DECIMAL.fullmatch(number):
        number = number.replace(",", "٬").replace(".", "٫")
    return number.translate(_TO_INDIC)
