"""A run that is stopped and resumed takes the same steps as one that is not."""

from __future__ import annotations

from pathlib import Path

import pytest

torch = pytest.importorskip("torch")


def test_resume_gives_the_same_next_steps(config: dict, store, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    from training.model import Model
    from training.settings import Group, Optimisation, Settings
    from training.train import Run, train

    o = Optimisation(batch_tokens=60, round_sentences=40, warmup_steps=4, dev_steps=5, sampled_pieces=5)
    settings = Settings("en", "xx", 50, 0, 0, (), (Group("all", 1.0, ("*",)),), o)
    ends = []
    for name, stops in (("straight", [11]), ("resumed", [7, 11])):
        folder = tmp_path / name
        folder.mkdir()
        store.save(folder / "data.npz")
        store.save(folder / "dev.npz")
        for stop in stops:
            torch.manual_seed(5)
            run = Run(Model(config), o)
            if (folder / "state.pt").exists():
                run.restore(torch.load(folder / "state.pt", weights_only=True))
            train(run, settings, folder, stop)
        ends.append(run)
    one, other = ends
    assert (one.step, one.round, one.batch, one.pieces) == (
        other.step,
        other.round,
        other.batch,
        other.pieces,
    )
    for name, value in one.model.state_dict().items():
        assert torch.equal(value, other.model.state_dict()[name]), name
    for name, value in one.average.items():
        assert torch.equal(value, other.average[name]), name


def test_encoder_cache_survives_sentences_added_at_the_end(config: dict, store, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    import numpy as np

    from training.cache import EncoderCache
    from training.model import Model
    from training.prepare import Store

    encoder = Model(config).encoder
    n = 60
    short = Store(
        store.src[: store.src_at[n]],
        store.src_at[: n + 1],
        store.tgt[: store.tgt_at[n]],
        store.tgt_at[: n + 1],
        store.tag[:n],
        store.tags,
    )
    EncoderCache(encoder, short, tmp_path).ensure(np.arange(n))
    longer = EncoderCache(encoder, store, tmp_path)
    assert (longer.done == longer.keys).sum() == n
    longer.ensure(np.arange(len(store)))
    memory, lengths = longer.batch(np.array([3, 80]))
    alone, _ = EncoderCache(encoder, store, None), None
    alone.ensure(np.arange(len(store)))
    torch.testing.assert_close(memory, alone.batch(np.array([3, 80]))[0])
    assert lengths.tolist() == store.src_len[[3, 80]].tolist()
