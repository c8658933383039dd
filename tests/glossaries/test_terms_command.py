"""`manage.py terms check` on files, without a database."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

GLOSSARY = "concept_id,en,fr,fr_forbidden\nm,malaria,paludisme,malaria\nv,vaccine,vaccin,\n"


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    (tmp_path / "g.csv").write_text(GLOSSARY, encoding="utf-8")
    (tmp_path / "s.txt").write_text("Malaria kills.\n\nTwo vaccines.\n", encoding="utf-8")
    (tmp_path / "t.txt").write_text("La malaria tue.\n\nDeux vaccins.\n", encoding="utf-8")
    names = {"--source-file": "s.txt", "--target-file": "t.txt", "--glossary": "g.csv"}
    return [part for option, name in names.items() for part in (option, str(tmp_path / name))]


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("terms", "check", *arguments, stdout=out)
    return out.getvalue()


def test_it_prints_one_object_for_each_line(files: list[str]) -> None:
    lines = json.loads(run(*files, "--locale", "fr", "--json"))
    assert [line["line"] for line in lines] == [1, 2, 3]
    assert [[term["status"] for term in line["terms"]] for line in lines] == [["forbidden"], [], ["ok"]]
    assert lines[2]["terms"][0]["target_span"] == [5, 12]


def test_it_prints_lines_people_read(files: list[str]) -> None:
    assert "1: forbidden: Malaria → malaria" in run(*files, "--locale", "fr")
    assert "1 ok, 0 missing, 1 forbidden" in run(*files, "--locale", "fr")


def test_it_refuses_files_of_different_length(files: list[str], tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_text("La malaria tue.\n", encoding="utf-8")
    with pytest.raises(CommandError, match="line by line"):
        run(*files, "--locale", "fr")
