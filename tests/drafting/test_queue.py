"""The drafting queue: leased once, kept when a worker dies, drafted once, urgent first."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from pytest_django import Settings

from languages.digits import Digits
from tests.conftest import OneEngine
from tests.mirror import Mirror
from workflow.articles.models import Article, Priority
from workflow.drafting import queue, work
from workflow.drafting.models import DraftItem, ItemState, State, TranslationUnit, UnitState

pytestmark = pytest.mark.django_db


def test_submitting_queues_each_segment_once_for_each_locale(article: Article) -> None:
    segments = article.current.segments.count()
    assert segments == 4
    assert DraftItem.objects.filter(state=ItemState.WAITING).count() == 2 * segments
    for translation in article.translations.all():
        assert queue.enqueue(translation) == 0


def test_draining_drafts_everything_and_opens_the_review(article: Article, registry: OneEngine) -> None:
    assert work.drain(registry) is False  # type: ignore[arg-type]
    for translation in article.translations.all():
        assert translation.state == State.IN_REVIEW
        units = list(translation.current_units())
        assert [unit.segment.position for unit in units] == [0, 1, 2, 3]
        assert {unit.state for unit in units} == {UnitState.DRAFT}
    assert not DraftItem.objects.exclude(state=ItemState.DONE).exists()


def test_drafts_are_written_in_the_newsrooms_digits(
    article: Article, registry: OneEngine, settings: Settings
) -> None:
    settings.DIGITS = {"ar": Digits.ARABIC_INDIC}
    work.drain(registry)  # type: ignore[arg-type]
    drafts = {t.locale: t.current_units()[3].draft for t in article.translations.all()}
    assert "٥٬٠٠٠" in drafts["ar"]
    assert "5,000" in drafts["fr"]


def test_two_workers_do_not_get_the_same_item(article: Article) -> None:
    first = {item.pk for item in queue.lease("one", limit=2)}
    second = {item.pk for item in queue.lease("two", limit=2)}
    assert len(first) == len(second) == 2
    assert not first & second


def test_an_item_lost_to_a_dead_worker_comes_back_and_is_drafted(
    article: Article, registry: OneEngine
) -> None:
    taken = queue.lease("dead", limit=3)
    DraftItem.objects.filter(pk__in=[item.pk for item in taken]).update(
        lease_expires=timezone.now() - timedelta(seconds=1)
    )
    assert queue.release_expired() == 3
    work.drain(registry)  # type: ignore[arg-type]
    assert not TranslationUnit.objects.filter(state=UnitState.EMPTY).exists()


def test_a_heartbeat_keeps_the_lease(article: Article) -> None:
    taken = queue.lease("alive", limit=3)
    DraftItem.objects.update(lease_expires=timezone.now() - timedelta(seconds=1))
    queue.renew(taken, "alive")
    assert queue.release_expired() == 0


def test_a_draft_made_after_the_lease_was_lost_is_not_stored(
    article: Article, registry: OneEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = queue.lease(work.OWNER, limit=1)
    DraftItem.objects.update(state=ItemState.WAITING, lease_owner="")
    work._draft_batch(items, registry, alternatives=0, held=items)  # type: ignore[arg-type]
    assert not TranslationUnit.objects.exclude(state=UnitState.EMPTY).exists()


def test_an_engine_that_dies_is_tried_again_and_then_the_translation_fails_with_the_reason(
    article: Article,
) -> None:
    work.drain(OneEngine(Mirror(fail_on=" ")))  # type: ignore[arg-type]
    for translation in article.translations.all():
        assert translation.state == State.FAILED
        assert "out of memory" in translation.failure
    assert set(DraftItem.objects.values_list("attempts", flat=True)) == {settings.DRAFT_ATTEMPTS}


def test_a_failed_translation_can_be_tried_again(article: Article, registry: OneEngine) -> None:
    work.drain(OneEngine(Mirror(fail_on=" ")))  # type: ignore[arg-type]
    for translation in article.translations.all():
        queue.retry(translation)
    work.drain(registry)  # type: ignore[arg-type]
    assert set(article.translations.values_list("state", flat=True)) == {State.IN_REVIEW}


def test_urgent_articles_are_leased_first(submitted, registry: OneEngine) -> None:  # type: ignore[no-untyped-def]
    calm, urgent = submitted(), submitted(text="# News\n\nIt is urgent.\n", priority=Priority.URGENT)
    first = queue.lease("worker", limit=2)
    assert {item.unit.translation.article_id for item in first} == {urgent.pk} != {calm.pk}


def test_cancelling_stops_the_rest_and_keeps_what_is_drafted(article: Article, editor) -> None:  # type: ignore[no-untyped-def]
    translation = article.translations.get(locale="ar")
    queue.cancel(translation, editor, "not needed")
    translation.refresh_from_db()
    assert translation.state == State.IN_REVIEW
    assert not DraftItem.objects.filter(unit__translation=translation, state=ItemState.WAITING).exists()


def test_the_same_sentence_confirmed_before_comes_from_memory(
    drafted: Article,
    submitted,
    registry: OneEngine,
    amina,  # type: ignore[no-untyped-def]
) -> None:
    from workflow.drafting.units import save_target

    unit = drafted.translations.get(locale="ar").current_units().last()
    assert unit is not None
    save_target(unit.pk, version=unit.version, target="تضم 5,000 كتاب بثلاث لغات.", by=amina, confirm=True)
    again = submitted(text="# Another\n\nIt holds 5,000 books in three languages.\n")
    work.drain(registry)  # type: ignore[arg-type]
    reused = again.translations.get(locale="ar").current_units().last()
    assert reused is not None
    assert (reused.target, reused.origin, reused.state) == ("تضم 5,000 كتاب بثلاث لغات.", "memory", "draft")
