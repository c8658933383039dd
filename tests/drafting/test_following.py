"""When the source changes: unchanged work stays, changed text comes back with both sources, nothing is lost."""

import pytest

from tests.conftest import TINY, OneEngine
from workflow.accounts.models import User
from workflow.articles.models import Article, ImmutableError
from workflow.checks.findings import named
from workflow.drafting import lineage, work
from workflow.drafting.models import DraftItem, ItemState, State, Translation, TranslationUnit, UnitState
from workflow.drafting.units import accept_finding, save_target
from workflow.intake.documents.reading import read
from workflow.intake.submit import Wishes, submit

pytestmark = pytest.mark.django_db

ARABIC = (
    "الوزير يفتتح مكتبة",
    "الرباط، 9 يوليو 2025",
    "افتتح الوزير <1>مكتبة</1> بحضور 12 كاتبا.",
    "تضم 5,000 كتاب.",
)


@pytest.fixture
def confirmed(drafted: Article, amina: User) -> Translation:
    translation = drafted.translations.get(locale="ar")
    for unit, text in zip(translation.current_units(), ARABIC, strict=True):
        TranslationUnit.objects.filter(pk=unit.pk).update(target=text, findings=[], state=UnitState.CONFIRMED)
    return translation


def revise(article: Article, text: str, editor: User) -> Translation:
    submit(read("tiny.md", text.encode()), Wishes(locales=("ar",)), by=editor, origin="test", article=article)
    return article.translations.get(locale="ar")


def test_the_same_text_again_changes_nothing(confirmed: Translation, editor: User) -> None:
    translation = revise(confirmed.article, TINY, editor)
    assert translation.revision_id == confirmed.revision_id
    assert translation.state == State.IN_REVIEW


def test_unchanged_segments_keep_their_work_and_changed_ones_carry_it(
    confirmed: Translation, editor: User, registry: OneEngine
) -> None:
    translation = revise(confirmed.article, TINY.replace("5,000 books", "6,000 books"), editor)
    units = list(translation.current_units())
    assert [unit.state for unit in units] == ["confirmed", "confirmed", "confirmed", "edited"]
    assert [unit.target for unit in units] == list(ARABIC)
    assert units[3].previous_source == "It holds 5,000 books in three languages."
    assert not DraftItem.objects.filter(unit__in=units, state=ItemState.WAITING).exists()
    assert translation.state == State.IN_REVIEW


def test_a_new_paragraph_is_drafted_alone(confirmed: Translation, editor: User, registry: OneEngine) -> None:
    translation = revise(confirmed.article, TINY + "\nAdmission is free.\n", editor)
    assert translation.state in (State.QUEUED, State.DRAFTING)
    registry.engine.asked.clear()
    work.drain(registry)  # type: ignore[arg-type]
    arabic = [unit.state for unit in translation.current_units()]
    assert arabic == ["confirmed"] * 4 + ["draft"]
    assert set(registry.engine.asked) == {"Admission is free."}


def test_old_units_and_their_history_stay(confirmed: Translation, editor: User) -> None:
    before = set(confirmed.units.values_list("pk", flat=True))
    translation = revise(confirmed.article, "# Quite Another Text\n\nNothing of it is left.\n", editor)
    assert before <= set(translation.units.values_list("pk", flat=True))


def test_a_revision_is_never_changed(article: Article) -> None:
    revision = article.current
    assert revision is not None
    revision.title = "Another"
    with pytest.raises(ImmutableError):
        revision.save()


def test_the_history_goes_on_through_the_revisions(confirmed: Translation, amina: User, editor: User) -> None:
    first = confirmed.current_units()[3]
    save_target(first.pk, version=first.version, target="تضم 5,000 من الكتب.", by=amina)
    revise(confirmed.article, TINY.replace("5,000 books", "6,000 books"), editor)
    translation = revise(confirmed.article, TINY.replace("5,000 books", "7,000 books"), editor)
    last = translation.current_units()[3]
    texts = [version.target for version in lineage.versions(last)]
    assert texts[:3] == ["تضم 5,000 من الكتب."] * 3  # carried twice, and as it was written
    assert [version.author for version in lineage.versions(last)][2] == amina
    assert set(first.versions.all()) <= set(lineage.versions(last))


def test_each_unit_knows_which_one_goes_on_from_it(confirmed: Translation, editor: User) -> None:
    before = [unit.pk for unit in confirmed.current_units()]
    translation = revise(
        confirmed.article, TINY.replace("\nIt holds 5,000 books in three languages.\n", ""), editor
    )
    now = [unit.pk for unit in translation.current_units()]
    assert len(now) == 3
    assert lineage.successors(translation) == dict(zip(before, now, strict=False)) | {pk: pk for pk in now}


def test_an_acceptance_does_not_outlive_the_source_it_was_given_for(
    confirmed: Translation, amina: User, editor: User
) -> None:
    unit = confirmed.current_units()[3]
    unit = save_target(unit.pk, version=unit.version, target="تضم تسعة آلاف كتاب و23 مجلة.", by=amina)
    for finding in unit.errors:
        unit = accept_finding(unit.pk, version=unit.version, finding=named(finding), reason="new", by=amina)
    assert unit.findings and not unit.errors
    same = revise(confirmed.article, TINY.replace("12 writers", "14 writers"), editor).current_units()[3]
    assert same.overrides and not same.errors
    changed = revise(confirmed.article, TINY.replace("5,000 books", "6,000 books"), editor).current_units()[3]
    assert changed.target == unit.target
    assert changed.overrides == unit.overrides and changed.errors
