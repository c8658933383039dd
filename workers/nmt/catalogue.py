"""The catalogue of recommended production models (catalogue.toml)."""

import tomllib
from dataclasses import dataclass
from importlib import resources

from .models_folder import ModelFolderError

# What a checkpoint may consist of; nothing else is fetched (no code, no other frameworks' weights).
FILES = (
    "config.json", "generation_config.json", "*.spm", "vocab.json", "target_vocab.json", "tokenizer.json",
    "tokenizer_config.json", "special_tokens_map.json", "sentencepiece.bpe.model", "*.safetensors",
    "*.safetensors.index.json", "pytorch_model.bin",
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """A model to pull: hub repository and revision, locales, licence; see catalogue.toml."""

    name: str
    repository: str
    revision: str
    source: str
    targets: tuple[str, ...]
    architecture: str = ""
    license: str = "unknown"
    megabytes: int = 0
    prefix_token: str | None = None
    files: tuple[str, ...] = FILES


def entries() -> list[Entry]:
    """Every model of the catalogue, in its order."""
    told = tomllib.loads(resources.files(__package__).joinpath("catalogue.toml").read_text("utf-8"))
    found = []
    for row in told["model"]:
        target = row.pop("target")
        targets = (target,) if isinstance(target, str) else tuple(target)
        found.append(Entry(**{**row, "files": tuple(row["files"])}, targets=targets))
    return found


def entry(name: str) -> Entry:
    """The model of that name or hub repository.

    Raises:
        ModelFolderError: the catalogue has none.
    """
    for candidate in entries():
        if name in (candidate.name, candidate.repository):
            return candidate
    known = ", ".join(candidate.name for candidate in entries())
    raise ModelFolderError(f"The catalogue has no model “{name}”; it has {known}.")
