"""Pictures of the web: the text never waits for them, each is fetched once, and what is missing is said."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.conftest import person
from tests.intake.documents.package import paragraph, run, with_picture
from tests.pictures import KINDS, picture
from workflow.accounts.models import User
from workflow.articles.models import Article, Picture, PictureFile
from workflow.drafting.models import DraftItem
from workflow.intake.documents.reading import read as read_document
from workflow.intake.models import Host, Item, Source
from workflow.intake.sources import decisions, hosts, pictures, taking
from workflow.intake.submit import Wishes, submit

from .conftest import PARAGRAPHS, entry, look, read, rss
from .test_wordpress import media
from .web import Page, Web, bomb
from .wordpress import WordPress

Make = Callable[..., Source]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def illustrated(web: Web, make: Make) -> Callable[..., Picture]:
    """An article from a feed whose picture is at that path of our web."""

    def take_in(path: str = "/door.png", **fields: object) -> Picture:
        figure = (
            f'<figure><img src="{web.address}{path}" alt="A door"><figcaption>The door.</figcaption></figure>'
        )
        read(make(web.put_feed("/feed", rss(entry(text=figure + PARAGRAPHS))), **fields))
        return Picture.objects.get()

    return take_in


def fetched(row: Picture) -> Picture:
    """One attempt, whenever its turn would be."""
    Picture.objects.filter(pk=row.pk).update(due_at=timezone.now())
    pictures.fetch(row.pk)
    row.refresh_from_db()
    return row


def test_the_text_is_drafted_at_once_and_the_picture_arrives_after(
    web: Web, illustrated: Callable[..., Picture]
) -> None:
    web.put("/door.png", picture(), kind="image/png")
    row = illustrated()
    assert (row.state, row.article.pictures.count()) == ("wanted", 1)
    assert DraftItem.objects.filter(unit__translation__article=row.article).exists()
    assert web.asked("/door.png") == []
    assert pictures.waiting()
    assert pictures.drain() == [row.article_id]
    row.refresh_from_db()
    assert (row.state, row.error, row.lease_expires) == ("kept", "", None)
    assert row.file is not None and row.file.path.read_bytes() == picture()
    assert "text/html" not in web.asked("/door.png")[0]["accept"]
    assert not pictures.waiting()
    assert pictures.drain() == [] and len(web.asked("/door.png")) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_the_kind_is_told_by_the_bytes_not_by_what_the_server_says(
    web: Web, illustrated: Callable[..., Picture], kind: str
) -> None:
    web.put("/door.png", picture(kind), kind="text/plain")
    row = fetched(illustrated())
    assert row.file is not None and row.file.extension == KINDS[kind]


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (Page(b"Not found", 404), "404"),
        (Page(b"<svg xmlns='http://www.w3.org/2000/svg'/>", kind="image/svg+xml"), "JPEG, PNG"),
        (Page(b"<html>Log in</html>", kind="image/png"), "JPEG, PNG"),
        (bomb(11), "larger than 10 MB"),
        (Page(status=302, headers={"Location": "http://192.0.2.1/x.png"}), "internal network"),
        (Page(status=302, headers={"Location": "file:///etc/passwd"}), "no address of the web"),
    ],
)
def test_what_cannot_be_had_is_said_and_not_asked_for_again(
    web: Web, illustrated: Callable[..., Picture], page: Page, why: str
) -> None:
    web.pages["/door.png"] = page
    row = fetched(illustrated())
    assert (row.state, row.file) == ("missing", None)
    assert why in row.error
    assert not pictures.waiting() and not PictureFile.objects.exists()
    assert row.article.current is not None
    kinds = row.article.current.segments.filter(kind__in=("alt", "caption")).values_list("text", flat=True)
    assert list(kinds) == ["A door", "The door."]


def test_a_server_in_trouble_is_asked_again_later_and_later_and_then_no_more(
    web: Web, illustrated: Callable[..., Picture]
) -> None:
    web.put("/door.png", b"", status=503)
    row, waits = illustrated(), []
    while row.state == "wanted":
        asked_at = timezone.now()
        Host.objects.update(free_at=asked_at)
        row = fetched(row)
        waits.append(round((row.due_at - asked_at).total_seconds() / 60))
    assert (row.state, row.attempts, "503" in row.error) == ("missing", pictures.MOST_ATTEMPTS, True)
    assert waits[:5] == [1, 4, 16, 64, 256]


def test_a_room_without_a_way_out_says_so(
    web: Web, illustrated: Callable[..., Picture], monkeypatch: pytest.MonkeyPatch
) -> None:
    row = illustrated()
    Picture.objects.update(address="https://pictures.invalid/door.png", host="pictures.invalid", attempts=5)
    row = fetched(row)
    assert (row.state, row.error) == ("missing", "There is no server called pictures.invalid.")


def test_pictures_of_the_own_network_need_a_source_that_may_ask_there(
    web: Web, editor: User, illustrated: Callable[..., Picture]
) -> None:
    address = web.put("/door.png", picture())
    html = f"<h1>Door</h1>{PARAGRAPHS}<img src='{address}' alt='A door'>".encode()
    pasted = submit(read_document("a.html", html), Wishes(), by=editor, origin="form")
    row = fetched(pasted.pictures.get())
    assert (row.state, "internal network" in row.error) == ("missing", True)
    assert web.requests == []


def test_robots_txt_is_kept(web: Web, illustrated: Callable[..., Picture]) -> None:
    web.put("/robots.txt", "User-agent: *\nDisallow: /door.png")
    web.put("/door.png", picture())
    row = fetched(illustrated())
    assert (row.state, "robots.txt" in row.error) == ("missing", True)
    assert web.asked("/door.png") == []


def test_a_picture_is_fetched_by_one_at_a_time(web: Web, illustrated: Callable[..., Picture]) -> None:
    row = illustrated()
    again: list[int | None] = []

    def answer(path: str, headers: dict[str, str]) -> Page:
        return Page(picture())

    web.pages["/door.png"] = answer
    real = hosts.fetch_page

    def meanwhile(*args: object, **kwargs: object) -> object:
        again.append(pictures.fetch(row.pk))
        return real(*args, **kwargs)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as cut:
        cut.setattr(hosts, "fetch_page", meanwhile)
        assert pictures.fetch(row.pk) == row.article_id
    assert (again, len(web.asked("/door.png"))) == ([None], 1)


@pytest.mark.parametrize("where", ["keep", "_close"])
def test_a_death_in_the_middle_costs_a_lease_and_nothing_else(
    web: Web, illustrated: Callable[..., Picture], monkeypatch: pytest.MonkeyPatch, folder: Path, where: str
) -> None:
    web.put("/door.png", picture())
    row = illustrated()

    def dies(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut, pytest.raises(KeyboardInterrupt):
        cut.setattr(pictures, where, dies)
        pictures.fetch(row.pk)
    assert pictures.fetch(row.pk) is None
    Picture.objects.update(lease_expires=timezone.now() - timedelta(seconds=1))
    assert pictures.fetch(row.pk) == row.article_id
    assert (PictureFile.objects.count(), len(list(folder.iterdir()))) == (1, 1)


def test_one_that_kills_its_worker_is_given_up(web: Web, illustrated: Callable[..., Picture]) -> None:
    row = illustrated()
    Picture.objects.update(attempts=pictures.MOST_ATTEMPTS)
    assert "several times" in fetched(row).error
    assert web.asked("/door.png") == []


def test_pictures_never_hold_all_workers(web: Web, illustrated: Callable[..., Picture]) -> None:
    row = illustrated()
    soon = timezone.now() + timedelta(minutes=1)
    for number in range(pictures.AT_ONCE):
        Picture.objects.create(
            article=row.article,
            address=f"https://example.org/{number}",
            address_digest=str(number),
            due_at=soon,
            lease_expires=soon,
        )
    assert not pictures.waiting()
    assert pictures.drain() == [] and web.asked("/door.png") == []


def test_a_busy_server_is_left_alone_with_all_its_pictures(
    web: Web, illustrated: Callable[..., Picture]
) -> None:
    web.put("/door.png", picture())
    row = illustrated()
    until = timezone.now() + timedelta(minutes=5)
    Host.objects.update_or_create(name=row.host, defaults={"free_at": until})
    assert pictures.drain() == []
    row.refresh_from_db()
    assert (row.state, row.attempts, row.due_at) == ("wanted", 0, until)


def test_the_picture_of_a_wordpress_post_arrives(web: Web, make: Make) -> None:
    site = WordPress(web.address)
    web.pages["/wp-json/wp/v2/posts"] = site.answer
    address = web.put("/wp-content/uploads/door.jpg", picture("JPEG"))
    site.write(7, "Door", PARAGRAPHS, "2025-07-09T10:00:00", _embedded=media(address, "A door", "The door"))
    read(make(web.address, kind="wordpress"))
    pictures.drain()
    row = Picture.objects.get()
    assert (row.state, row.address) == ("kept", address)


def test_a_word_file_that_is_held_keeps_its_picture(make: Make, tmp_path: Path, editor: User) -> None:
    inbox = tmp_path / "in"
    inbox.mkdir()
    french = "La ministre a ouvert mercredi une nouvelle bibliothèque, en présence de douze écrivains."
    texts = (paragraph(run("La bibliothèque"), style="Title"), paragraph(run(french)), paragraph(run(french)))
    (inbox / "a.docx").write_bytes(with_picture(*texts, picture=picture(), alt="Une porte"))
    source = make(str(inbox), kind="folder")
    look(source)
    Item.objects.update(state=Item.State.PLANNED)
    taking.drain()
    item = source.items.get()
    assert item.state == "held"
    decisions.accept(item, editor)
    taking.drain()
    assert Picture.objects.get().state == "kept"


@pytest.fixture
def missing(web: Web, illustrated: Callable[..., Picture]) -> Picture:
    return fetched(illustrated())


def test_the_article_page_says_what_is_missing_and_tries_again(
    client: Client, editor: User, missing: Picture, web: Web
) -> None:
    client.force_login(editor)
    page = client.get(f"/desk/articles/{missing.article_id}/").content.decode()
    assert "A door" in page and "answered 404" in page and missing.address in page
    assert f'src="{web.address}' not in page
    again = f"/desk/submit/pictures/{missing.pk}/again"
    assert again in page
    web.put("/door.png", picture())
    assert client.post(again).status_code == 302
    assert pictures.drain() == [missing.article_id]
    page = client.get(f"/desk/articles/{missing.article_id}/").content.decode()
    assert "answered 404" not in page
    assert f'src="/media/{PictureFile.objects.get().name}"' in page
    client.post(again)
    missing.refresh_from_db()
    assert missing.state == "kept", "a picture that is here was asked for again"


def test_only_editors_who_may_see_the_article_try_again(client: Client, missing: Picture) -> None:
    again = f"/desk/submit/pictures/{missing.pk}/again"
    assert client.post(again).status_code == 302 and "login" in client.post(again)["Location"]
    client.force_login(person("amina", "translator", locales=("ar",)))
    assert client.post(again).status_code == 403
    Article.objects.update(restricted=True)
    client.force_login(person("omar", "editor"))
    assert client.post(again).status_code == 403
    missing.refresh_from_db()
    assert missing.state == "missing"
