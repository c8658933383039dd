"""Write a run's weights as a HF folder: ``python -m training.average --pair en-fr --work DIR --out DIR``.

By default the exponentially averaged weights of ``<work>/<pair>/state.pt``. With ``--state`` given several
times, the mean of those files' averaged weights; with ``--live`` the weights as they are being trained.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from torch import Tensor

from training.model import write

HERE = Path(__file__).parent


def shipped(state: dict, live: bool = False) -> dict[str, Tensor]:
    """All weights of a saved state, the trained part averaged unless ``live``."""
    weights = dict(state["model"])
    if not live:
        weights |= {f"decoder.{name}": value for name, value in state["average"].items()}
    return weights


def mean(parts: list[dict[str, Tensor]]) -> dict[str, Tensor]:
    """The element-wise mean of several sets of weights."""
    return {name: torch.stack([part[name].float() for part in parts]).mean(0) for name in parts[0]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pair", required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--state", type=Path, action="append", help="saved states (default: the run's own)")
    parser.add_argument("--live", action="store_true")
    parser.add_argument(
        "--like", type=Path, help="HF folder with the tokenizer files (default: models/<pair>/hf)"
    )
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    states = [
        torch.load(p, weights_only=True, mmap=True)
        for p in args.state or [args.work / args.pair / "state.pt"]
    ]
    like = args.like or HERE.parent / "models" / args.pair / "hf"
    write(mean([shipped(s, args.live) for s in states]), like, args.out, states[-1]["config"])
    print(f"{args.out}: step {states[-1]['step']}")


if __name__ == "__main__":
    main()
