"""What the desk's script is told when a unit cannot be saved: a code of its own for each thing to be done."""

from io import BytesIO

import pytest
from django.test import Client

from workflow.accounts.models import User
from workflow.articles.models import Article
from workflow.articles.revisions import SourceText, add_revision
from workflow.drafting.models import State, Translation, TranslationUnit
from workflow.drafting.start import follow_source
from workflow.drafting.units import save_target

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(drafted: Article) -> TranslationUnit:
    return drafted.translations.get(locale="ar").current_units()[3]


def form(unit: TranslationUnit, target: str = "نص") -> dict[str, object]:
    return {"version": unit.version, "target": target}


def test_a_conflict_tells_everything_of_the_unit_as_it_is_now(
    client: Client, unit: TranslationUnit, amina: User, karim: User
) -> None:
    now = save_target(unit.pk, version=unit.version, target="نص أمينة", by=amina)
    client.force_login(karim)
    response = client.post(f"/desk/units/{unit.pk}/save", form(unit))
    told = response.json()
    assert response.status_code == 409
    assert (told["version"], told["target"], told["author"]) == (now.version, "نص أمينة", "amina")
    assert {*client.get(f"/desk/units/{unit.pk}/").json()} <= {*told}


def test_a_unit_whose_source_has_changed_is_gone(client: Client, unit: TranslationUnit, amina: User) -> None:
    add_revision(unit.translation.article, SourceText("Library", "<p>Another text.</p>"), by=None)
    follow_source(unit.translation, by=None)
    client.force_login(amina)
    response = client.post(f"/desk/units/{unit.pk}/save", form(unit))
    assert (response.status_code, response.json()["code"]) == (410, "source_changed")


def test_a_page_of_somebody_else_saves_nothing(
    client: Client, unit: TranslationUnit, amina: User, karim: User
) -> None:
    client.force_login(karim)
    address = f"/desk/units/{unit.pk}/save"
    assert client.post(address, form(unit), headers={"X-Desk-User": str(amina.pk)}).status_code == 401
    unit.refresh_from_db()
    assert unit.edited_by is None
    assert client.post(address, form(unit), headers={"X-Desk-User": str(karim.pk)}).status_code == 200


@pytest.mark.parametrize("state", [State.APPROVED, State.PUBLISHED])
def test_a_closed_translation_is_read_only_until_it_is_reopened(
    client: Client, unit: TranslationUnit, amina: User, claire: User, state: State
) -> None:
    Translation.objects.filter(pk=unit.translation_id).update(state=state)
    desk = f"/desk/translations/{unit.translation_id}/"
    client.force_login(amina)
    assert client.post(f"/desk/units/{unit.pk}/save", form(unit)).status_code == 422
    page = client.get(desk).content.decode()
    assert page.count(" readonly>") == unit.translation.current_units().count()
    assert f'action="{desk}reopen"' in page
    client.force_login(claire)
    assert f'action="{desk}reopen"' not in client.get(desk).content.decode()
    assert client.post(f"{desk}reopen").status_code == 403
    client.force_login(amina)
    client.post(f"{desk}reopen")
    assert client.post(f"/desk/units/{unit.pk}/save", form(unit)).status_code == 200


def test_a_closed_translation_takes_no_file(client: Client, unit: TranslationUnit, amina: User) -> None:
    client.force_login(amina)
    desk = f"/desk/translations/{unit.translation_id}/"
    exported = client.get(f"{desk}export.po").content
    Translation.objects.filter(pk=unit.translation_id).update(state=State.APPROVED)
    file = BytesIO(exported)
    file.name = "back.po"
    assert client.post(f"{desk}import", {"file": file}).status_code == 422
