"""Reading and varying the material."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

pytest.importorskip("torch")


def test_variants_change_both_sides_alike() -> None:
    from training.augment import variant

    source = "In 2025, Mr. Amir Khan counted 667 books and 12 maps on 24 May."
    target = "En 2025, M. Amir Khan a compté 667 livres et 12 cartes le 24 mai."
    new_source, new_target = variant(source, target, ["Lina Haddad", "Omar Bâ"], random.Random(4))
    assert new_source != source and "12 maps" in new_source
    for word in ("Amir", "667", "2025"):
        assert word not in new_source and word not in new_target
    numbers = [
        [w.strip(".,") for w in text.split() if w.strip(".,").isdigit()] for text in (new_source, new_target)
    ]
    assert numbers[0] == numbers[1]
    assert numbers[0][1].endswith("67")


def test_open_text_is_brought_to_newsroom_spelling() -> None:
    from training.corpus import tidy

    assert tidy("l’eau", "fr") == "l'eau"
    assert tidy("استنادًا", "ar") == "استنادا"


def test_held_out_sentences_are_never_collected(tmp_path: Path) -> None:
    import lzma

    from training.prepare import collect
    from training.settings import Group, Settings

    row = {"en": "Kept apart.", "fr": "Gardé à part.", "ar": "محجوز."}
    other = {"en": "For training.", "fr": "Pour apprendre.", "ar": "للتدريب."}
    for name, rows in (("news", [row, other]), ("heldout", [row])):
        (tmp_path / name).mkdir()
        lines = "\n".join(json.dumps(r) for r in rows)
        (tmp_path / name / "a.jsonl").write_text(lines, encoding="utf-8")
    (tmp_path / "grammar").mkdir()
    (tmp_path / "grammar" / "generate.py").write_text("")
    (tmp_path / "generic").mkdir()
    with lzma.open(tmp_path / "generic" / "generic.en-fr.tsv.xz", "wt", encoding="utf-8") as out:
        out.write("open\tkept apart.\tGardé.\nunclear\tA.\tB.\nopen\tFine.\tBien.\n")
    settings = Settings("en", "fr", 50, 0, 0, ("unclear",), (Group("all", 1.0, ("*",)),))
    train, dev = collect(settings, tmp_path, [])
    assert {r[1] for r in train + dev} == {"For training.", "Fine."} | {r[1] for r in dev}
    assert "Kept apart." not in {r[1] for r in train}
    assert "kept apart." not in {r[1] for r in train}
