"""Settings of one language pair, read from a TOML file such as ``training/en-fr.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Group:
    """A slice of the training material and its share of every round.

    ``tags`` names the sources that belong to it; ``["*"]`` takes whatever no other group claims.
    """

    name: str
    share: float
    tags: tuple[str, ...]


@dataclass(frozen=True)
class Optimisation:
    """How the weights move. Rates are peaks; see ``schedule.py`` for their course."""

    batch_tokens: int = 3000
    round_sentences: int = 40_000
    embedding_rate: float = 2e-3
    decoder_rate: float = 6e-4
    encoder_rate: float = 0.0
    warmup_steps: int = 400
    decay_steps: int = 4000
    final_rate: float = 0.05
    cooldown_start: int = 0
    cooldown_steps: int = 0
    dropout: float = 0.1
    label_smoothing: float = 0.1
    sampled_pieces: int = 0
    weight_decay: float = 0.01
    clip: float = 1.0
    average: float = 0.999
    checkpoint_seconds: int = 300
    dev_steps: int = 500
    seed: int = 1


@dataclass(frozen=True)
class Settings:
    """Everything about one pair: languages, lengths, what is left out, the mix, the optimisation."""

    source: str
    target: str
    max_pieces: int
    grammar_sentences: int
    news_variants: int
    drop: tuple[str, ...]
    groups: tuple[Group, ...]
    optimisation: Optimisation = field(default_factory=Optimisation)

    @property
    def pair(self) -> str:
        return f"{self.source}-{self.target}"


def load(path: Path) -> Settings:
    """Read a settings file."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    groups = tuple(Group(g["name"], float(g["share"]), tuple(g["tags"])) for g in raw["mix"])
    return Settings(
        source=raw["source"],
        target=raw["target"],
        max_pieces=raw.get("max_pieces", 120),
        grammar_sentences=raw.get("grammar_sentences", 120_000),
        news_variants=raw.get("news_variants", 3),
        drop=tuple(raw.get("drop", ())),
        groups=groups,
        optimisation=Optimisation(**raw.get("optimisation", {})),
    )
