"""Over-long sentences are cut at clauses, and their pieces' drafts made to fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.nmt.clauses import fitted, halve


@pytest.mark.parametrize(
    ("sentence", "cut"),
    [
        ("The fair opened on Monday; it closes on Friday, and entry is free.", "on Monday;"),
        ("The minister praised the plan, noting that it helps schools in many regions.", "the plan,"),
        ("The town hall (built in 1920, and restored since) opened its doors, and all came.", None),
        ("The team trained teachers in Dakar and opened a library in Thiès.", "in Dakar"),
    ],
)
def test_it_cuts_at_the_strongest_boundary(sentence: str, cut: str | None) -> None:
    halves = halve(sentence)
    assert halves is not None
    if cut is None:
        assert halves[0].text.count("(") == halves[0].text.count(")")
    else:
        assert halves[0].text.endswith(cut)


def test_it_leaves_short_sentences_whole() -> None:
    assert halve("They left, and smiled.") is None


@given(st.text(alphabet="ab,;: ()and–"))
def test_halves_and_the_white_space_between_are_the_sentence(sentence: str) -> None:
    if halves := halve(sentence):
        left, right = halves
        between = sentence[left.end : right.start]
        assert left.text + between + right.text == sentence and between.isspace()


@pytest.mark.parametrize(
    ("piece", "draft", "first", "wanted"),
    [
        ("the fair opened", "La foire a ouvert.", False, "la foire a ouvert"),
        ("The fair opened", "La foire a ouvert.", True, "La foire a ouvert"),
        ("and it closed.", "Et elle a fermé.", False, "et elle a fermé."),
        ("of ICESCO", "ICESCO.", False, "ICESCO"),
    ],
)
def test_a_pieces_draft_loses_the_capital_and_the_stop_of_a_sentence(
    piece: str, draft: str, first: bool, wanted: str
) -> None:
    assert fitted(piece, draft, first=first) == wanted
