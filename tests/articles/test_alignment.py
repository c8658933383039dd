"""Two revisions of a source: which segments belong together, what changed in them, what is not minor."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.articles.alignment import (
    NAMES_CHANGE,
    NEGATION_CHANGES,
    NUMBERS_CHANGE,
    align,
    minor_change_refused,
    word_diff,
)

OLD = [
    ("title", "Museum reopens in Fez"),
    ("p1", "The museum opened its doors on Monday after two years of works."),
    ("p2", "Visitors may see 400 objects."),
    ("p3", "Entry is free for pupils and students of the city."),
]


def changes(new, old=OLD):
    return [(pair.old, pair.new, pair.change) for pair in align(old, new)]


def test_the_same_text_is_unchanged_though_an_insertion_shifts_its_key():
    new = [OLD[0], ("p1", "A wholly new lead."), ("p2", OLD[1][1]), ("p3", OLD[2][1]), ("p4", OLD[3][1])]
    assert changes(new) == [
        ("title", "title", "unchanged"),
        (None, "p1", "added"),
        ("p1", "p2", "unchanged"),
        ("p2", "p3", "unchanged"),
        ("p3", "p4", "unchanged"),
    ]


def test_a_rewritten_paragraph_is_paired_with_the_one_it_was():
    new = [*OLD[:2], ("p2", "Visitors may see more than 450 objects."), OLD[3]]
    pair = align(OLD, new)[2]
    assert (pair.old, pair.new, pair.change) == ("p2", "p2", "changed")
    assert 0.7 < pair.similarity < 1


def test_a_paragraph_that_changed_place_is_moved():
    new = [OLD[0], ("p1", OLD[3][1]), ("p2", OLD[1][1]), ("p3", OLD[2][1])]
    assert ("p3", "p1", "moved") in changes(new)
    assert ("p1", "p2", "unchanged") in changes(new)


def test_what_has_nothing_in_common_is_removed_and_added():
    new = [*OLD[:3], ("p3", "Ministers met yesterday to discuss fishing quotas abroad.")]
    assert changes(new)[3:] == [(None, "p3", "added"), ("p3", None, "removed")]


def test_repeated_texts_are_paired_in_order_and_never_twice():
    old = [("p1", "* Note"), ("p2", "* Note")]
    assert changes([("p1", "* Note"), ("p2", "* Note"), ("p3", "* Note")], old) == [
        ("p1", "p1", "unchanged"),
        ("p2", "p2", "unchanged"),
        (None, "p3", "added"),
    ]


segments = st.lists(st.text(alphabet="ab c", max_size=8), max_size=8).map(
    lambda texts: [(f"p{number}", text) for number, text in enumerate(texts)]
)


@given(segments, segments)
def test_every_segment_appears_exactly_once(old, new):
    pairs = align(old, new)
    assert [pair.new for pair in pairs if pair.new is not None] == [key for key, _ in new]
    assert sorted(pair.old for pair in pairs if pair.old is not None) == sorted(key for key, _ in old)
    texts_old, texts_new = dict(old), dict(new)
    for pair in pairs:
        if pair.change in ("unchanged", "moved"):
            assert texts_old[pair.old] == texts_new[pair.new]


def test_the_same_revision_is_unchanged():
    assert {pair.change for pair in align(OLD, OLD)} == {"unchanged"}


def test_it_shows_a_rewritten_phrase_as_one():
    assert word_diff("He met the old minister in Rabat.", "He met the new prime minister in Rabat.") == [
        ("equal", "He met the "),
        ("delete", "old"),
        ("insert", "new prime"),
        ("equal", " minister in Rabat."),
    ]


def test_a_code_is_one_word_of_the_diff():
    assert word_diff("<1>a</1>", "<2>a</2>")[0] == ("delete", "<1>")


@given(st.text(alphabet="ab <1>/.'’", max_size=30), st.text(alphabet="ab <1>/.'’", max_size=30))
def test_the_diff_holds_both_texts(old, new):
    diff = word_diff(old, new)
    assert "".join(text for op, text in diff if op != "insert") == old
    assert "".join(text for op, text in diff if op != "delete") == new


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("The meeting was held in Rabat.", "The meeting took place in Rabat.", None),
        ("The recieved files", "The received files", None),
        ("A list of books", "The list of books", None),
        ("It cost 40 dollars", "It cost 45 dollars", NUMBERS_CHANGE),
        ("Growth of 3", "Growth of 3%", NUMBERS_CHANGE),
        ("Three people were hurt", "Four people were hurt", NUMBERS_CHANGE),
        ("Morocco won", "Tunisia won", NAMES_CHANGE),
        ("Mali thanked Niger", "Niger thanked Mali", NAMES_CHANGE),
        ("They will attend", "They will not attend", NEGATION_CHANGES),
        ("It isn't open", "It is open", NEGATION_CHANGES),
        ("<1>Fez</1> is open", "Fez is <1>open</1>", None),
    ],
)
def test_a_change_of_number_name_or_negation_is_not_minor(old, new, reason):
    assert minor_change_refused(old, new) == reason
