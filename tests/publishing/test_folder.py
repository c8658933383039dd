"""Editions as Markdown files in a folder, committed where it is a git repository."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pytest_django import Settings

from tests.pictures import inside, picture
from tests.publishing.conftest import written
from tests.publishing.test_wordpress import work_off
from workflow.accounts.models import User
from workflow.articles.markup import escape, parse
from workflow.articles.models import PictureFile
from workflow.publishing.markdown import to_markdown
from workflow.publishing.models import Delivery, Destination, Edition
from workflow.publishing.publish import Presentation, publish, reissue, withdraw

Publish = Callable[..., dict[str, Edition]]


@pytest.fixture
def folder(tmp_path: Path, db: None) -> Path:
    Destination.objects.create(name="Files", kind="folder", folder=str(tmp_path))
    return tmp_path


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=True
    ).stdout


@pytest.mark.django_db
def test_each_edition_is_a_file_with_front_matter(folder: Path, published: Publish) -> None:
    editions = published()
    assert {delivery.state for delivery in work_off()} == {"done"}
    name = f"{editions['ar'].article_id}-{editions['ar'].slug}.md"
    text = (folder / "ar" / name).read_text()
    _empty, front, body = text.split("---\n", 2)
    matter = yaml.safe_load(front)
    assert (matter["lang"], matter["title"]) == ("ar", editions["ar"].title)
    assert matter["translation_key"] == f"article-{editions['ar'].article_id}"
    assert (matter["translation"], matter["approver"]) == ("revised", "Karim Mansour")
    assert "**مكتبة جديدة**" in body
    assert "[صفحة المكتبة](<https://example.org/library?a=1&b=2>)" in body


@pytest.mark.django_db
def test_a_new_address_is_a_new_file_in_place_of_the_old(
    folder: Path, published: Publish, editor: User
) -> None:
    edition = published("en")["en"]
    work_off()
    reissue(edition, editor, Presentation(slug="rabat"))
    work_off()
    assert [path.name for path in (folder / "en").iterdir()] == [f"{edition.article_id}-rabat.md"]
    withdraw(Edition.objects.live().get(), editor, "wrong")
    work_off()
    assert list((folder / "en").iterdir()) == []


@pytest.mark.django_db
@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_in_a_git_repository_each_change_is_a_commit(folder: Path, published: Publish, editor: User) -> None:
    git(folder, "init", "-q")
    (folder / "notes.txt").write_text("somebody's own, not committed")
    edition = published("en")["en"]
    work_off()
    withdraw(edition, editor, "wrong")
    work_off()
    assert [line.split(" ", 1)[0] for line in git(folder, "log", "--format=%s").splitlines()] == [
        "Withdraw",
        "Publish",
    ]


@pytest.mark.django_db
@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_only_our_own_files_are_committed(folder: Path, published: Publish, editor: User) -> None:
    git(folder, "init", "-q")
    (folder / "draft.txt").write_text("somebody's own")
    (folder / "staged.txt").write_text("somebody's own, to be committed by them")
    git(folder, "add", "staged.txt")
    edition = published("ar")["ar"]
    work_off()
    old = f"ar/{edition.article_id}-{edition.slug}.md"
    assert git(folder, "show", "--format=", "--name-only", "-z", "HEAD").strip("\0\n") == old
    reissue(edition, editor, Presentation(slug="مكتبة"))
    work_off()
    moved = git(folder, "-c", "core.quotepath=off", "show", "--format=", "--name-status", "-M", "HEAD")
    assert moved.split("\t")[1:] == [old, f"ar/{edition.article_id}-مكتبة.md\n"]
    assert git(folder, "status", "--porcelain").splitlines() == ["A  staged.txt", "?? draft.txt"]


@pytest.mark.django_db
@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_pictures_are_committed_and_go_with_their_article(
    folder: Path, editor: User, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    git(folder, "init", "-q")
    article = written(
        f'<h1>Door</h1><p>A door.</p><p><img src="{inside(picture())}" alt="A door"></p>', "Door"
    )
    edition = publish(article, "en", editor)
    work_off()
    name = PictureFile.objects.get().name
    assert f"media/{name}" in git(folder, "show", "--format=", "--name-only", "HEAD").splitlines()
    withdraw(edition, editor, "wrong")
    work_off()
    assert git(folder, "ls-files") == git(folder, "status", "--porcelain") == ""


@pytest.mark.django_db
@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_locked_repository_is_tried_again(folder: Path, published: Publish) -> None:
    git(folder, "init", "-q")
    lock = folder / ".git" / "index.lock"
    lock.touch()
    published("en")
    (delivery,) = work_off()
    assert delivery.state == "waiting"
    assert "index.lock" in delivery.error
    lock.unlink()
    (delivery,) = work_off(hours=1)
    assert (delivery.state, git(folder, "log", "--format=%s").count("Publish")) == ("done", 1)


@pytest.mark.django_db
def test_a_folder_that_is_gone_is_said(folder: Path, published: Publish) -> None:
    folder.rmdir()
    published("en")
    (delivery,) = work_off()
    assert (delivery.state, Delivery.objects.count()) == ("failed", 1)
    assert str(folder) in delivery.error


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>A <em>b</em> <strong>c</strong></p>", "A *b* **c**\n"),
        ("<h2>T</h2><p>One<br>two</p>", "## T\n\nOne\\\ntwo\n"),
        ("<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>", "- a\n- b\n\n  1. c\n"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b\n"),
        ("<p>1. no list, # no heading</p><p># no</p>", "1\\. no list, # no heading\n\n\\# no\n"),
        ('<figure><img src="/a.png" alt="x"></figure>', '<figure><img src="/a.png" alt="x"></figure>\n'),
    ],
)
def test_html_becomes_markdown(html: str, markdown: str) -> None:
    assert to_markdown(html) == markdown


LINES = st.text(alphabet="ab *_#>-+=`[]<&1.;)!\\~ا", min_size=1).map(str.strip).filter(bool)


@given(st.lists(LINES, max_size=4))
def test_any_text_reads_the_same_from_its_markdown(paragraphs: list[str]) -> None:
    html = "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    read_back = parse(MarkdownIt("commonmark").render(to_markdown(html)))
    expected = [" ".join(text.split()) for text in paragraphs]
    assert [" ".join(p.text().split()) for p in read_back.find(["p"])] == expected
