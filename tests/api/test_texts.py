"""The text of a translation over the API: draft and final, in every format."""

from typing import Any

import justhtml
import pytest

from tests.conftest import person
from workflow.accounts.models import User
from workflow.articles.models import Article
from workflow.drafting.models import Translation
from workflow.drafting.units import save_target
from workflow.review.approval import approve, reopen
from workflow.review.confirmation import confirm_all
from workflow.review.exchange.po import read_po
from workflow.review.exchange.xliff import read_xliff

pytestmark = pytest.mark.django_db

READERS = {"po": read_po, "xliff": read_xliff}


@pytest.fixture
def arabic(drafted: Article) -> Translation:
    return drafted.translations.get(locale="ar")


@pytest.fixture
def approved(arabic: Translation, amina: User, karim: User) -> Translation:
    """Approved once, with a title that has been changed since."""
    title = arabic.current_units()[0]
    save_target(title.pk, version=title.version, target="العنوان المعتمد", by=amina)
    confirm_all(arabic, amina)
    approve(arabic, karim)
    arabic.refresh_from_db()
    return arabic


def change_title(translation: Translation, by: User) -> None:
    reopen(translation, by)
    title = translation.current_units()[0]
    save_target(title.pk, version=title.version, target="عنوان جديد", by=by)


def test_before_an_approval_there_is_only_a_draft(caller: Any, editor: User, arabic: Translation) -> None:
    missing = caller(editor, "get", f"/translations/{arabic.pk}/text")
    assert (missing.status_code, missing["Content-Type"]) == (404, "application/problem+json")
    assert "approved" in missing.json()["detail"]
    told = caller(editor, "get", f"/translations/{arabic.pk}/text?as=draft").json()
    assert told["title"] == arabic.current_units()[0].target
    assert told["approval"] is None
    assert told["dateline"]
    assert told["html"].startswith("<p ")


def test_the_final_text_stays_what_was_approved(
    caller: Any, editor: User, amina: User, approved: Translation
) -> None:
    change_title(approved, amina)
    final = caller(editor, "get", f"/translations/{approved.pk}/text?as=final").json()
    draft = caller(editor, "get", f"/translations/{approved.pk}/text?as=draft").json()
    assert (final["title"], final["approval"], final["revision"]) == ("العنوان المعتمد", 1, 1)
    assert draft["title"] == "عنوان جديد"


def test_html_is_a_document_in_its_language(caller: Any, editor: User, approved: Translation) -> None:
    response = caller(editor, "get", f"/translations/{approved.pk}/text?format=html")
    assert response["Content-Type"] == "text/html; charset=utf-8"
    page = response.content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert "<h1>العنوان المعتمد</h1>" in page
    assert justhtml.JustHTML(page, collect_errors=True).errors == []


@pytest.mark.parametrize("form", READERS)
def test_files_come_back_as_they_went(
    caller: Any, editor: User, amina: User, approved: Translation, form: str
) -> None:
    change_title(approved, amina)
    for which, title in (("final", "العنوان المعتمد"), ("draft", "عنوان جديد")):
        response = caller(editor, "get", f"/translations/{approved.pk}/text?as={which}&format={form}")
        assert response.status_code == 200
        file = READERS[form](response.content)
        assert (file.translation_id, file.locale) == (approved.pk, "ar")
        assert file.units[0].target == title
        assert len(file.units) == len(approved.current_units())
        assert file.final == (which == "final")


def test_a_format_that_is_not_written_is_refused(caller: Any, editor: User, arabic: Translation) -> None:
    assert caller(editor, "get", f"/translations/{arabic.pk}/text?format=docx").status_code == 422


def test_a_restricted_text_is_closed(caller: Any, arabic: Translation) -> None:
    Article.objects.filter(pk=arabic.article_id).update(restricted=True)
    stranger = person("eve", "editor")
    for form in ("json", "html", "po", "xliff"):
        path = f"/translations/{arabic.pk}/text?as=draft&format={form}"
        assert caller(stranger, "get", path).status_code == 403
