"""Bad input by every door: refused with the file's name and the reason, and nothing half-saved."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from tests.conftest import TINY
from workflow.accounts.models import User
from workflow.articles.models import Article, Segment
from workflow.drafting.models import DraftItem

pytestmark = pytest.mark.django_db

BAD = {
    "empty.md": b"",
    "blank.txt": b" \n\n ",
    "picture.md": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "large.html": b"<p>word</p>" * 5_000_000,
    "latin.md": "# Réunion à l'hôtel\n\nThe meeting was held.\n".encode("latin-1"),
    "script.html": b"<script>alert('hello')</script><style>p {}</style>",
    "french.md": "# La ministre inaugure une bibliothèque\n\nElle compte des milliers de livres.\n".encode(),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, data in BAD.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "good.md").write_text(TINY)
    return tmp_path


def nothing_is_half_saved(articles: int) -> None:
    assert Article.objects.count() == articles
    assert Segment.objects.values("revision").distinct().count() == articles
    assert DraftItem.objects.values("unit__translation__article").distinct().count() == articles


@pytest.mark.parametrize("name", BAD)
def test_the_command_line_names_file_and_reason_and_takes_the_rest(folder: Path, name: str) -> None:
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("submit", str(folder / name), str(folder / "good.md"), "--json", stdout=out)
    assert ended.value.code == 1
    told = json.loads(out.getvalue())
    assert len(told["articles"]) == 1
    (refusal,) = told["refused"]
    assert name in refusal["file"]
    assert len(refusal["reason"]) > 20
    nothing_is_half_saved(1)


@pytest.mark.parametrize("name", BAD)
def test_the_form_says_what_is_wrong(client: Client, editor: User, name: str) -> None:
    client.force_login(editor)
    file = SimpleUploadedFile(name, BAD[name])
    response = client.post("/desk/submit/", {"files": file, "locales": ["ar", "fr"]})
    assert response.status_code == 422
    assert b'role="alert"' in response.content
    nothing_is_half_saved(0)


def test_a_text_that_is_not_english_is_taken_in_once_a_person_confirms(client: Client, editor: User) -> None:
    client.force_login(editor)
    text = BAD["french.md"].decode()
    form = {"text": text, "locales": ["ar"]}
    refused = client.post("/desk/submit/", form)
    assert "language_confirmed" in refused.content.decode()
    assert text.splitlines()[0] in refused.content.decode(), "what was pasted is lost"
    taken = client.post("/desk/submit/", {**form, "language_confirmed": "on"})
    assert taken.status_code == 302
    nothing_is_half_saved(1)


def test_scripts_are_cleaned_away_and_the_text_stays(client: Client, editor: User) -> None:
    client.force_login(editor)
    html = (
        "<h1>Library Opens</h1><p onclick='steal()'>The minister <b>opened</b> the library.</p>"
        "<script>alert(1)</script><p><a href='javascript:x()'>It</a> holds many books.</p>"
    )
    client.post("/desk/submit/", {"html": html, "locales": ["ar"]})
    stored = Article.objects.get().current
    assert stored is not None
    assert "<strong>opened</strong>" in stored.html or "<b>opened</b>" in stored.html
    for bad in ("script", "onclick", "javascript"):
        assert bad not in stored.html
