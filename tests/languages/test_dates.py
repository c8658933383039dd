"""Months and days of the week in three languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from languages import dates


@pytest.mark.parametrize(
    ("locale", "text", "names"),
    [
        ("en", "on Friday, 1 May", [("weekday", 5), ("month", 5)]),
        ("en", "It may march.", []),
        ("fr", "tous les lundis d’Août", [("weekday", 1), ("month", 8)]),
        ("ar", "يوم الجمعة 3 تشرين الثاني", [("weekday", 5), ("month", 11)]),
        ("ar", "وفي تمّوز كل جمعة", [("month", 7), ("weekday", 5)]),
        ("ar", "كل أحد", [("weekday", 7)]),
        ("ar", "اثنين من أحد الأعضاء", []),
    ],
)
def test_it_finds_the_names(locale, text, names):
    assert [(name.kind, name.number) for name in dates.find(text, locale)] == names


def test_a_name_is_a_date_where_a_day_or_a_year_stands_by_it():
    march, may = dates.find("The 3 March talks may go on in May.", "en")
    text = "The 3 March talks may go on in May."
    assert dates.dated(text, march) and not dates.dated(text, may)
    assert dates.meant(text, may)


@given(st.sampled_from([("month", n) for n in range(1, 13)] + [("weekday", n) for n in range(1, 8)]))
def test_what_is_written_is_found_again(which):
    for locale in ("en", "fr", "ar"):
        name = dates.write(*which, locale)
        (found,) = dates.find(f"3 {name} 2025", locale)
        assert (found.kind, found.number) == which
        assert (found.start, found.end) == (2, 2 + len(name))
