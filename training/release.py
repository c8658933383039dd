"""Put a run's averaged weights where the product reads them: ``python -m training.release --pair en-fr --work DIR``.

Writes ``models/<pair>/``: ``hf/`` (bf16), ``ct2/`` (int8), ``model.json`` with the new revision, ``golden.jsonl``
(the model's own drafts of the simple sentences it gets most nearly right) and ``checksums.json``.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import torch
from sacrebleu.metrics import CHRF

from training.average import mean, shipped
from training.convert import convert
from training.evaluate import translate
from training.model import write
from workers.nmt.models_folder import write_checksums

HERE = Path(__file__).parent


def golden(ct2: Path, references: Path, target: str, count: int = 10) -> list[dict[str, str]]:
    """The model's drafts of those ``count`` sentences of ``references`` it comes nearest to."""
    rows = [json.loads(line) for line in references.read_text(encoding="utf-8").splitlines()]
    drafts = translate(ct2, [row["en"] for row in rows])
    chrf = CHRF()
    scored = [
        (-chrf.sentence_score(draft, [row[target]]).score, place, {"source": row["en"], "target": draft})
        for place, (row, draft) in enumerate(zip(rows, drafts, strict=True))
    ]
    return [draft for _, _, draft in sorted(scored)[:count]]


def release(states: list[dict], pair: str, like: Path, folder: Path) -> None:
    """Write the model folder of a pair; ``like`` holds the tokenizer files."""
    keep = folder / ".like"
    shutil.copytree(like, keep)
    shutil.rmtree(folder / "hf", ignore_errors=True)
    write(mean([shipped(state) for state in states]), keep, folder / "hf", states[-1]["config"])
    shutil.rmtree(keep)
    convert(folder / "hf", folder / "ct2")
    card = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    card["revision"] = f"step-{states[-1]['step']}"
    card["license"] = "CC-BY-SA-4.0 (see MODEL_CARD.md)"
    text = json.dumps(card, ensure_ascii=False, indent=1) + "\n"
    (folder / "model.json").write_text(text, encoding="utf-8")
    rows = golden(folder / "ct2", HERE / "golden.jsonl", pair.split("-")[1])
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    (folder / "golden.jsonl").write_text("".join(lines), encoding="utf-8")
    write_checksums(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pair", required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--state", type=Path, action="append", help="saved states (default: the run's own)")
    parser.add_argument(
        "--like", type=Path, help="HF folder with the tokenizer files (default: models/<pair>/hf)"
    )
    parser.add_argument("--models", type=Path, default=HERE.parent / "models")
    args = parser.parse_args()
    paths = args.state or [args.work / args.pair / "state.pt"]
    states = [torch.load(path, weights_only=True, mmap=True) for path in paths]
    folder = args.models / args.pair
    release(states, args.pair, args.like or folder / "hf", folder)
    print(f"{folder}: step {states[-1]['step']}")


if __name__ == "__main__":
    main()
