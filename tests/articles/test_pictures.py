"""Pictures kept: once for the same bytes, safe from a death in the middle, and shown only from here."""

import hashlib
from pathlib import Path

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from tests.pictures import inside, picture
from workflow.articles import pictures
from workflow.articles.markup import parse, serialise
from workflow.articles.models import Article, Picture, PictureFile
from workflow.articles.revisions import SourceText, add_revision
from workflow.articles.segmentation import extract, render, sources

FIGURE = '<figure><img src="{0}" alt="A door"><figcaption>The door.</figcaption></figure>'
WEB = "https://example.org/door.jpg"


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def written(html: str, article: Article | None = None) -> Article:
    article = article or Article.objects.create(title="T")
    add_revision(article, SourceText("T", f"<h1>T</h1>{html}"), by=None)
    return article


@pytest.mark.django_db
def test_the_same_bytes_are_one_file_however_often_they_come(folder: Path) -> None:
    first, again = pictures.keep(picture()), pictures.keep(picture())
    assert first == again
    assert [path.name for path in folder.iterdir()] == [f"{hashlib.sha256(picture()).hexdigest()}.png"]
    assert (first.width, first.height, first.size) == (24, 16, len(picture()))
    assert first.path.read_bytes() == picture()


@pytest.mark.django_db
def test_a_death_between_file_and_row_is_made_good_by_the_next_try(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut, pytest.raises(KeyboardInterrupt):
        cut.setattr(PictureFile.objects, "get_or_create", dies)
        pictures.keep(picture())
    assert not PictureFile.objects.exists()
    with monkeypatch.context() as cut, pytest.raises(KeyboardInterrupt):
        cut.setattr("workflow.atomic.os.replace", dies)
        pictures.keep(picture(colour="red"))
    assert not PictureFile.objects.exists()
    assert pictures.keep(picture()).path.is_file()
    assert len(list(folder.iterdir())) == 1, "a half-written file was left"


@pytest.mark.django_db
def test_a_file_that_was_cut_short_is_written_anew(folder: Path) -> None:
    kept = pictures.keep(picture())
    kept.path.write_bytes(picture()[:10])
    assert pictures.keep(picture()).path.read_bytes() == picture()


@pytest.mark.django_db
def test_a_picture_inside_the_text_is_kept_with_it() -> None:
    article = written(FIGURE.format(inside(picture())))
    digest = hashlib.sha256(picture()).hexdigest()
    assert article.current is not None
    assert f'<img src="picture:{digest}" alt="A door">' in article.current.html
    assert [(row.state, row.file_id) for row in article.pictures.all()] == [("kept", digest)]
    assert [segment.kind for segment in article.current.segments.all()] == ["title", "alt", "caption"]
    document = extract(article.current.html)
    assert render(*sources(document)) == article.current.html


@pytest.mark.django_db
def test_the_same_text_with_the_same_picture_is_no_new_revision() -> None:
    article = written(FIGURE.format(inside(picture())))
    written(FIGURE.format(inside(picture())), article)
    written(FIGURE.format(f"picture:{hashlib.sha256(picture()).hexdigest()}"), article)
    assert (article.revisions.count(), article.pictures.count()) == (1, 1)
    written(FIGURE.format(inside(picture(colour="red"))), article)
    assert (article.revisions.count(), article.pictures.count()) == (2, 2)


@pytest.mark.django_db
def test_what_is_no_picture_is_said_and_the_words_about_it_stay() -> None:
    article = written(FIGURE.format(inside(b"<svg>" + bytes(60), "image/svg+xml")))
    ((lacking, said),) = pictures.lacking(article)
    assert (lacking.state, said) == ("missing", "A door")
    assert "SVG" not in lacking.error and "JPEG" in lacking.error
    assert article.current is not None
    assert [segment.text for segment in article.current.segments.all()] == ["T", "A door", "The door."]


@pytest.mark.django_db
def test_a_picture_of_the_web_is_wanted_once_and_only_so_many() -> None:
    article = written(FIGURE.format(WEB) * 2)
    assert [(row.address, row.state, row.host) for row in article.pictures.all()] == [
        (WEB, "wanted", "example.org")
    ]
    written("".join(FIGURE.format(f"{WEB}?{n}") for n in range(pictures.MOST_IN_ARTICLE + 5)), article)
    assert article.pictures.filter(state="wanted").count() == pictures.MOST_IN_ARTICLE
    assert "100" in article.pictures.filter(state="missing")[0].error


@pytest.mark.django_db
def test_the_database_refuses_a_kept_picture_without_a_file() -> None:
    row = written(FIGURE.format(WEB)).pictures.get()
    with pytest.raises(Exception, match="a_kept_picture_has_its_file"), transaction.atomic():
        Picture.objects.filter(pk=row.pk).update(state="kept")
        connection.check_constraints()


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        (FIGURE.format("https://example.org/x"), "<figure><figcaption>The door.</figcaption></figure>"),
        ('<figure><img src="https://example.org/x" alt="A"></figure><p>B</p>', "<p>B</p>"),
        ('<p><a href="https://e.org"><img src="https://e.org/x" alt=""></a></p><p>B</p>', "<p>B</p>"),
        ('<p>A <img src="//e.org/x" alt=""> b</p>', "<p>A  b</p>"),
        ('<p>A <img src="picture:ab" alt=""></p>', "<p>A </p>"),
        (
            '<table><tr><td><img src="x:y"></td><td>B</td></tr></table>',
            "<table><tr><td></td><td>B</td></tr></table>",
        ),
        ("<p><br></p><hr><p></p>", "<p><br></p><hr><p></p>"),
    ],
)
def test_what_is_not_here_is_not_shown(html: str, shown: str) -> None:
    root = parse(html)
    pictures.show(root, {})
    assert serialise(root) == shown


@pytest.mark.django_db
def test_what_is_here_is_shown_from_here_in_its_true_size() -> None:
    article = written(FIGURE.format(WEB).replace("alt=", 'width="5000" alt='))
    file = pictures.keep(picture())
    article.pictures.update(file=file, state="kept")
    assert article.current is not None
    assert pictures.shown(article.pk, article.current.html) == (
        f'<h1>T</h1><figure><img src="/media/{file.name}" width="24" alt="A door" height="16">'
        "<figcaption>The door.</figcaption></figure>"
    )
    assert pictures.lacking(article) == []
