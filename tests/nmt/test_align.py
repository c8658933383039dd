"""Inline codes in drafts: each exactly once, nested, round the words that translate theirs."""

from hypothesis import given
from hypothesis import strategies as st

from workers.nmt import align
from workers.nmt.engine import Link
from workers.nmt.tagged import Mark, Tagged

from .scripted import aligned


def around(source: str, inner: str, number: int = 1) -> Mark:
    at = source.index(inner)
    return Mark(number, at, at + len(inner))


def test_a_code_goes_round_the_words_that_translate_its_words() -> None:
    source, target = "The new museum opened", "Le musée neuf ouvrit"
    links = [Link(0, 3, 0, 2), Link(4, 7, 9, 13), Link(8, 14, 3, 8), Link(15, 21, 14, 20)]
    marks, guessed = align.place(Tagged(source, (around(source, "museum"),)), target, links)
    assert [target[mark.start : mark.end] for mark in marks] == ["musée"]
    assert guessed == ()


def test_words_copied_letter_for_letter_need_no_alignment() -> None:
    source, target = "Visit Fort Jesus today", "Visitez dès ce jour Fort Jesus"
    marks, guessed = align.place(Tagged(source, (around(source, "Fort Jesus"),)), target, [])
    assert (target[marks[0].start : marks[0].end], guessed) == ("Fort Jesus", ())


def test_a_code_round_everything_goes_round_everything() -> None:
    marks, guessed = align.place(Tagged("All of it", (Mark(3, 0, 9),)), "Le tout", [])
    assert (marks, guessed) == ((Mark(3, 0, 7),), ())


def test_a_code_nobody_can_place_is_placed_by_proportion_and_reported() -> None:
    source = "one two three four"
    marks, guessed = align.place(Tagged(source, (around(source, "three"),)), "un deux trois quatre", [])
    assert guessed == (1,) and marks[0].start < marks[0].end


def test_a_line_break_stays_between_the_same_words() -> None:
    source, target = "Rabat today Fez tomorrow", "Rabat aujourd'hui Fès demain"
    marks, _ = align.place(Tagged(source, (Mark(1, 12, 12, True),)), target, aligned(source, target))
    assert target[marks[0].start :] == "Fès demain"


def test_a_link_stays_within_its_emphasis() -> None:
    source, target = "the big red house fell", "la grande maison rouge tomba"
    outer, inner = around(source, "big red house", 1), around(source, "red", 2)
    links = [
        Link(0, 3, 0, 2),
        Link(4, 7, 3, 9),
        Link(8, 11, 17, 22),
        Link(12, 17, 10, 16),
        Link(18, 22, 23, 28),
    ]
    marks, _ = align.place(Tagged(source, (outer, inner)), target, links)
    assert [target[m.start : m.end] for m in marks] == ["grande maison rouge", "rouge"]


@st.composite
def nested_marks(draw: st.DrawFn, length: int = 24) -> tuple[Mark, ...]:
    """Marks as segmentation makes them: cut at random, closed in the reverse order of opening."""
    marks: list[Mark] = []

    def fill(start: int, end: int, depth: int) -> None:
        at = start
        while at < end and depth < 3 and draw(st.booleans()):
            first = draw(st.integers(at, end))
            last = draw(st.integers(first, end))
            marks.append(Mark(len(marks) + 1, first, last, draw(st.booleans()) if first == last else False))
            fill(first, last, depth + 1)
            at = last + 1

    fill(0, length, 0)
    return tuple(marks)


@given(
    nested_marks(),
    st.text(alphabet="ab ,.’c", max_size=30),
    st.lists(st.tuples(*[st.integers(0, 24)] * 2, *[st.integers(0, 30)] * 2, st.floats(0.1, 1)), max_size=12),
)
def test_every_code_comes_exactly_once_and_they_nest(
    marks: tuple[Mark, ...], target: str, links: list[tuple[int, int, int, int, float]]
) -> None:
    placed, guessed = align.place(
        Tagged("abc def ghi, jkl mno pqr", marks), target, [Link(*link) for link in links]
    )
    assert sorted(mark.id for mark in placed) == sorted(mark.id for mark in marks)
    assert all(0 <= mark.start <= mark.end <= len(target) for mark in placed)
    assert align.nested(placed)
    assert {mark.id: mark.standalone for mark in placed} == {mark.id: mark.standalone for mark in marks}
    assert set(guessed) <= {mark.id for mark in marks}
