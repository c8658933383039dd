"""The order of the material: complete, in fixed shares, the same every time."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch")


def test_every_pair_once_an_epoch(store) -> None:  # type: ignore[no-untyped-def]
    from training.batches import members, stretch

    for group, sentences in enumerate(members(store, groups())):
        drawn = np.concatenate([stretch(sentences, start, 7, (1, group)) for start in range(0, 7 * 40, 7)])
        for epoch in range(len(drawn) // len(sentences)):
            part = drawn[epoch * len(sentences) : (epoch + 1) * len(sentences)]
            assert sorted(part) == sorted(sentences)


def test_batches_hold_the_whole_round_within_the_budget(store) -> None:  # type: ignore[no-untyped-def]
    from training.batches import cut, round_sentences

    sentences = round_sentences(store, groups(), 100, 1, 4)
    assert len(sentences) == 100
    plan = cut(store, sentences, 60, (1, 4))
    assert sorted(np.concatenate(plan)) == sorted(sentences)
    assert all(len(batch) * store.tgt_len[batch].max() <= 60 for batch in plan)
    again = cut(store, sentences, 60, (1, 4))
    assert all((a == b).all() for a, b in zip(plan, again, strict=True))


def test_shares(store) -> None:  # type: ignore[no-untyped-def]
    from training.batches import round_sentences

    counts = np.bincount(store.tag[round_sentences(store, groups(), 100, 1, 0)])
    assert counts.tolist() == [50, 20, 30]


def groups():  # type: ignore[no-untyped-def]
    from training.settings import Group

    return (Group("news", 0.5, ("news",)), Group("grammar", 0.2, ("grammar",)), Group("rest", 0.3, ("*",)))
