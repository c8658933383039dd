"""Pictures for readers: our own copies, public while a live edition shows them, and nothing from elsewhere."""

import json
import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from tests.pictures import inside, picture
from tests.publishing.conftest import written
from tests.publishing.test_wordpress import work_off
from workflow.accounts.models import User
from workflow.articles.models import Article, PictureFile
from workflow.articles.pictures import keep
from workflow.articles.revisions import SourceText, add_revision
from workflow.drafting.models import Translation, TranslationUnit
from workflow.publishing.deliveries import announce_again
from workflow.publishing.models import Delivery, Destination
from workflow.publishing.publish import publish, withdraw

pytestmark = pytest.mark.django_db
WEB = "https://pictures.example/door.jpg"
HTML = (
    "<h1>The Door</h1><p>The door of the library was painted on Wednesday by its readers.</p>"
    f'<figure><img src="{WEB}" alt="A door"><figcaption>The door.</figcaption></figure>'
)
PAGE = "/en/the-door"


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def illustrated(people: dict[str, User]) -> Article:
    return written(HTML, "The Door")


def arrive(article: Article) -> PictureFile:
    file = keep(picture("JPEG", (640, 480)))
    article.pictures.update(file=file, state="kept")
    return file


def test_a_page_shows_our_own_copy(client: Client, illustrated: Article, editor: User) -> None:
    file = arrive(illustrated)
    publish(illustrated, "en", editor)
    page = client.get(PAGE).content.decode()
    (image,) = re.findall(r"<img[^>]*>", page)
    for said in (f'src="{file.address}"', 'width="640"', 'height="480"', 'loading="lazy"', 'alt="A door"'):
        assert said in image
    whole = f"https://news.example{file.address}"
    assert f'<meta property="og:image" content="{whole}">' in page
    data = json.loads(re.findall(r"ld\+json\">(.*?)</script>", page)[0])
    assert data["image"] == [whole]
    feed = client.get("/en/feed.atom").content.decode()
    assert whole in feed
    assert "pictures.example" not in page + feed


def test_until_it_is_here_the_caption_stands_alone(
    client: Client, illustrated: Article, editor: User
) -> None:
    publish(illustrated, "en", editor)
    page = client.get(PAGE).content.decode()
    assert re.search(r"<figure><figcaption[^>]*>The door\.</figcaption></figure>", page)
    assert "<img" not in page and "pictures.example" not in page and "og:image" not in page
    assert "pictures.example" not in client.get("/en/feed.atom").content.decode()
    passages = re.findall(r'id="(t\d+)"', page)
    arrive(illustrated)
    page = client.get(PAGE).content.decode()
    assert "<img" in page and re.findall(r'id="(t\d+)"', page) == passages


def test_it_is_served_for_ever_and_as_what_it_is(client: Client, illustrated: Article, editor: User) -> None:
    file = arrive(illustrated)
    publish(illustrated, "en", editor)
    answer = client.get(file.address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert b"".join(answer.streaming_content) == picture("JPEG", (640, 480))  # type: ignore[attr-defined]
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Length"] == str(file.size)
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "Set-Cookie" not in answer and "Cookie" not in answer.get("Vary", "")
    again = client.get(file.address, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", answer["ETag"])
    assert again["Cache-Control"] == answer["Cache-Control"]
    assert client.head(file.address).status_code == 200
    assert client.post(file.address).status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        f"/media/{'0' * 64}.png",
        "/media/../secret_key",
        "/media/secret_key",
        "/media/{digest}.png",
        "/media/{digest}",
        "/media/",
    ],
)
def test_nothing_else_is_there(client: Client, illustrated: Article, editor: User, path: str) -> None:
    file = arrive(illustrated)
    publish(illustrated, "en", editor)
    assert client.get(path.format(digest=file.digest)).status_code == 404


def test_a_restricted_picture_is_for_those_named_until_an_edition_shows_it(
    client: Client, illustrated: Article, editor: User, people: dict[str, User]
) -> None:
    file = arrive(illustrated)
    Article.objects.update(restricted=True)
    illustrated.people.set([people["amina"], editor])

    def status(user: User | None) -> int:
        client.logout()
        if user:
            client.force_login(user)
        return client.get(file.address).status_code

    assert (status(None), status(people["karim"]), status(people["amina"])) == (404, 404, 200)
    answer = client.get(file.address)
    assert answer["Cache-Control"] == "private, no-cache" and "Cookie" in answer["Vary"]
    edition = publish(Article.objects.get(), "en", editor)
    assert status(None) == 200
    withdraw(edition, editor, "too early")
    assert (status(None), status(people["karim"]), status(people["amina"])) == (404, 404, 200)
    Article.objects.update(restricted=False)
    assert (status(None), status(people["karim"])) == (404, 200)


def test_a_picture_of_a_later_text_is_not_public_with_the_earlier(
    client: Client, illustrated: Article, editor: User
) -> None:
    publish(illustrated, "en", editor)
    html = HTML + f'<figure><img src="{inside(picture())}" alt="New"></figure>'
    add_revision(illustrated, SourceText("The Door", html), by=None)
    new = PictureFile.objects.get()
    assert client.get(new.address).status_code == 404
    publish(Article.objects.get(), "en", editor)
    assert client.get(new.address).status_code == 200


def test_a_lost_file_is_not_there_and_nothing_breaks(
    client: Client, illustrated: Article, editor: User
) -> None:
    file = arrive(illustrated)
    publish(illustrated, "en", editor)
    file.path.unlink()
    assert client.get(file.address).status_code == 404
    assert client.get(PAGE).status_code == 200


def test_pages_let_no_picture_from_elsewhere_in(client: Client, illustrated: Article, editor: User) -> None:
    publish(illustrated, "en", editor)
    assert "img-src 'self';" in client.get(PAGE)["Content-Security-Policy"]


def test_the_previews_show_it_to_those_who_may_see_the_article(
    client: Client, illustrated: Article, people: dict[str, User]
) -> None:
    file = arrive(illustrated)
    translation = Translation.objects.create(
        article=illustrated, locale="ar", revision=illustrated.current, state="in_review"
    )
    assert illustrated.current is not None
    for segment in illustrated.current.segments.all():
        TranslationUnit.objects.create(translation=translation, segment=segment, target="باب")
    client.force_login(people["amina"])
    for path in (
        f"/desk/articles/{illustrated.pk}/preview/ar",
        f"/desk/articles/{illustrated.pk}/",
    ):
        page = client.get(path).content.decode()
        assert f'src="{file.address}"' in page, path
        assert f'src="{WEB}"' not in page, path


def test_a_folder_gets_the_file_beside_the_text(illustrated: Article, editor: User, tmp_path: Path) -> None:
    target = tmp_path / "folder"
    target.mkdir()
    Destination.objects.create(name="Files", kind="folder", folder=str(target))
    edition = publish(illustrated, "en", editor)
    work_off()
    (text,) = (target / "en").iterdir()
    assert "<img" not in text.read_text() and "The door." in text.read_text()
    file = arrive(illustrated)
    announce_again(illustrated.pk)
    work_off()
    assert f'src="../media/{file.name}"' in text.read_text()
    assert (text.parent / f"../media/{file.name}").read_bytes() == file.path.read_bytes()
    withdraw(edition, editor, "wrong")
    work_off()
    assert [path for path in target.rglob("*") if path.is_file()] == []


def test_another_article_keeps_the_file_in_the_folder(
    illustrated: Article, editor: User, tmp_path: Path
) -> None:
    target = tmp_path / "folder"
    target.mkdir()
    Destination.objects.create(name="Files", kind="folder", folder=str(target))
    file = arrive(illustrated)
    other = written(f'<h1>Other</h1><p>Text.</p><img src="{inside(picture("JPEG", (640, 480)))}">', "Other")
    edition = publish(illustrated, "en", editor)
    publish(other, "en", editor)
    work_off()
    withdraw(edition, editor, "wrong")
    work_off()
    assert (target / "media" / file.name).is_file()


def test_a_picture_that_arrives_late_is_told_to_where_the_edition_went(
    illustrated: Article, editor: User, tmp_path: Path
) -> None:
    Destination.objects.create(name="Files", kind="folder", folder=str(tmp_path))
    announce_again(illustrated.pk)
    assert not Delivery.objects.exists()
    publish(illustrated, "en", editor)
    announce_again(illustrated.pk)
    assert Delivery.objects.count() == 2
