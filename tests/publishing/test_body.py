"""How an edition's HTML is laid out for its page, and how dates are printed."""

from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from workflow.publishing.body import shortened, take_apart
from workflow.publishing.folding import fold, folded_words
from workflow.publishing.templatetags.newspaper import day


def test_the_head_of_the_article_goes_to_the_head_of_the_page() -> None:
    body = take_apart(
        '<h1>A <em>b</em></h1><p class="byline">By X</p><p class="dateline">FEZ</p><p>Text.</p><h1>Again</h1>'
    )
    assert (body.headline, body.byline, body.dateline) == ("A b", "By X", "FEZ")
    assert body.html == '<p id="t1">Text.</p><h2 id="t2">Again</h2>'


def test_every_line_of_reading_can_be_pointed_at() -> None:
    body = take_apart("<ul><li>a<ul><li>b</li></ul></li><li><p>c</p></li></ul><blockquote>d</blockquote>")
    assert [passage.text for passage in body.passages] == ["a", "b", "c", "d"]
    assert len({passage.id for passage in body.passages}) == 4


def test_the_lead_is_a_whole_paragraph_and_no_list() -> None:
    long = "The minister opened a new library on Wednesday in Rabat."
    assert take_apart(f"<ul><li>{'x' * 60}</li></ul><p>Short.</p><p>{long}</p>").lead == long
    assert take_apart("<h2>Only</h2><p>Short.</p>").lead == "Short."
    assert take_apart("<h2>Nothing</h2>").lead == ""


def test_a_picture_without_a_description_is_decoration() -> None:
    body = take_apart('<p><img src="/media/a.png"></p>')
    assert 'alt=""' in body.html
    assert body.pictures[0].address == "/media/a.png"


@given(st.text(), st.integers(5, 80))
def test_a_shortened_text_is_short(text: str, length: int) -> None:
    assert len(shortened(text, length)) <= length + 1


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=300))
def test_any_query_becomes_a_few_words(query: str) -> None:
    assert len(folded_words(query)) <= 8


@pytest.mark.parametrize(
    ("written", "sought"),
    [
        ("أُمّة", "امه"),
        ("مستشفى", "مستشفي"),
        ("١٢٣", "123"),
        ("Œuvre", "oeuvre"),
        ("ÉTÉ", "ete"),
        ("لآلئ", "لالي"),
    ],
)
def test_spelling_habits_are_folded_away(written: str, sought: str) -> None:
    assert fold(written) == fold(sought)


@pytest.mark.parametrize(
    ("locale", "printed"), [("en", "1 November 2026"), ("fr", "1er novembre 2026"), ("ar", "1 نوفمبر 2026")]
)
def test_dates_are_printed_as_newspapers_do(locale: str, printed: str) -> None:
    with override(locale):
        assert day(date(2026, 11, 1)) == printed
    assert day(None) == ""
