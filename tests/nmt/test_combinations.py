"""The likeliest combinations of drafts: against trying them all."""

from itertools import product
from math import isclose, prod

from hypothesis import given
from hypothesis import strategies as st

from workers.nmt import combinations
from workers.nmt.drafting import Mark, Tagged, draft

from .scripted import Scripted

falling = st.lists(st.floats(0.001, 1), min_size=1, max_size=4).map(
    lambda scores: sorted(scores, reverse=True)
)


@given(st.lists(falling, max_size=4), st.integers(1, 12))
def test_they_are_the_likeliest_of_all_and_in_order(scores: list[list[float]], count: int) -> None:
    def likely(ranks: tuple[int, ...]) -> float:
        return prod(of_sentence[rank] for of_sentence, rank in zip(scores, ranks, strict=True))

    every = sorted((likely(ranks) for ranks in product(*(range(len(s)) for s in scores))), reverse=True)
    found = combinations.best(scores, count)
    assert len(found) == len(set(found)) == min(count, len(every))
    assert all(isclose(likely(ranks), score) for ranks, score in zip(found, every, strict=False))


def say(sentence: str, start: str, again: bool) -> list[str]:
    if sentence == "Hello.":
        return ["Bonjour.", "Salut.", "Coucou."]
    if sentence == "The old museum opens in 2025.":
        # The second has lost its number, and is no draft to offer.
        return ["Le vieux musée ouvre en 2025.", "Le vieux musée ouvre.", "L’ancien musée ouvre en 2025."]
    return ["non " * 20]


def test_alternatives_of_a_segment_come_from_its_sentences_and_keep_numbers_and_codes() -> None:
    text = Tagged("Hello. The old museum opens in 2025.", (Mark(1, 15, 21),))
    (result,) = draft([text], Scripted(say), source="en", target="fr", alternatives=4)
    assert result.tagged is not None and result.tagged.plain == "Bonjour. Le vieux musée ouvre en 2025."
    others = [other.tagged for other in result.alternatives]
    assert len(others) == 4
    assert all(tagged is not None and "2025" in tagged.plain for tagged in others)
    assert all(tagged is not None and [mark.id for mark in tagged.marks] == [1] for tagged in others)
    assert len({tagged.plain for tagged in others if tagged} | {result.tagged.plain}) == 5


def test_a_segment_without_a_draft_has_no_alternatives_either() -> None:
    (result,) = draft(
        [Tagged("Hello. Nobody can say this.")], Scripted(say), source="en", target="fr", alternatives=4
    )
    assert (result.tagged, result.alternatives) == (None, ())


def test_nobody_who_does_not_ask_gets_alternatives() -> None:
    (result,) = draft([Tagged("Hello.")], Scripted(say), source="en", target="fr")
    assert result.alternatives == ()
