"""The likeliest ways to take one draft for each sentence of a segment."""

from collections.abc import Sequence
from heapq import heappop, heappush
from math import log

# A score of nothing at all still has to be compared.
_LEAST = 1e-9


def best(scores: Sequence[Sequence[float]], count: int) -> list[tuple[int, ...]]:
    """The `count` likeliest combinations, likeliest first: for each sentence the index of its draft.

    Sentences are drafted each on its own, so a combination is as likely as its scores multiplied. Taken
    lazily: after a combination only those one step worse can be next (Huang and Chiang, "Better k-best
    parsing", 2005, algorithm 2).

    Args:
        scores: for each sentence the scores of its drafts, 0 to 1, never rising, at least one.
    """
    costs = [[-log(max(score, _LEAST)) for score in of_sentence] for of_sentence in scores]
    first = (0,) * len(costs)
    waiting = [(_cost(costs, first), first)]
    seen, found = {first}, list[tuple[int, ...]]()
    while waiting and len(found) < count:
        _, ranks = heappop(waiting)
        found.append(ranks)
        for sentence, rank in enumerate(ranks):
            if rank + 1 < len(costs[sentence]):
                worse = (*ranks[:sentence], rank + 1, *ranks[sentence + 1 :])
                if worse not in seen:
                    seen.add(worse)
                    heappush(waiting, (_cost(costs, worse), worse))
    return found


def _cost(costs: Sequence[Sequence[float]], ranks: tuple[int, ...]) -> float:
    return sum(of_sentence[rank] for of_sentence, rank in zip(costs, ranks, strict=True))
