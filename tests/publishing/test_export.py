"""The site as files: complete, valid, every link leading somewhere, and only what is live."""

import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from tests.pictures import inside, picture
from tests.publishing.conftest import written
from tests.valid_html import JAVA, checked_by_nu, faults
from workflow.accounts.models import User
from workflow.articles.models import PictureFile
from workflow.publishing.export import export
from workflow.publishing.models import Edition
from workflow.publishing.publish import Presentation, publish, reissue, withdraw

pytestmark = pytest.mark.django_db
Publish = Callable[..., dict[str, Edition]]
EVERY_BLOCK = (
    '<h1>All Kinds</h1><h2>Two</h2><h3>Three</h3><p>A<br>b <em>c</em> <a href="#t1">d</a></p>'
    "<ul><li>a<ul><li>b</li></ul></li><li><p>c</p></li></ul><ol><li>d</li></ol>"
    "<table><caption>T</caption><thead><tr><th>x</th></tr></thead>"
    "<tbody><tr><td>y</td></tr></tbody></table>"
    '<figure><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="A dot">'
    "<figcaption>Dot</figcaption></figure>"
    "<blockquote>loose</blockquote><hr><p></p><h1>Again</h1>"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "site"


def pages(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): p.read_text() for p in folder.rglob("*.html")}


def links(html: str) -> list[str]:
    return [
        unescape(a) for a in re.findall(r'<(?!link rel="(?:alt|can))[^>]*?\s(?:href|src)="([^"]*)"', html)
    ]


def test_every_link_leads_to_a_file(folder: Path, published: Publish) -> None:
    published()
    export(folder)
    checked = 0
    for name, html in pages(folder).items():
        for address in links(html):
            if address.startswith(("https://example.org", "#")):
                continue
            if name.endswith("404.html"):  # shown at any depth
                assert (folder / address.lstrip("/") / "index.html").is_file(), (name, address)
                continue
            assert not address.startswith("/"), (name, address)
            path = unquote(address.split("#")[0].split("?")[0])
            assert (folder / normpath(f"{name.rpartition('/')[0]}/{path}".lstrip("/"))).is_file(), (
                name,
                address,
            )
            checked += 1
    assert checked > 100


def test_machines_get_absolute_addresses_of_what_is_there(folder: Path, published: Publish) -> None:
    published()
    export(folder, base_url="https://readers.example/news/")
    base = "https://readers.example/news/"
    for name, html in pages(folder).items():
        every = re.findall(r'<link rel="(?:canonical|alternate)"[^>]*href="([^"]+)"', html) + links(html)
        for address in every:
            if address.startswith(("https://example.org", "#")):
                continue
            assert address.startswith(base), (name, address)
            path = unquote(address.removeprefix(base).split("#")[0])
            target = folder / path
            assert (target / "index.html" if path.endswith("/") or not path else target).is_file(), address
    root = ElementTree.parse(folder / "sitemap.xml")
    for loc in root.iterfind(".//{*}loc"):
        assert (folder / unquote((loc.text or "").removeprefix(base)) / "index.html").is_file()


def test_hreflang_is_reciprocal_in_the_files(folder: Path, published: Publish) -> None:
    published()
    export(folder, base_url="https://readers.example")
    sets: dict[str, dict[str, str]] = {}
    for html in pages(folder).values():
        canonical = re.search(r'<link rel="canonical" href="([^"]+)"', html)
        if canonical:
            sets[canonical[1]] = dict(re.findall(r'hreflang="([^"]+)" href="(https:[^"]+)"', html))
    assert len(sets) >= 12
    for address, alternates in sets.items():
        assert address in alternates.values()
        for locale, other in alternates.items():
            if locale != "x-default":
                assert sets[other] == alternates


@pytest.fixture
def everything(folder: Path, published: Publish, editor: User) -> dict[str, str]:
    """The pages of a site that has one of everything a page can show."""
    editions = published()
    reissue(editions["en"], editor, Presentation(correction="Twelve & not <21>.", summary='"Quoted"'))
    publish(written(EVERY_BLOCK, "All Kinds"), "en", editor)
    export(folder, feedback_url="https://desk.example")
    return pages(folder)


def test_the_pages_are_valid_html(everything: dict[str, str]) -> None:
    assert {name: found for name, html in everything.items() if (found := faults(html))} == {}
    assert [name for name, html in everything.items() if html.count("<h1") != 1] == []


@pytest.mark.skipif(JAVA is None, reason="the Nu Html Checker needs Java")
def test_the_nu_html_checker_finds_nothing(everything: dict[str, str], tmp_path: Path) -> None:
    checked = tmp_path / "checked"
    checked.mkdir()
    assert len(everything) > 15
    assert "\n".join(checked_by_nu(everything, checked)) == ""


def test_nothing_needs_a_server(folder: Path, published: Publish) -> None:
    published()
    export(folder)
    for name, html in pages(folder).items():
        for action in re.findall(r'<form[^>]*action="([^"]*)"', html):
            assert action.endswith("index.html"), (name, action)
        assert "<form method" not in html, name
        assert "/accounts/" not in html and "<use" not in html and 'type="module"' not in html, name
    about = (folder / "en/about-translation/index.html").read_text()
    assert "Corrections are announced" in about and "report a passage" not in about


@pytest.mark.parametrize("base", ["", "https://readers.example/news"])
def test_a_missing_page_asks_for_no_file_and_speaks_all_languages(
    folder: Path, published: Publish, base: str
) -> None:
    published()
    export(folder, base_url=base)
    said = {"en": "There is no such page", "fr": "Cette page n’existe pas", "ar": "لا وجود لهذه الصفحة"}
    html = (folder / "404.html").read_text()
    assert not re.search(r"\s(?:src|srcset)=|<link|url\(", html)
    for locale, words in said.items():
        assert words in html and f'href="{base}/{locale}/"' in html
        alone = (folder / locale / "404.html").read_text()
        assert [code for code, words in said.items() if words in alone] == [locale]


def test_the_list_to_search_in_has_what_is_live(folder: Path, published: Publish, editor: User) -> None:
    editions = published()
    export(folder, base_url="https://readers.example")

    def listed(locale: str) -> list[dict[str, str]]:
        script = (folder / locale / "search/articles.js").read_text()
        return json.loads(script.removeprefix("const articles = ").removesuffix(";\n"))  # type: ignore[no-any-return]

    (french,) = listed("fr")
    assert french["title"] == editions["fr"].title
    assert unquote(french["address"]) == f"https://readers.example/fr/{editions['fr'].slug}/"
    assert {"bibliotheque", "poemes", "12"} <= set(french["words"].split())
    withdraw(editions["fr"], editor, "wrong")
    export(folder, base_url="https://readers.example")
    assert listed("fr") == []


def test_the_readers_form_may_post_to_the_desk(folder: Path, published: Publish) -> None:
    edition = published("en")["en"]
    export(folder, feedback_url="https://desk.example/")
    html = (folder / "en/library-opens-in-rabat/index.html").read_text()
    assert f'action="https://desk.example/en/feedback/{edition.pk}"' in html


def test_a_second_export_changes_nothing_that_has_not_changed(
    folder: Path, published: Publish, editor: User
) -> None:
    editions = published()
    export(folder)
    times = {path: path.stat().st_mtime_ns for path in folder.rglob("*.html")}
    export(folder)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.html")} == times
    withdraw(editions["fr"], editor, "wrong")
    result = export(folder)
    assert result.removed >= 1
    assert not (folder / "fr" / editions["fr"].slug).exists()
    assert editions["fr"].slug not in (folder / "sitemap.xml").read_text()


def test_a_folder_of_other_things_is_left_alone(folder: Path, published: Publish) -> None:
    folder.mkdir()
    (folder / "thesis.txt").write_text("years of work")
    with pytest.raises(CommandError, match="not empty"):
        call_command("export_site", folder)
    assert [path.name for path in folder.iterdir()] == ["thesis.txt"]


def test_the_command_says_what_it_wrote(
    folder: Path, published: Publish, capsys: pytest.CaptureFixture[str]
) -> None:
    published()
    call_command("export_site", folder)
    assert re.match(r"\d+ files in ", capsys.readouterr().out)
    with pytest.raises(CommandError, match="https"):
        call_command("export_site", folder, base_url="readers.example")


@pytest.mark.parametrize("base_url", ["", "https://readers.example/news"])
def test_the_pictures_are_files_beside_the_pages(
    folder: Path, editor: User, db: None, settings: Settings, tmp_path: Path, base_url: str
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    article = written(
        f'<h1>Door</h1><p>A door.</p><figure><img src="{inside(picture())}" alt="A door"></figure>'
        '<figure><img src="https://elsewhere.example/a.jpg" alt="B"><figcaption>Late.</figcaption></figure>',
        "Door",
    )
    edition = publish(article, "en", editor)
    export(folder, base_url=base_url)
    file = PictureFile.objects.get()
    html = (folder / "en/door/index.html").read_text()
    assert f'src="{base_url or "../.."}{file.address}"' in html
    assert (folder / "media" / file.name).read_bytes() == picture()
    assert "elsewhere.example" not in "".join(pages(folder).values()) + (folder / "en/feed.atom").read_text()
    assert "Late." in html
    withdraw(edition, editor, "wrong")
    export(folder, base_url=base_url)
    assert not (folder / "media").exists()


def test_an_export_that_was_killed_is_taken_up(
    folder: Path, published: Publish, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    editions = published()

    def killed(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("workflow.publishing.export._copy_assets", killed)
        with pytest.raises(KeyboardInterrupt):
            export(folder)
    withdraw(editions["fr"], editor, "wrong")
    export(folder)
    assert not (folder / "fr" / editions["fr"].slug).exists()
    assert (folder / "static/css/site.css").is_file()
