"""Work in the size the model likes: duplicates once, alike lengths together, the order restored."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)
Result = TypeVar("Result")

# Source tokens in one batch, padding counted; also how often a worker gives a sign of life.
TOKEN_BUDGET = 2048


def batches(lengths: Sequence[int], budget: int = TOKEN_BUDGET) -> Iterator[list[int]]:
    """Indices of the items cut into batches, longest first.

    A batch's cost is its longest item's length times its number of items, as padding makes it. A single
    item above the budget is a batch of its own.
    """
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lambda index: -lengths[index]):
        if batch and lengths[batch[0]] * (len(batch) + 1) > budget:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def once_each(items: Sequence[Item], work: Callable[[list[Item]], list[Result]]) -> list[Result]:
    """Does `work` on the distinct items only; returns a result for each item, in the items' order."""
    distinct = list(dict.fromkeys(items))
    results = dict(zip(distinct, work(distinct), strict=True))
    return [results[item] for item in items]
