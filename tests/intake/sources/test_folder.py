"""A watched folder: files are read once they are whole, then moved, and never lost."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from workflow.articles.models import Article
from workflow.intake.models import Item, Source
from workflow.intake.sources import decisions, folder, taking

from .conftest import look, read

TEXT = """# Minister Opens Library in Rabat

The minister opened a new library on Wednesday, in the presence of 12 writers and of many readers of the city.

It holds 5,000 books in three languages, and readers may stay in its rooms until midnight on every day.
"""


@pytest.fixture
def source(tmp_path: Path, make: Callable[..., Source]) -> Source:
    return make(str(tmp_path), kind="folder")


def drop(source: Source, name: str, text: str | bytes = TEXT, age: float = 60) -> Path:
    """Puts a file into the folder that was written `age` seconds ago."""
    path = Path(source.address) / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    moment = timezone.now().timestamp() - age
    os.utime(path, (moment, moment))
    return path


def names(source: Source, *parts: str) -> list[str]:
    folder = Path(source.address).joinpath(*parts)
    return sorted(path.name for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []


def test_a_file_at_rest_is_taken_in_and_moved(source: Source) -> None:
    drop(source, "library.md")
    look(source)
    (item,) = read(source)
    assert item.state == "taken"
    assert item.article.title == "Minister Opens Library in Rabat"
    assert (names(source), names(source, "done")) == ([], ["library.md"])


def test_a_file_being_written_is_left_alone(source: Source) -> None:
    drop(source, "library.md", TEXT[:60])
    look(source)
    drop(source, "library.md", TEXT[:120])
    assert [item.state for item in read(source)] == ["arriving"]
    drop(source, "library.md", age=2)
    read(source)
    assert [item.state for item in read(source)] == ["arriving"]
    drop(source, "library.md")
    read(source)
    assert [item.state for item in read(source)] == ["taken"]
    assert "5,000 books" in Article.objects.get().current.html


def test_a_file_changed_between_plan_and_reading_is_not_read(source: Source) -> None:
    drop(source, "library.md")
    look(source)
    look(source)
    drop(source, "library.md", TEXT + "\nMore to come.\n", age=30)
    taking.drain()
    assert source.items.get().state == "arriving"
    look(source)
    assert [item.state for item in read(source)] == ["taken"]
    assert "More to come" in Article.objects.get().current.html


def test_what_cannot_be_read_goes_to_failed_with_the_reason(source: Source) -> None:
    drop(source, "scan.html", b"%PDF-1.4 \x00\x01")
    look(source)
    (item,) = read(source)
    assert item.state == "failed"
    assert names(source, "failed") == ["scan.html", "scan.html.reason.txt"]
    assert "PDF" in (Path(source.address) / "failed" / "scan.html.reason.txt").read_text()


def test_a_file_put_back_is_tried_again(source: Source) -> None:
    drop(source, "library.md", b"\x00")
    look(source)
    read(source)
    (Path(source.address) / "failed" / "library.md").rename(Path(source.address) / "library.md")
    drop(source, "library.md")
    look(source)
    assert [item.state for item in read(source)] == ["taken"]


def test_the_same_name_again_is_a_revision(source: Source) -> None:
    drop(source, "library.md")
    look(source)
    read(source)
    drop(source, "library.md", TEXT.replace("5,000", "6,000"))
    look(source)
    read(source)
    assert Article.objects.get().revisions.count() == 2
    assert names(source, "done") == ["library-2.md", "library.md"]


def test_the_same_text_under_another_name_is_here_already(source: Source) -> None:
    drop(source, "library.md")
    drop(source, "copy.md")
    look(source)
    assert sorted(item.state for item in read(source)) == ["duplicate", "taken"]
    assert Article.objects.count() == 1
    assert names(source, "done") == ["copy.md", "library.md"]


def test_a_move_missed_by_a_crash_is_made_at_the_next_look(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(source, "library.md")
    look(source)
    with monkeypatch.context() as crash:
        crash.setattr(folder, "put_away", lambda item: None)
        read(source)
    assert names(source) == ["library.md"]
    look(source)
    assert (names(source), names(source, "done")) == ([], ["library.md"])
    assert Article.objects.get().revisions.count() == 1


def test_a_text_that_is_not_english_waits_for_an_editor(source: Source, editor: object) -> None:
    french = (
        "# La ministre ouvre une bibliothèque\n\nLa ministre a ouvert mercredi une nouvelle bibliothèque.\n"
    )
    drop(source, "library.md", french)
    look(source)
    (item,) = read(source)
    assert (item.state, names(source, "done")) == ("held", ["library.md"])
    decisions.accept(item, editor)  # type: ignore[arg-type]
    taking.drain()
    assert Article.objects.get().title == "La ministre ouvre une bibliothèque"


def test_links_and_other_files_are_not_touched(
    source: Source, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.md"
    secret.write_text(TEXT)
    (Path(source.address) / "link.md").symlink_to(secret)
    drop(source, ".library.md.swp")
    drop(source, "picture.jpg")
    drop(source, "library.md.part")
    look(source)
    assert read(source) == []
    assert len(names(source)) == 4


def test_a_folder_that_is_gone_is_a_failure(source: Source) -> None:
    Path(source.address).rmdir()
    record = look(source)
    assert record.state == "failed"
    assert "cannot be used" in record.note


def test_files_taken_back_before_they_were_whole_are_forgotten(source: Source) -> None:
    drop(source, "library.md").unlink()
    drop(source, "library.md")
    look(source)
    (Path(source.address) / "library.md").unlink()
    Item.objects.update(seen_at=timezone.now() - timedelta(days=2))
    look(source)
    assert not Item.objects.exists()
