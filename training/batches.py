"""Which sentences are seen when: rounds, drawn group by group in fixed shares, cut into batches by length.

Everything follows from (seed, round), so a run can be resumed at any batch.
"""

from __future__ import annotations

import numpy as np

from training.prepare import Store
from training.settings import Group


def members(store: Store, groups: tuple[Group, ...]) -> list[np.ndarray]:
    """Sentence numbers of each group; a ``*`` group takes the tags no other group names."""
    claimed = {tag for group in groups for tag in group.tags}
    found = []
    for group in groups:
        names = [t for t in store.tags if t not in claimed] if "*" in group.tags else list(group.tags)
        wanted = [i for i, tag in enumerate(store.tags) if tag in names]
        found.append(np.flatnonzero(np.isin(store.tag, wanted)))
    return found


def stretch(sentences: np.ndarray, start: int, count: int, seed: tuple[int, ...]) -> np.ndarray:
    """``count`` items from ``start`` of an endless series of shuffles: each pass has every item once."""
    taken, n = [], len(sentences)
    while count > 0:
        turn, at = divmod(start, n)
        part = np.random.default_rng([*seed, turn]).permutation(sentences)[at : at + count]
        taken.append(part)
        start, count = start + len(part), count - len(part)
    return np.concatenate(taken)


def round_sentences(store: Store, groups: tuple[Group, ...], size: int, seed: int, number: int) -> np.ndarray:
    """The sentences of round ``number`` (counted from 0), unordered."""
    parts = []
    total = sum(group.share for group in groups)
    for g, (group, sentences) in enumerate(zip(groups, members(store, groups), strict=True)):
        count = round(size * group.share / total)
        if count and len(sentences):
            parts.append(stretch(sentences, number * count, count, (seed, g)))
    return np.concatenate(parts)


def cut(store: Store, sentences: np.ndarray, tokens: int, seed: tuple[int, ...]) -> list[np.ndarray]:
    """Batches of at most ``tokens`` padded target pieces, of similar lengths, in shuffled order."""
    rng = np.random.default_rng(list(seed))
    mixed = rng.permutation(sentences)
    tgt, src = store.tgt_len[mixed], store.src_len[mixed]
    order = mixed[np.lexsort((src, tgt))]
    lengths = store.tgt_len[order]
    batches, start = [], 0
    for i in range(1, len(order) + 1):
        if i == len(order) or (i + 1 - start) * lengths[i] > tokens:
            batches.append(order[start:i])
            start = i
    return [batches[i] for i in rng.permutation(len(batches))]


def targets(store: Store, sentences: np.ndarray, pad: int = 2) -> np.ndarray:
    """Target pieces (b, t) int64, padded."""
    lengths = store.tgt_len[sentences]
    out = np.full((len(sentences), int(lengths.max())), pad, np.int64)
    for row, i in enumerate(sentences):
        out[row, : lengths[row]] = store.target(i)
    return out
