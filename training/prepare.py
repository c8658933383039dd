"""Turn the corpus into arrays of piece numbers.

``python -m training.prepare --pair en-fr --corpus DIR --work DIR [--extra DIR]``

Writes ``<work>/<pair>/data.npz`` and ``dev.npz`` with

    src, tgt        uint16, all pieces one after another, each sentence ending in ``</s>`` (0)
    src_at, tgt_at  int64, where sentence i begins (n + 1 entries)
    tag             uint8, index into ``tags`` (the sources' names)
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import sentencepiece as spm

from training import augment
from training import corpus as text
from training.settings import Settings, load

EOS, UNK, PAD = 0, 1, 2
HERE = Path(__file__).parent


class Pieces:
    """A SentencePiece model together with the vocabulary that numbers its pieces."""

    def __init__(self, model: Path, vocabulary: Path) -> None:
        self.processor = spm.SentencePieceProcessor(model_file=str(model))
        self.numbers: dict[str, int] = json.loads(vocabulary.read_text(encoding="utf-8"))

    def encode(self, sentences: list[str]) -> list[list[int]]:
        """Piece numbers of each sentence, ``</s>`` at the end."""
        rows = self.processor.encode(sentences, out_type=str)
        return [[self.numbers.get(piece, UNK) for piece in row] + [EOS] for row in rows]


@dataclass
class Store:
    """Sentences as flat arrays; see the module's docstring."""

    src: np.ndarray
    src_at: np.ndarray
    tgt: np.ndarray
    tgt_at: np.ndarray
    tag: np.ndarray
    tags: list[str]

    def __len__(self) -> int:
        return len(self.tag)

    @property
    def src_len(self) -> np.ndarray:
        return np.diff(self.src_at)

    @property
    def tgt_len(self) -> np.ndarray:
        return np.diff(self.tgt_at)

    def source(self, i: int) -> np.ndarray:
        return self.src[self.src_at[i] : self.src_at[i + 1]]

    def target(self, i: int) -> np.ndarray:
        return self.tgt[self.tgt_at[i] : self.tgt_at[i + 1]]

    def save(self, path: Path) -> None:
        np.savez(
            path,
            src=self.src,
            src_at=self.src_at,
            tgt=self.tgt,
            tgt_at=self.tgt_at,
            tag=self.tag,
            tags=np.array(self.tags),
        )

    @classmethod
    def open(cls, path: Path) -> Store:
        with np.load(path) as data:
            return cls(
                data["src"], data["src_at"], data["tgt"], data["tgt_at"], data["tag"], list(data["tags"])
            )


def numberise(pairs: Iterable[text.Pair], source: Pieces, target: Pieces, max_pieces: int) -> Store:
    """Encode pairs, dropping those with a side longer than ``max_pieces``."""
    tags: dict[str, int] = {}
    src: list[int] = []
    tgt: list[int] = []
    src_at, tgt_at, tag = [0], [0], []
    rows = iter(pairs)
    while chunk := list(itertools.islice(rows, 20_000)):
        left = source.encode([row[1] for row in chunk])
        right = target.encode([row[2] for row in chunk])
        for (name, _, _), a, b in zip(chunk, left, right, strict=True):
            if 1 < len(a) <= max_pieces and 1 < len(b) <= max_pieces:
                src.extend(a)
                tgt.extend(b)
                src_at.append(len(src))
                tgt_at.append(len(tgt))
                tag.append(tags.setdefault(name, len(tags)))
    return Store(
        np.array(src, np.uint16),
        np.array(src_at),
        np.array(tgt, np.uint16),
        np.array(tgt_at),
        np.array(tag, np.uint8),
        list(tags),
    )


def collect(settings: Settings, corpus: Path, extra: list[Path]) -> tuple[list[text.Pair], list[text.Pair]]:
    """All pairs of a language pair: (training, dev). Nothing that stands in ``heldout/`` is among them.

    What is most likely to grow comes last, so that encoder outputs already on disk stay valid (``cache.py``).
    """
    kept_out = {row[1].strip().lower() for row in text.read_jsonl(corpus / "heldout", settings.target, "")}
    news = list(text.read_jsonl(corpus / "news", settings.target, "news", settings.source))
    for folder in extra:
        news += text.read_jsonl(folder, settings.target, "news", settings.source)
    dev = [row for row in news if text.is_dev(row[1])]
    news = [row for row in news if not text.is_dev(row[1])]
    varied = augment.variants([row[1:] for row in news], settings.news_variants)
    train = list(text.read_generic(corpus, settings.target, settings.drop, settings.source))
    train += text.read_grammar(corpus, settings.target, settings.grammar_sentences, source=settings.source)
    train += news
    train += [("news-varied", *pair) for pair in varied]
    kept_out |= {row[1].strip().lower() for row in dev}
    seen: set[tuple[str, str]] = set()
    unique = []
    for row in train:
        if row[1].strip().lower() not in kept_out and row[1:] not in seen:
            seen.add(row[1:])
            unique.append((*row[:2], text.tidy(row[2], settings.target)))
    return unique, dev


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pair", required=True)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument(
        "--model", type=Path, help="HF folder with the vocabularies (default: models/<pair>/hf)"
    )
    parser.add_argument(
        "--extra", type=Path, action="append", default=[], help="more folders of news *.jsonl"
    )
    args = parser.parse_args()
    settings = load(HERE / f"{args.pair}.toml")
    model = args.model or HERE.parent / "models" / args.pair / "hf"
    source = Pieces(model / "source.spm", model / "vocab.json")
    target = Pieces(model / "target.spm", model / "target_vocab.json")
    train, dev = collect(settings, args.corpus, args.extra)
    out = args.work / args.pair
    out.mkdir(parents=True, exist_ok=True)
    for name, pairs in (("data", train), ("dev", dev)):
        store = numberise(pairs, source, target, settings.max_pieces)
        store.save(out / f"{name}.npz")
        unknown = int((store.tgt == UNK).sum())
        print(
            f"{name}: {len(store)} pairs, {len(store.src)} source and {len(store.tgt)} target pieces, "
            f"{unknown} unknown"
        )
        for i, tag in enumerate(store.tags):
            print(f"  {tag}: {int((store.tag == i).sum())}")


if __name__ == "__main__":
    main()
