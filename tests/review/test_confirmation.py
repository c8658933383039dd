"""Confirming all: refused while anything stands in the way, which is named; the others on demand."""

import pytest
from django.test import Client

from tests.conftest import TINY
from tests.review.test_approval import ARABIC
from workflow.accounts.models import User
from workflow.articles.models import Article
from workflow.drafting.models import Translation, UnitState
from workflow.drafting.units import save_target
from workflow.intake.documents.reading import read
from workflow.intake.submit import Wishes, submit
from workflow.review.confirmation import InTheWay, confirm_all, confirm_others

pytestmark = pytest.mark.django_db


@pytest.fixture
def edited(drafted: Article, amina: User) -> Translation:
    """Good texts, none confirmed."""
    translation = drafted.translations.get(locale="ar")
    for place, text in enumerate(ARABIC):
        write(translation, place, text, amina)
    return translation


def write(translation: Translation, place: int, text: str, by: User) -> None:
    unit = translation.current_units()[place]
    save_target(unit.pk, version=unit.version, target=text, by=by)


def states(translation: Translation) -> list[str]:
    return list(translation.current_units().values_list("state", flat=True))


def test_everything_is_confirmed_when_nothing_stands_in_the_way(edited: Translation, amina: User) -> None:
    assert confirm_all(edited, amina) == 4
    assert states(edited) == [UnitState.CONFIRMED] * 4
    assert confirm_all(edited, amina) == 0


def test_errors_and_empty_units_stand_in_the_way_of_all(edited: Translation, amina: User) -> None:
    write(edited, 1, "", amina)
    write(edited, 3, "وتضم المكتبة 6,000 كتاب بثلاث لغات.", amina)
    with pytest.raises(InTheWay) as refused:
        confirm_all(edited, amina)
    assert UnitState.CONFIRMED not in states(edited)
    assert [(left.number, left.reason.split(":")[0]) for left in refused.value.left] == [
        (2, "An empty unit cannot be confirmed."),
        (4, "Errors stand in this unit"),
    ]
    assert refused.value.others == 2


def test_a_unit_whose_source_changed_waits_until_somebody_confirms_it_alone(
    edited: Translation, amina: User, editor: User
) -> None:
    confirm_all(edited, amina)
    revised = TINY.replace("three languages", "three other languages")
    wishes = Wishes(locales=("ar",))
    submit(read("t.md", revised.encode()), wishes, by=editor, origin="test", article=edited.article)
    edited.refresh_from_db()
    unit = edited.current_units()[3]
    assert unit.previous_source and not unit.errors
    with pytest.raises(InTheWay):
        confirm_all(edited, amina)
    assert confirm_others(edited, amina)[0] == 0
    unit.refresh_from_db()
    assert unit.state == UnitState.EDITED and unit.previous_source
    save_target(unit.pk, version=unit.version, target=unit.target, by=amina, confirm=True)
    assert confirm_all(edited, amina) == 0
    assert states(edited) == [UnitState.CONFIRMED] * 4


def test_the_desk_names_what_is_left_and_confirms_the_others(
    client: Client, edited: Translation, amina: User
) -> None:
    write(edited, 3, "وتضم المكتبة 6,000 كتاب بثلاث لغات.", amina)
    wrong = edited.current_units()[3]
    client.force_login(amina)
    step = f"/desk/translations/{edited.pk}"
    page = client.post(f"{step}/confirm-all", follow=True).content.decode()
    assert "Nothing was confirmed" in page and "Confirm the other 3 units" in page
    assert f'href="#unit-{wrong.pk}">Unit 4</a>' in page
    assert UnitState.CONFIRMED not in states(edited)
    page = client.post(f"{step}/confirm-others", follow=True).content.decode()
    assert "3 units confirmed." in page and "Confirm the other" not in page
    assert f'href="#unit-{wrong.pk}">Unit 4</a>' in page
    assert states(edited) == [*[UnitState.CONFIRMED] * 3, UnitState.EDITED]


def test_only_translators_of_the_language_confirm(client: Client, edited: Translation, claire: User) -> None:
    client.force_login(claire)
    for step in ("confirm-all", "confirm-others"):
        assert client.post(f"/desk/translations/{edited.pk}/{step}").status_code == 403
    assert UnitState.CONFIRMED not in states(edited)
