"""`manage.py models` as an administrator uses it."""

import json
import shutil
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

SHIPPED = Path(__file__).parents[2] / "models"


@pytest.fixture(autouse=True)
def models(tmp_path: Path, settings: Any) -> Path:
    """A models folder with the French model in it, and a var folder of its own."""
    settings.MODELS_DIR, settings.VAR = tmp_path / "models", tmp_path / "var"
    shutil.copytree(SHIPPED / "en-fr", tmp_path / "models" / "en-fr")
    return tmp_path / "models"


def run(*words: str) -> str:
    out = StringIO()
    call_command("models", *words, stdout=out)
    return out.getvalue()


def test_list_tells_what_is_here_and_what_could_be() -> None:
    told = json.loads(run("list", "--json"))
    assert [(m["folder"], m["targets"], m["verified"]) for m in told["models"]] == [("en-fr", ["fr"], None)]
    assert {"opus-mt-en-ar", "nllb-200-distilled-600M"} <= {entry["name"] for entry in told["catalogue"]}
    assert "not yet verified" in run("list")


def test_verify_passes_the_shipped_model_and_list_knows_it() -> None:
    assert json.loads(run("verify", "--json"))["en-fr"]["passed"]
    assert json.loads(run("list", "--json"))["models"][0]["verified"] is True


def test_verify_fails_a_model_whose_files_changed(models: Path) -> None:
    (models / "en-fr" / "ct2" / "vocab.json").write_bytes(
        (models / "en-fr/ct2/vocab.json").read_bytes() + b" "
    )
    with pytest.raises(CommandError, match="not used"):
        run("verify", "en-fr")
    assert json.loads(run("list", "--json"))["models"][0]["verified"] is False


def test_pull_copies_a_model_folder_for_machines_without_a_network(models: Path) -> None:
    run("pull", str(SHIPPED / "en-ar"))
    assert [m["folder"] for m in json.loads(run("list", "--json"))["models"]] == ["en-ar", "en-fr"]
    with pytest.raises(CommandError, match="already is a model"):
        run("pull", str(SHIPPED / "en-ar"))


def test_pull_refuses_a_folder_that_is_not_what_its_checksums_say(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED / "en-ar", tmp_path / "damaged")
    (tmp_path / "damaged" / "ct2" / "source.spm").write_bytes(b"")
    with pytest.raises(CommandError, match=r"ct2/source\.spm"):
        run("pull", str(tmp_path / "damaged"))


def test_pull_refuses_an_unknown_name_and_a_revision_that_can_change() -> None:
    with pytest.raises(CommandError, match="has no model “latin”"):
        run("pull", "latin")
    with pytest.raises(CommandError, match="can change"):
        run("pull", "opus-mt-en-fr")


def test_remove_takes_one_model_and_nothing_outside(models: Path) -> None:
    with pytest.raises(CommandError, match="no model"):
        run("remove", "../var")
    run("remove", "en-fr")
    assert list(models.iterdir()) == []
