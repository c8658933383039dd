"""Alternatives to a draft: on demand, once for each model, beside the unit, before what nobody waits for."""

from collections.abc import Callable

import pytest

from tests.conftest import OneEngine
from tests.mirror import Mirror
from workflow.accounts.models import User
from workflow.articles.models import Article, Priority
from workflow.drafting import queue, work
from workflow.drafting.models import DraftItem, ItemState, TranslationUnit
from workflow.drafting.transitions import IllegalTransition
from workflow.drafting.units import save_target

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(drafted: Article) -> TranslationUnit:
    return drafted.translations.get(locale="ar").current_units()[3]


@pytest.fixture
def many() -> OneEngine:
    return OneEngine(Mirror(variants=8))


def test_they_are_kept_with_the_request_and_the_unit_stays_as_it_is(
    unit: TranslationUnit, many: OneEngine, amina: User
) -> None:
    before = save_target(unit.pk, version=unit.version, target="نص أمينة", by=amina)
    queue.ask_alternatives(unit)
    work.drain(many)  # type: ignore[arg-type]
    asked = queue.asked_alternatives(unit)
    assert asked is not None and asked.state == ItemState.DONE
    texts = [entry["text"] for entry in asked.alternatives]
    assert texts[0] == unit.draft
    assert len(set(texts)) == len(texts) == work.ALTERNATIVES + 1
    scores = [entry["score"] for entry in asked.alternatives]
    assert scores == sorted(scores, reverse=True)
    unit.refresh_from_db()
    assert (unit.target, unit.draft, unit.version) == ("نص أمينة", before.draft, before.version)


def test_asking_twice_is_one_request(unit: TranslationUnit, many: OneEngine) -> None:
    first = queue.ask_alternatives(unit)
    assert queue.ask_alternatives(unit) == first
    work.drain(many)  # type: ignore[arg-type]
    assert queue.ask_alternatives(unit).state == ItemState.DONE


def test_a_request_that_failed_can_be_made_again(unit: TranslationUnit, many: OneEngine) -> None:
    queue.ask_alternatives(unit)
    work.drain(OneEngine(Mirror(fail_on=" ")))  # type: ignore[arg-type]
    asked = queue.asked_alternatives(unit)
    assert asked is not None and asked.state == ItemState.FAILED and "out of memory" in asked.reason
    queue.ask_alternatives(unit)
    work.drain(many)  # type: ignore[arg-type]
    asked.refresh_from_db()
    assert asked.state == ItemState.DONE and asked.alternatives


def test_what_somebody_waits_for_goes_before_an_urgent_article(
    unit: TranslationUnit, submitted: Callable[..., Article]
) -> None:
    submitted("# Urgent\n\nThe river rose.\n", priority=Priority.URGENT)
    asked = queue.ask_alternatives(unit)
    assert queue.lease("worker", limit=1) == [asked]


def test_they_are_refused_while_the_translation_is_being_drafted(article: Article) -> None:
    unit = article.translations.get(locale="ar").current_units()[0]
    with pytest.raises(IllegalTransition):
        queue.ask_alternatives(unit)
    assert not DraftItem.objects.filter(options=queue.ALTERNATIVES).exists()
