"""The digits of Arabic: each number in those a newsroom wants, names and addresses as they are."""

import pytest

from languages.digits import Digits, breaches, mixed
from languages.numerals import read

WESTERN, INDIC, SOURCE = Digits.WESTERN, Digits.ARABIC_INDIC, Digits.SOURCE


def put_right(text: str, policy: Digits, source: str = "") -> str:
    for breach in reversed(breaches(text, policy, source)):
        text = text[: breach.start] + breach.wanted + text[breach.end :]
    return text


@pytest.mark.parametrize(
    ("western", "indic"),
    [
        ("بلغ 12 كتابا و340 مجلة", "بلغ ١٢ كتابا و٣٤٠ مجلة"),
        ("نحو 1,250,000.5 درهم", "نحو ١٬٢٥٠٬٠٠٠٫٥ درهم"),
        ("بنسبة 3.5%", "بنسبة ٣٫٥%"),
        ("في 10:30 يوم 9/7/2025", "في ١٠:٣٠ يوم ٩/٧/٢٠٢٥"),
        ("يوم 9.7.2025", "يوم ٩.٧.٢٠٢٥"),
    ],
)
def test_one_kind_becomes_the_other_and_back(western: str, indic: str) -> None:
    assert put_right(western, INDIC) == indic
    assert put_right(indic, WESTERN) == western
    assert breaches(western, WESTERN, "") == breaches(indic, INDIC, "") == []
    values = [numeral.values for numeral in read(western, "ar")]
    assert [numeral.values for numeral in read(indic, "ar")] == values


@pytest.mark.parametrize("text", ["قمة G20 وكوفيد COVID-19", "على https://example.org/2024/5", "mp3 و3D و4K"])
def test_latin_names_and_addresses_keep_their_digits(text: str) -> None:
    assert breaches(text, INDIC, "") == []
    assert not mixed(text + " ١٢")


def test_as_in_the_source_means_the_kind_of_digits_it_has() -> None:
    assert put_right("فيه ١٢ و3", SOURCE, "It has 12 and 3.") == "فيه 12 و3"
    assert put_right("فيه ١٢ و3", SOURCE, "المادة ٣") == "فيه ١٢ و٣"
    assert put_right("فيه ١٢ و3", SOURCE, "It has twelve.") == "فيه ١٢ و3"


def test_a_policy_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="roman"):
        Digits("roman")
