"""Train one pair: ``python -m training.train --pair en-fr --work DIR``. Stopped and run again, it goes on.

Reads ``<work>/<pair>/data.npz`` and ``dev.npz`` (see ``prepare.py``). Writes, in ``<work>/<pair>/``,
``state.pt`` (weights, optimiser, averaged weights, position in the data) and ``log.tsv``
(step, target pieces seen, smoothed loss, dev loss of the averaged weights, pieces a second, seconds trained).
"""

from __future__ import annotations

import argparse
import logging
import os
import signal
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from training import batches
from training.cache import EncoderCache
from training.loss import decoder_loss
from training.model import Model, read
from training.prepare import Store
from training.schedule import factor
from training.settings import Optimisation, Settings, load

log = logging.getLogger("training")
HERE = Path(__file__).parent
COLUMNS = "step\tpieces\tloss\tdev_loss\tpieces_per_second\tseconds\n"


class Run:
    """A training run: everything that must survive a stop is in ``state()``."""

    def __init__(self, model: Model, o: Optimisation) -> None:
        self.model, self.o = model, o
        model.encoder.requires_grad_(False)
        decoder = model.decoder
        table = {id(decoder.embed_tokens.weight), id(decoder.output_bias)}
        rest = [p for p in decoder.parameters() if id(p) not in table]
        plain = {"weight_decay": 0.0}
        self.optimiser = torch.optim.AdamW(
            [
                {"params": [decoder.embed_tokens.weight, decoder.output_bias], "rate": "embedding", **plain},
                {
                    "params": [p for p in rest if p.dim() > 1],
                    "rate": "decoder",
                    "weight_decay": o.weight_decay,
                },
                {"params": [p for p in rest if p.dim() == 1], "rate": "decoder", **plain},
            ],
            betas=(0.9, 0.98),
            eps=1e-9,
            fused=True,
        )
        self.average = {k: v.detach().clone() for k, v in decoder.state_dict().items()}
        self.step = self.round = self.batch = self.pieces = 0
        self.seconds = 0.0

    def state(self) -> dict:
        return {
            "model": self.model.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "average": self.average,
            "step": self.step,
            "round": self.round,
            "batch": self.batch,
            "pieces": self.pieces,
            "seconds": self.seconds,
            "config": self.model.config,
        }

    def restore(self, state: dict) -> None:
        self.model.load_state_dict(state["model"])
        self.optimiser.load_state_dict(state["optimiser"])
        for key, value in state["average"].items():
            self.average[key].copy_(value)
        for name in ("step", "round", "batch", "pieces", "seconds"):
            setattr(self, name, state[name])

    def update(self, memory: Tensor, lengths: Tensor, target: Tensor) -> float:
        """One step; returns the batch's smoothed loss. Dropout follows from (seed, step)."""
        o = self.o
        torch.manual_seed(o.seed * 1_000_003 + self.step)
        rate = factor(self.step, o)
        for group in self.optimiser.param_groups:
            group["lr"] = rate * (o.embedding_rate if group["rate"] == "embedding" else o.decoder_rate)
        loss, _ = decoder_loss(
            self.model.decoder, memory, lengths, target, o.dropout, o.label_smoothing, extra=o.sampled_pieces
        )
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        weight = self.model.decoder.embed_tokens.weight
        assert weight.grad is not None
        weight.grad[2] = 0  # the start symbol stays the zero vector
        torch.nn.utils.clip_grad_norm_(self.model.decoder.parameters(), o.clip)
        self.optimiser.step()
        self.step += 1
        keep = min(o.average, (1 + self.step) / (10 + self.step))
        live = self.model.decoder.state_dict()
        torch._foreach_lerp_(list(self.average.values()), [live[k] for k in self.average], 1 - keep)
        return float(loss.detach())


@torch.no_grad()
def dev_loss(run: Run, store: Store, cache: EncoderCache) -> float:
    """NLL a piece of the averaged weights on the dev slice."""
    decoder = run.model.decoder
    live = {k: v.clone() for k, v in decoder.state_dict().items()}
    decoder.load_state_dict(run.average)
    total = count = 0.0
    for batch in batches.cut(store, np.arange(len(store)), 4000, (0,)):
        target = torch.from_numpy(batches.targets(store, batch))
        memory, lengths = cache.batch(batch)
        pieces = int((target != 2).sum())
        total += float(decoder_loss(decoder, memory, lengths, target, 0.0, 0.0)[1]) * pieces
        count += pieces
    decoder.load_state_dict(live)
    return total / count


def save(run: Run, path: Path) -> None:
    """Write the state beside the old one, then put it in its place in one move."""
    fresh = path.with_suffix(".new")
    torch.save(run.state(), fresh)
    with fresh.open("rb+") as handle:
        os.fsync(handle.fileno())
    fresh.replace(path)


def train(run: Run, settings: Settings, folder: Path, max_steps: int | None = None) -> None:
    """Go on from where ``run`` stands until ``max_steps`` or a signal."""
    o = run.o
    store, dev = Store.open(folder / "data.npz"), Store.open(folder / "dev.npz")
    cache = EncoderCache(run.model.encoder, store, folder)
    dev_cache = EncoderCache(run.model.encoder, dev, None)
    dev_cache.ensure(np.arange(len(dev)))
    stopping: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda n, _: stopping.append(n))
    curve = folder / "log.tsv"
    if not curve.exists():
        curve.write_text(COLUMNS, encoding="utf-8")
    recent: list[float] = []
    last_save = last_log = time.time()
    logged_pieces = run.pieces
    busy = 0.0
    while not stopping:
        sentences = batches.round_sentences(store, settings.groups, o.round_sentences, o.seed, run.round)
        cache.ensure(sentences)
        plan = batches.cut(store, sentences, o.batch_tokens, (o.seed, run.round))
        while run.batch < len(plan) and not stopping:
            start = time.time()
            target = torch.from_numpy(batches.targets(store, plan[run.batch]))
            recent.append(run.update(*cache.batch(plan[run.batch]), target))
            run.batch += 1
            run.pieces += int((target != 2).sum())
            busy += time.time() - start
            run.seconds += time.time() - start
            if run.step % o.dev_steps == 0:
                speed = (run.pieces - logged_pieces) / busy
                row = (
                    f"{run.step}\t{run.pieces}\t{np.mean(recent):.4f}\t{dev_loss(run, dev, dev_cache):.4f}"
                    f"\t{speed:.0f}\t{run.seconds:.0f}"
                )
                with curve.open("a", encoding="utf-8") as out:
                    out.write(row + "\n")
                log.info("round %d %s (%.0f s)", run.round, row.replace("\t", " "), time.time() - last_log)
                recent, logged_pieces, busy, last_log = [], run.pieces, 0.0, time.time()
            if time.time() - last_save > o.checkpoint_seconds:
                save(run, folder / "state.pt")
                last_save = time.time()
            if max_steps is not None and run.step >= max_steps:
                stopping.append(0)
        if run.batch >= len(plan):
            run.round, run.batch = run.round + 1, 0
    save(run, folder / "state.pt")
    log.info("stopped at step %d", run.step)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pair", required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--model", type=Path, help="HF folder to begin from (default: models/<pair>/hf)")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--max-steps", type=int)
    args = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(args.threads)
    settings = load(HERE / f"{args.pair}.toml")
    folder = args.work / args.pair
    state = folder / "state.pt"
    run = Run(read(args.model or HERE.parent / "models" / args.pair / "hf"), settings.optimisation)
    if state.exists():
        run.restore(torch.load(state, weights_only=True))
        log.info("resumed at step %d", run.step)
    train(run, settings, folder, args.max_steps)


if __name__ == "__main__":
    main()
