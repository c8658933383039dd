"""Datelines: a place in capitals is translated as the place it is; nothing else is taken for one."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.nmt import dateline
from workers.nmt.drafting import Tagged, draft
from workers.nmt.registry import Registry

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("RABAT, 3 November 2026", "Rabat, 3 November 2026"),
        ("NEW YORK, Wednesday, 9 July 2025", "New York, Wednesday, 9 July 2025"),
        ("DAR ES SALAAM, July 9, 2025 – The minister", "Dar Es Salaam, July 9, 2025 – The minister"),
        ("BAKU (Azerbaijan), 1 June 2025", "Baku (Azerbaijan), 1 June 2025"),
    ],
)
def test_the_place_of_a_dateline_is_spoken_in_small_letters(text: str, spoken: str) -> None:
    assert dateline.spoken(text, "en") == spoken


@pytest.mark.parametrize(
    "text",
    [
        "ICESCO, Mali Discuss Strengthening Cooperation",
        "UNESCO, which opened its session on 3 November 2026",
        "Rabat, 3 November 2026",
        "RABAT",
        "3 November 2026",
    ],
)
def test_other_capitals_stay(text: str) -> None:
    assert dateline.spoken(text, "en") == text


@given(st.text(max_size=60))
def test_lengths_stay_whatever_the_text(text: str) -> None:
    assert len(dateline.spoken(text, "en")) == len(text)
    assert len(dateline.written(text)) == len(text)


@pytest.mark.parametrize(
    ("locale", "draft_of_it"), [("fr", "RABAT, 3 novembre 2026"), ("ar", "الرباط، 3 نوفمبر 2026")]
)
def test_the_models_we_ship_translate_a_dateline(locale: str, draft_of_it: str) -> None:
    engine = Registry(threads=1).load(ROOT / "models" / f"en-{locale}")
    (result,) = draft([Tagged("RABAT, 3 November 2026")], engine, source="en", target=locale)
    assert result.tagged is not None and result.tagged.plain == draft_of_it
