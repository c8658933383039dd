"""A model's way into the newsroom: pulled from a hub, converted, verified, run by both engines."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from workers.nmt import models_folder, pull
from workers.nmt.catalogue import FILES, Entry
from workers.nmt.engine import EngineError
from workers.nmt.models_folder import ModelFolderError
from workers.nmt.registry import Registry, open_engine
from workers.nmt.verify import verify

from . import tiny
from .hub import COMMIT, Hub

# Tiny matrices: more threads only wait for one another.
pytest.importorskip("torch").set_num_threads(1)

SENTENCES = [
    *tiny.ENGLISH,
    "Rabat.",
    "A museum of science opened, and visitors came from thirteen countries.",
]
ENTRY = Entry("tiny-en-fr", "newsroom/tiny", COMMIT, "en", ("fr",), license="Apache-2.0", files=FILES)


@pytest.fixture(autouse=True)
def online(monkeypatch: pytest.MonkeyPatch) -> None:
    """All other tests forbid the hub; these have one of their own."""
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)


@pytest.fixture(scope="session", params=["two vocabularies", "one vocabulary"])
def checkpoint(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("checkpoint") / "tiny"
    return tiny.marian(folder, separate=request.param == "two vocabularies", prefix_token=">>fra<<")


@pytest.fixture
def pulled(checkpoint: Path, tmp_path: Path) -> models_folder.Model:
    with Hub(checkpoint) as hub:
        return pull.pull(ENTRY, tmp_path / "models", endpoint=hub.url, quiet=True)


def test_it_pulls_a_pinned_revision_with_its_description_and_checksums(pulled: models_folder.Model) -> None:
    assert (pulled.revision, pulled.engine, pulled.targets) == (COMMIT, "transformers", ("fr",))
    assert models_folder.changed(pulled.folder) == []
    assert {"hf/model.safetensors", "hf/source.spm", "model.json"} <= set(
        models_folder.recorded(pulled.folder)
    )


def test_it_refuses_a_revision_that_can_change_unless_told(checkpoint: Path, tmp_path: Path) -> None:
    entry = replace(ENTRY, revision="main")
    with Hub(checkpoint) as hub:
        with pytest.raises(ModelFolderError, match="can change"):
            pull.pull(entry, tmp_path, endpoint=hub.url, quiet=True)
        assert pull.pull(entry, tmp_path, endpoint=hub.url, unpinned=True, quiet=True).revision == COMMIT


def test_it_resumes_a_transfer_that_broke_off(checkpoint: Path, tmp_path: Path) -> None:
    with Hub(checkpoint, cut="model.safetensors") as hub:
        model = pull.pull(ENTRY, tmp_path, endpoint=hub.url, quiet=True)
        assert hub.given.count("model.safetensors") == 2
    assert models_folder.sha256(model.hf / "model.safetensors") == models_folder.sha256(
        checkpoint / "model.safetensors"
    )


def test_it_refuses_a_file_that_is_not_the_hubs(checkpoint: Path, tmp_path: Path) -> None:
    with Hub(checkpoint, lie="model.safetensors") as hub, pytest.raises(ModelFolderError, match="damaged"):
        pull.pull(ENTRY, tmp_path, endpoint=hub.url, quiet=True)


def test_it_says_so_when_the_network_is_forbidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ModelFolderError, match="could not be fetched"):
        pull.pull(ENTRY, tmp_path, endpoint="http://127.0.0.1:9", quiet=True)


def test_both_engines_agree_token_for_token_in_greedy_float32(pulled: models_folder.Model) -> None:
    from workers.nmt.convert import convert

    reference = open_engine(pulled, threads=1)
    converted = replace(convert(pulled.folder, quantization="float32"), options={"compute": "float32"})
    fast = open_engine(converted, threads=1)
    for sentence, plain, quick in zip(
        SENTENCES,
        reference.translate(SENTENCES, "en", "fr", beam=1),
        fast.translate(SENTENCES, "en", "fr", beam=1),
        strict=True,
    ):
        assert plain[0].text == quick[0].text, sentence
        assert plain[0].score == pytest.approx(quick[0].score, abs=0.05)
        assert plain[0].alignment and quick[0].alignment


def test_both_engines_begin_a_draft_as_they_are_told(pulled: models_folder.Model) -> None:
    from workers.nmt.convert import convert

    start = "Le ministère"
    reference = open_engine(pulled, threads=1)
    fast = open_engine(convert(pulled.folder), threads=1)
    for engine in (reference, fast):
        (drafts,) = engine.translate(SENTENCES[:1], "en", "fr", prefixes=[start])
        assert drafts[0].text.startswith(start)


def test_it_uses_the_language_token_the_model_wants(checkpoint: Path, tmp_path: Path) -> None:
    if (checkpoint / "target_vocab.json").exists():
        pytest.skip("models with two vocabularies have one target language")
    with Hub(checkpoint) as hub:
        entry = replace(ENTRY, prefix_token=">>fra<<")
        model = pull.pull(entry, tmp_path / "models", endpoint=hub.url, quiet=True)
    with_token, without = open_engine(model, threads=1), open_engine(replace(model, prefix_token=None))
    told = [engine.translate(SENTENCES, "en", "fr", beam=1) for engine in (with_token, without)]
    assert told[0] != told[1]
    with pytest.raises(EngineError, match=">>ara<<"):
        open_engine(replace(model, prefix_token=">>ara<<"))


def test_a_model_of_many_languages_is_converted_with_its_language_tokens(tmp_path: Path) -> None:
    from workers.nmt.convert import convert

    tiny.m2m100(tmp_path / "m2m" / "hf")
    card = {
        "name": "m2m",
        "source": "en",
        "target": ["fr", "ar"],
        "engine": "transformers",
        "license": "ours",
    }
    (tmp_path / "m2m" / "model.json").write_text(json.dumps(card))
    model = models_folder.read(tmp_path / "m2m")
    reference = open_engine(model)
    converted = replace(convert(model.folder, quantization="float32"), options={"compute": "float32"})
    fast = open_engine(converted, threads=1)
    said = {}
    for locale in ("fr", "ar"):
        plain = [drafts[0] for drafts in reference.translate(tiny.ENGLISH, "en", locale, beam=1)]
        quick = [drafts[0] for drafts in fast.translate(tiny.ENGLISH, "en", locale, beam=1)]
        assert [draft.text for draft in plain] == [draft.text for draft in quick]
        assert plain[0].alignment and quick[0].alignment
        assert "__" not in plain[0].text
        said[locale] = [draft.text for draft in plain]
    assert said["fr"] != said["ar"]


def test_a_model_that_fails_its_golden_sentences_is_not_used(
    pulled: models_folder.Model, tmp_path: Path
) -> None:
    from workers.nmt.convert import convert

    model = convert(pulled.folder)
    golden = [{"source": s, "target": t} for s, t in zip(tiny.ENGLISH, tiny.FRENCH, strict=True)]
    (model.folder / "golden.jsonl").write_text("\n".join(map(json.dumps, golden)) + "\n", "utf-8")
    models_folder.write_checksums(model.folder)
    registry = Registry(threads=1, verdicts=tmp_path / "var" / "verdicts.json")
    with pytest.raises(EngineError, match="golden sentences reach chrF"):
        registry.load(model.folder)

    drafts = open_engine(model, threads=1).translate(tiny.ENGLISH, "en", "fr", beam=model.beam)
    golden = [{"source": s, "target": d[0].text} for s, d in zip(tiny.ENGLISH, drafts, strict=True)]
    (model.folder / "golden.jsonl").write_text("\n".join(map(json.dumps, golden)) + "\n", "utf-8")
    models_folder.write_checksums(model.folder)
    assert registry.load(model.folder).translate(["Rabat."], "en", "fr")
    assert verify(model, registry.load(model.folder)).chrf == pytest.approx(100)
