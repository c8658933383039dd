"""Whether a model may be used: its files are what they were, and it gets its golden sentences about right."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from . import models_folder
from .engine import Engine
from .models_folder import GOLDEN, Model

# Corpus chrF (sacrebleu, its defaults) of the drafts of the golden sentences against their translations.
# A model that runs as it should repeats them nearly to the letter; one with a wrong vocabulary, language
# token or quantisation is far below.
LOWEST_CHRF = 60.0


@dataclass(frozen=True)
class Verdict:
    """The result for one model digest; `problems` are sentences for an administrator, none when it passed."""

    digest: str
    passed: bool
    problems: tuple[str, ...]
    chrf: float | None
    checked: str


def verify(model: Model, engine: Engine) -> Verdict:
    """Reads every file of the model and translates its golden sentences with `engine`.

    A model without golden sentences is judged by its checksums alone.
    """
    problems = []
    if not models_folder.recorded(model.folder):
        problems.append("No checksums were recorded when it was made.")
    elif changed := models_folder.changed(model.folder):
        problems.append(f"Files differ from the recorded checksums: {', '.join(changed)}.")
    chrf = golden_chrf(model, engine)
    if chrf is not None and chrf < LOWEST_CHRF:
        problems.append(f"The golden sentences reach chrF {chrf:.1f}; {LOWEST_CHRF:.0f} is needed.")
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Verdict(models_folder.digest(model.folder), not problems, tuple(problems), chrf, now)


def golden_chrf(model: Model, engine: Engine) -> float | None:
    """Corpus chrF of the golden sentences, 0 to 100; None when the model has none."""
    path = model.folder / GOLDEN
    if not path.exists():
        return None
    from sacrebleu.metrics.chrf import CHRF

    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    by_target: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_target.setdefault(row.get("locale", model.targets[0]), []).append(row)
    drafts, references = [], []
    for target, those in by_target.items():
        results = engine.translate([row["source"] for row in those], model.source, target, 1, beam=model.beam)
        drafts += [result[0].text for result in results]
        references += [row["target"] for row in those]
    return CHRF().corpus_score(drafts, [references]).score


class Verdicts:
    """Results of `verify` kept in a file, by digest: models are read-only, and verified once each."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def of(self, digest: str) -> Verdict | None:
        """The verdict on the model with this digest, if it was ever verified."""
        told = self._read().get(digest)
        return Verdict(**{**told, "problems": tuple(told["problems"])}) if told else None

    def record(self, verdict: Verdict) -> None:
        """Keeps a verdict; written aside and renamed, so that a reader never sees half a file."""
        known = self._read() | {verdict.digest: asdict(verdict)}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        aside = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        aside.write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n", "utf-8")
        aside.replace(self._path)

    def _read(self) -> dict[str, dict]:
        try:
            return dict(json.loads(self._path.read_text("utf-8")))
        except (FileNotFoundError, ValueError):
            # A damaged file only costs verifying again.
            return {}
