"""Saving, confirming and taking back: on a fresh version only, every version kept."""

from datetime import timedelta

import pytest
from django.utils import timezone

from workflow.accounts.models import User
from workflow.articles.models import Article
from workflow.articles.revisions import SourceText, add_revision
from workflow.checks.findings import named
from workflow.drafting.models import MemoryEntry, State, Translation, TranslationUnit, UnitState
from workflow.drafting.start import follow_source
from workflow.drafting.transitions import IllegalTransition, move
from workflow.drafting.units import (
    SourceChanged,
    StaleVersion,
    Unconfirmable,
    accept_finding,
    save_target,
    unconfirm,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(drafted: Article) -> TranslationUnit:
    return drafted.translations.get(locale="ar").current_units()[3]


def test_a_save_is_kept_with_its_author_and_the_draft_stays(unit: TranslationUnit, amina: User) -> None:
    draft = unit.target
    saved = save_target(unit.pk, version=unit.version, target="نص جديد", by=amina)
    assert (saved.target, saved.draft, saved.state) == ("نص جديد", draft, UnitState.EDITED)
    assert saved.version == unit.version + 1
    latest = saved.versions.first()
    assert latest is not None
    assert (latest.author, latest.target) == (amina, "نص جديد")


def test_a_save_on_an_old_version_stores_nothing_and_tells_the_new_text(
    unit: TranslationUnit, amina: User, karim: User
) -> None:
    save_target(unit.pk, version=unit.version, target="نص أمينة", by=amina)
    with pytest.raises(StaleVersion) as stale:
        save_target(unit.pk, version=unit.version, target="نص كريم", by=karim)
    assert stale.value.unit.target == "نص أمينة"
    unit.refresh_from_db()
    assert unit.target == "نص أمينة"


def test_saving_the_same_text_is_no_new_version(unit: TranslationUnit, amina: User) -> None:
    saved = save_target(unit.pk, version=unit.version, target=unit.target, by=amina, seconds=5)
    assert saved.version == unit.version
    assert saved.seconds == 5


def test_an_empty_unit_cannot_be_confirmed(unit: TranslationUnit, amina: User) -> None:
    with pytest.raises(Unconfirmable):
        save_target(unit.pk, version=unit.version, target="  ", by=amina, confirm=True)
    unit.refresh_from_db()
    assert unit.state == UnitState.DRAFT


def test_an_error_blocks_confirmation_until_it_is_accepted_with_a_reason(
    drafted: Article, amina: User
) -> None:
    unit = drafted.translations.get(locale="ar").current_units()[2]
    assert "<1>" in unit.segment.text
    saved = save_target(unit.pk, version=unit.version, target="افتتح الوزير مكتبة بحضور 12 كاتبا.", by=amina)
    names = [named(finding) for finding in saved.errors]
    assert names
    with pytest.raises(Unconfirmable):
        save_target(unit.pk, version=saved.version, target=saved.target, by=amina, confirm=True)
    with pytest.raises(ValueError):
        accept_finding(unit.pk, version=saved.version, finding=names[0], reason=" ", by=amina)
    for name in names:
        accept_finding(unit.pk, version=saved.version, finding=name, reason="no bold in print", by=amina)
    confirmed = save_target(unit.pk, version=saved.version, target=saved.target, by=amina, confirm=True)
    assert confirmed.state == UnitState.CONFIRMED


def test_an_acceptance_names_one_finding_of_one_text(unit: TranslationUnit, amina: User) -> None:
    text = "تضم 23 كتابا في 41 قاعة."
    saved = save_target(unit.pk, version=unit.version, target=text, by=amina)
    first, *others = map(named, saved.errors)
    assert others
    saved = accept_finding(unit.pk, version=saved.version, finding=first, reason="so written", by=amina)
    assert list(map(named, saved.errors)) == others
    changed = save_target(unit.pk, version=saved.version, target=text + " .", by=amina)
    assert first in map(named, changed.errors)
    back = save_target(unit.pk, version=changed.version, target=text, by=amina)
    assert list(map(named, back.errors)) == others
    with pytest.raises(ValueError, match="no such finding"):
        accept_finding(unit.pk, version=back.version, finding='["length", {}]', reason="why", by=amina)


def test_only_confirmed_text_is_in_the_memory(unit: TranslationUnit, amina: User) -> None:
    text = "تضم 5,000 كتاب بثلاث لغات."
    saved = save_target(unit.pk, version=unit.version, target=text, by=amina)
    assert not MemoryEntry.objects.exists()
    saved = save_target(unit.pk, version=saved.version, target=text, by=amina, confirm=True)
    assert MemoryEntry.objects.get().target == text
    unconfirm(unit.pk, version=saved.version, by=amina)
    assert not MemoryEntry.objects.exists()


@pytest.mark.parametrize("state", [State.APPROVED, State.PUBLISHED])
def test_a_closed_translation_takes_no_change_until_it_is_reopened(
    unit: TranslationUnit, amina: User, state: State
) -> None:
    translation = unit.translation
    type(translation).objects.filter(pk=translation.pk).update(state=state)
    for attempt in (
        lambda: save_target(unit.pk, version=unit.version, target="نص", by=amina),
        lambda: save_target(unit.pk, version=unit.version, target=unit.target, by=amina, confirm=True),
        lambda: unconfirm(unit.pk, version=unit.version, by=amina),
    ):
        with pytest.raises(IllegalTransition, match="reopened"):
            attempt()
    translation.refresh_from_db()
    assert translation.state == state
    assert translation.units.get(pk=unit.pk).version == unit.version
    move(translation, "reopen", amina)
    assert save_target(unit.pk, version=unit.version, target="نص", by=amina).target == "نص"


def test_a_unit_of_an_earlier_source_is_told_apart(unit: TranslationUnit, amina: User) -> None:
    add_revision(unit.translation.article, SourceText("Library", "<p>Another text.</p>"), by=None)
    follow_source(unit.translation, by=None)
    with pytest.raises(SourceChanged):
        save_target(unit.pk, version=unit.version, target="نص", by=amina)


def test_a_translation_that_is_being_drafted_cannot_be_edited(article: Article, amina: User) -> None:
    unit = article.translations.get(locale="ar").current_units()[0]
    with pytest.raises(IllegalTransition):
        save_target(unit.pk, version=unit.version, target="نص", by=amina)


def test_each_save_renews_the_claim_of_who_saves_and_no_other(
    unit: TranslationUnit, amina: User, karim: User
) -> None:
    rows = Translation.objects.filter(pk=unit.translation_id)
    nearly_over = timezone.now() + timedelta(minutes=1)

    def left(by: User, target: str) -> timedelta:
        """What is left of Amina's claim after a save; it was a minute."""
        rows.update(assignee=amina, claim_expires=nearly_over)
        unit.refresh_from_db()
        save_target(unit.pk, version=unit.version, target=target, by=by, seconds=1)
        return rows.get().claim_expires - timezone.now()

    assert left(amina, "نص أمينة") > timedelta(hours=3)
    assert left(amina, "نص أمينة") > timedelta(hours=3)  # nothing new in it, but she works
    assert left(karim, "نص كريم") < timedelta(hours=3)
    rows.update(assignee=amina, claim_expires=None)
    unit.refresh_from_db()
    save_target(unit.pk, version=unit.version, target="نص", by=amina)
    assert rows.get().claim_expires is None  # an assignment stays one
