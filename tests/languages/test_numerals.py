"""Numbers as people write them in three languages."""

from decimal import Decimal

import pytest

from languages.numerals import read


@pytest.mark.parametrize(
    ("locale", "text", "value"),
    [
        ("en", "1,234.5", "1234.5"),
        ("en", "2.5 million", "2500000"),
        ("en", "eighty-eight", "88"),
        ("en", "one hundred and twenty thousand", "120000"),
        ("fr", "1 234,5", "1234.5"),
        ("fr", "1\u202f234", "1234"),
        ("fr", "quatre-vingt-dix-sept", "97"),
        ("fr", "soixante et onze", "71"),
        ("fr", "deux cent mille", "200000"),
        ("fr", "dix-huit", "18"),
        ("fr", "3,2 milliards", "3200000000"),
        ("fr", "XXIe", "21"),
        ("ar", "١٬٢٣٤٫٥", "1234.5"),
        ("ar", "30 ألف", "30000"),
        ("ar", "خمسة وعشرين", "25"),
        ("ar", "مائة وأربعة وعشرون", "124"),
        ("ar", "ثلاثة عشر", "13"),
        ("ar", "ثلاثة آلاف", "3000"),
        ("ar", "مئتي ألف", "200000"),
        ("ar", "القرن الثامن عشر", "18"),
        ("ar", "والثمانون", "80"),
    ],
)
def test_it_reads_the_value(locale, text, value):
    numerals = read(text, locale)
    assert len(numerals) == 1
    assert Decimal(value) in numerals[0].values


@pytest.mark.parametrize(
    "text", ["3 p.m.", "at 8.30 a.m.", "9:30", "COP30", "the second of them", "Mohammed VI"]
)
def test_times_names_and_everyday_words_are_never_missed(text):
    assert all(numeral.soft for numeral in read(text, "en"))


def test_two_numbers_in_a_row_stay_two():
    assert [numeral.text for numeral in read("seven, eight and nine boats", "en")] == [
        "seven",
        "eight",
        "nine",
    ]
