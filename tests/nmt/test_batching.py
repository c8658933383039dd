"""Batches: nothing lost, nothing twice, the budget held."""

from hypothesis import given
from hypothesis import strategies as st

from workers.nmt.batching import batches, once_each


@given(st.lists(st.integers(1, 300)), st.integers(1, 500))
def test_every_item_is_in_one_batch_within_the_budget(lengths: list[int], budget: int) -> None:
    cut = list(batches(lengths, budget))
    assert sorted(index for batch in cut for index in batch) == list(range(len(lengths)))
    for batch in cut:
        longest = max(lengths[index] for index in batch)
        assert longest * len(batch) <= budget or len(batch) == 1


@given(st.lists(st.text(max_size=2)))
def test_duplicates_are_done_once_and_the_order_is_kept(items: list[str]) -> None:
    seen: list[str] = []

    def work(some: list[str]) -> list[str]:
        seen.extend(some)
        return [item.upper() + "!" for item in some]

    assert once_each(items, work) == [item.upper() + "!" for item in items]
    assert len(seen) == len(set(seen)) == len(set(items))
