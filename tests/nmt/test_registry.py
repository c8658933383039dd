"""Which models are loaded and used, and which are refused."""

import json
import shutil
from pathlib import Path

import pytest

from workers.nmt import models_folder, registry
from workers.nmt.engine import EngineError
from workers.nmt.models_folder import ModelFolderError
from workers.nmt.registry import Registry
from workers.nmt.verify import Verdict, Verdicts

from .scripted import Scripted

SHIPPED = Path(__file__).parents[2] / "models"


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Three models of 1,000 bytes each, run by an engine that says the reference translation."""
    made = []
    for name in "abc":
        folder = tmp_path / name
        folder.mkdir()
        card = {"name": name, "source": "en", "target": "fr", "engine": "ctranslate2", "license": "ours"}
        (folder / "model.json").write_text(json.dumps(card))
        (folder / "golden.jsonl").write_text(
            json.dumps({"source": "The fair opened.", "target": "La foire a ouvert."})
        )
        (folder / "weights").write_bytes(name.encode() * 1000)
        models_folder.write_checksums(folder)
        made.append(folder)
    say = lambda sentence, start, again: ["La foire a ouvert."]  # noqa: E731
    monkeypatch.setattr(registry, "open_engine", lambda model, threads=None: Scripted(say))
    return made


def test_a_model_is_loaded_once(folders: list[Path]) -> None:
    models = Registry()
    assert models.load(folders[0]) is models.load(folders[0])


def test_the_least_recently_used_model_leaves_when_memory_is_short(folders: list[Path]) -> None:
    a, b, c = folders
    models = Registry(budget_bytes=3000)
    first, second = models.load(a), models.load(b)
    assert models.load(a) is first
    models.load(c)
    assert models.load(a) is first
    assert models.load(b) is not second


def test_a_model_whose_files_changed_is_refused_and_says_so(folders: list[Path], tmp_path: Path) -> None:
    (folders[0] / "weights").write_bytes(b"other")
    with pytest.raises(EngineError, match=r"is not used: Files differ .* weights"):
        Registry(verdicts=tmp_path / "verdicts.json").load(folders[0])


def test_the_verdict_is_kept_by_digest_and_not_in_the_models_folder(
    folders: list[Path], tmp_path: Path
) -> None:
    kept = tmp_path / "var" / "verdicts.json"
    Registry(verdicts=kept).load(folders[0])
    digest = models_folder.digest(folders[0])
    assert Verdicts(kept).of(digest) is not None
    Verdicts(kept).record(Verdict(digest, False, ("It speaks Dutch.",), 12.0, "2025-01-01"))
    with pytest.raises(EngineError, match="It speaks Dutch"):
        Registry(verdicts=kept).load(folders[0])
    assert models_folder.changed(folders[0]) == []


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelFolderError, match=r"no translation model in .*nowhere"):
        Registry().load(tmp_path / "nowhere")


def test_a_damaged_model_is_refused_in_plain_words(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED / "en-fr", tmp_path / "en-fr")
    (tmp_path / "en-fr/ct2/model.bin").write_bytes(b"not a model")
    with pytest.raises(EngineError, match="cannot be loaded"):
        Registry(threads=1).load(tmp_path / "en-fr")


@pytest.mark.parametrize("pair", ["en-fr", "en-ar"])
def test_the_shipped_models_pass_their_checksums_and_golden_sentences(pair: str, tmp_path: Path) -> None:
    Registry(threads=1, verdicts=tmp_path / "verdicts.json").load(SHIPPED / pair)
    (verdict,) = json.loads((tmp_path / "verdicts.json").read_text()).values()
    assert verdict["passed"] and verdict["chrf"] >= 60
