"""Approval: everything confirmed, no errors, four eyes; a snapshot that never changes."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from workflow.accounts.models import User
from workflow.articles.models import Article, ImmutableError
from workflow.drafting.models import State, Translation, TranslationUnit, UnitState
from workflow.drafting.units import save_target
from workflow.review.approval import NotApprovable, approve, reopen
from workflow.review.models import Approval

pytestmark = pytest.mark.django_db

ARABIC = (
    "وزير يفتتح مكتبة في الرباط",
    "الرباط، 9 يوليو 2025",
    "افتتح الوزير <1>مكتبة جديدة</1> يوم الأربعاء، بحضور 12 كاتبا.",
    "وتضم المكتبة 5,000 كتاب بثلاث لغات.",
)


def confirm(translation: Translation, by: User, texts: tuple[str, ...] = ARABIC) -> None:
    for unit, text in zip(translation.current_units(), texts, strict=True):
        save_target(unit.pk, version=unit.version, target=text, by=by, confirm=True)


@pytest.fixture
def translation(drafted: Article) -> Translation:
    return drafted.translations.get(locale="ar")


def test_a_colleague_approves_what_a_translator_confirmed(
    translation: Translation, amina: User, karim: User
) -> None:
    confirm(translation, amina)
    approval = approve(translation, karim)
    translation.refresh_from_db()
    assert translation.state == State.APPROVED
    assert approval.revision == translation.revision
    assert (approval.approver, approval.last_editor) == (karim, amina)
    assert "<strong>مكتبة جديدة</strong>" in approval.html
    assert approval.title == ARABIC[0]


def test_unconfirmed_units_stand_in_the_way(translation: Translation, karim: User) -> None:
    with pytest.raises(NotApprovable, match="4"):
        approve(translation, karim)


def test_the_last_editor_does_not_approve_without_a_reason(translation: Translation, amina: User) -> None:
    confirm(translation, amina)
    with pytest.raises(NotApprovable):
        approve(translation, amina)
    approval = approve(translation, amina, override_reason="night shift, alone")
    assert approval.override_reason == "night shift, alone"


def test_four_eyes_hold_in_the_database_too(translation: Translation, amina: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.create(
            translation=translation, revision=translation.revision, number=1, title="x", html="x",
            targets={}, untouched_share=0, approver=amina, last_editor=amina,
        )  # fmt: skip


def test_a_translator_of_another_language_does_not_approve(
    translation: Translation, amina: User, claire: User
) -> None:
    confirm(translation, amina)
    with pytest.raises(PermissionDenied):
        approve(translation, claire)


def test_errors_stand_in_the_way_even_when_units_are_confirmed(
    translation: Translation, amina: User, karim: User
) -> None:
    confirm(translation, amina)
    unit = translation.current_units()[0]
    TranslationUnit.objects.filter(pk=unit.pk).update(
        findings=[{"check": "numbers", "severity": "error", "message": "", "params": {}}]
    )
    with pytest.raises(NotApprovable):
        approve(translation, karim)


def test_an_approval_is_never_changed(translation: Translation, amina: User, karim: User) -> None:
    confirm(translation, amina)
    approval = approve(translation, karim)
    approval.html = "another"
    with pytest.raises(ImmutableError):
        approval.save()


def test_confirmed_text_that_is_edited_again_needs_a_new_approval(
    translation: Translation, amina: User, karim: User
) -> None:
    confirm(translation, amina)
    approve(translation, karim)
    translation.refresh_from_db()
    reopen(translation, karim)
    unit = translation.current_units()[3]
    save_target(unit.pk, version=unit.version, target="وتضم 5,000 كتاب بثلاث لغات.", by=karim, confirm=True)
    translation.refresh_from_db()
    assert translation.state == State.IN_REVIEW
    assert approve(translation, amina).number == 2
    assert translation.current_units().filter(state=UnitState.CONFIRMED).count() == 4
