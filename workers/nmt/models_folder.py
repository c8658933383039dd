"""A folder of models: what lies in it, whether it is what it was when it was made (checksums).

One model is one folder: `model.json` says what it is, `ct2/` and optionally `hf/` hold it, `golden.jsonl`
a few sentences it must get about right, `checksums.json` the SHA-256 of every other file.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CARD, CHECKSUMS, GOLDEN = "model.json", "checksums.json", "golden.jsonl"
ENGINES = ("ctranslate2", "transformers", "http")


class ModelFolderError(Exception):
    """A model folder is missing, incomplete or changed; the message names it."""


@dataclass(frozen=True)
class Model:
    """What `model.json` says. `targets` are the locales it translates into (one, but for NLLB and M2M100)."""

    folder: Path
    name: str
    source: str
    targets: tuple[str, ...]
    engine: str
    license: str
    architecture: str
    revision: str
    prefix_token: str | None = None
    beam: int = 4
    codes: dict[str, str] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def ct2(self) -> Path:
        return self.folder / "ct2"

    @property
    def hf(self) -> Path:
        return self.folder / "hf"


def read(folder: Path) -> Model:
    """The model in `folder`.

    Raises:
        ModelFolderError: there is none, or its `model.json` cannot be understood.
    """
    card = folder / CARD
    try:
        told = json.loads(card.read_text("utf-8"))
    except FileNotFoundError:
        raise ModelFolderError(f"There is no translation model in {folder} ({CARD} is missing).") from None
    except (OSError, ValueError) as error:
        raise ModelFolderError(f"{card} cannot be read: {error}") from error
    try:
        targets = told["target"]
        model = Model(
            folder=folder,
            name=told["name"],
            source=told["source"],
            targets=(targets,) if isinstance(targets, str) else tuple(targets),
            engine=told["engine"],
            license=told["license"],
            architecture=told.get("architecture", ""),
            revision=told.get("revision", ""),
            prefix_token=told.get("prefix_token"),
            beam=int(told.get("beam", 4)),
            codes=told.get("codes", {}),
            options=told.get("options", {}),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ModelFolderError(f"{card} lacks or misstates {error}.") from error
    if model.engine not in ENGINES:
        raise ModelFolderError(f"{card} names the engine “{model.engine}”; known are {', '.join(ENGINES)}.")
    return model


def models(root: Path) -> list[Model]:
    """Every model in the folder `root`, by name of its folder; folders that hold none are left out."""
    return [read(card.parent) for card in sorted(root.glob(f"*/{CARD}"))]


def checksums(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of the model as it is now, by relative path."""
    return {path.relative_to(folder).as_posix(): sha256(path) for path in _files(folder)}


def write_checksums(folder: Path) -> dict[str, str]:
    """Records what the model is now; done once, when it is pulled, converted or trained."""
    sums = checksums(folder)
    (folder / CHECKSUMS).write_text(json.dumps(sums, indent=1, sort_keys=True) + "\n", "utf-8")
    return sums


def recorded(folder: Path) -> dict[str, str]:
    """The checksums recorded when the model was made; empty when none are recorded."""
    try:
        sums = json.loads((folder / CHECKSUMS).read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise ModelFolderError(f"{folder / CHECKSUMS} cannot be read: {error}") from error
    return dict(sums)


def digest(folder: Path) -> str:
    """What identifies a model: SHA-256 over its recorded checksums (64 hexadecimal digits).

    Cheap, so that everybody may ask: only `verify` reads the weights themselves. A folder without
    recorded checksums is identified by its files' names, sizes and times.
    """
    try:
        sums: dict[str, Any] = recorded(folder)
    except ModelFolderError:
        sums = {}
    if not sums:
        sums = {
            path.relative_to(folder).as_posix(): [path.stat().st_size, path.stat().st_mtime_ns]
            for path in _files(folder)
        }
    return hashlib.sha256(json.dumps(sums, sort_keys=True).encode()).hexdigest()


def changed(folder: Path) -> list[str]:
    """Relative paths that are missing, new or differ from the recorded checksums."""
    was, now = recorded(folder), checksums(folder)
    return sorted(path for path in was.keys() | now.keys() if was.get(path) != now.get(path))


def size(folder: Path) -> int:
    """Bytes the model takes on disk; about what it takes in memory, too."""
    return sum(path.stat().st_size for path in _files(folder))


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        # A model card is for people: correcting it does not make another model of it.
        if path.is_file() and not hidden and path.name not in (CHECKSUMS, "MODEL_CARD.md", "README.md"):
            yield path


def sha256(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
