"""Spelling by a dictionary: what it does not have is told once; names and the source's words are not its business."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.checks import spelling
from workflow.checks.rules import check_unit

WORDS = ["le", "musée", "ouvre", "ses", "portes", "organisation", "aujourd'hui", "est", "sur"]


@pytest.fixture
def dictionary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A French dictionary of nine words."""
    (tmp_path / "fr.aff").write_text("SET UTF-8\nTRY aeiou\n")
    (tmp_path / "fr.dic").write_text("\n".join([str(len(WORDS)), *WORDS]) + "\n")
    monkeypatch.setenv("SPELLING_DIR", str(tmp_path))
    spelling._dictionary.cache_clear()
    yield
    spelling._dictionary.cache_clear()


@pytest.mark.usefixtures("dictionary")
def test_a_word_the_dictionary_does_not_have_is_told_with_what_was_meant() -> None:
    target = "Le musée de Zinder ouvrre ses portes. L’organiation ouvrre."
    found = spelling.check("The museum de Zinder opens.", target, "fr")
    assert [(target[slice(*f.target_span or (0, 0))], f.suggestion) for f in found] == [
        ("ouvrre", "ouvre"),
        ("organiation", "organisation"),
    ]
    assert {f.check for f in found} == {"spelling"} and {f.severity for f in found} == {"warning"}
    assert "spelling" in {f.check for f in check_unit("The museum opens.", "Le musée ouvrre.", "fr")}


@pytest.mark.usefixtures("dictionary")
def test_names_addresses_and_words_of_the_source_are_left_alone() -> None:
    target = "Le musée Bardo est sur https://muzeum.example.org aujourd’hui, blockchain."
    assert spelling.check("The Bardo museum, blockchain", target, "fr") == []


@pytest.mark.usefixtures("dictionary")
def test_a_language_without_a_dictionary_is_not_checked() -> None:
    assert spelling.check("The museum", "المتحفف", "ar") == []


def test_a_machine_without_dictionaries_checks_nothing() -> None:
    assert spelling.check("The museum", "Le muzée", "fr") == []


@pytest.mark.usefixtures("dictionary")
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_at_all_can_be_checked(source: str, target: str) -> None:
    for finding in spelling.check(source, target, "fr"):
        assert finding.target_span is not None
        assert target[slice(*finding.target_span)] == finding.params["word"]
