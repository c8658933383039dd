"""What the mt worker does when the doorbell rings: lease, look in memory, draft, store; batch by batch.

Each batch is committed as it finishes. Killed at any moment, the worker loses at most the batch in hand,
and that batch's leases expire.
"""

import os
import socket
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from glossaries import termbase
from glossaries.matching import Mode, Termbase
from workers.nmt.drafting import Note, SegmentDraft, Tagged, draft
from workers.nmt.registry import Registry
from workflow.articles import codes
from workflow.checks import digits

from . import memory, queue
from .engines import Serving, serving
from .models import DraftItem, ItemState, Origin, State, Translation, TranslationUnit
from .transitions import move
from .units import store_draft

log = structlog.get_logger(__name__)

PLACE = f"{socket.gethostname()}:{os.environ.get('DESK_WORKER', 'mt')}:"
OWNER = f"{PLACE}{os.getpid()}"

# Other drafts offered of one unit, and the width of the search for them: more of either repeats itself.
ALTERNATIVES = 6
ALTERNATIVES_BEAM = 8

stopping = Event()


def drain(registry: Registry, *, seconds: float = 60.0) -> bool:
    """Drafts batch after batch until nothing waits, the time is over, or the worker is asked to stop.

    Returns whether something may still be waiting. The time is bounded so that a task stays far below
    the broker's visibility timeout however long the queue is.
    """
    end = monotonic() + seconds
    while items := queue.lease(OWNER, limit=settings.DRAFT_BATCH):
        for pk in {item.unit.translation_id for item in items}:
            _announce(pk)
        remaining = [item for item in items if not _from_memory(item)]
        for (asked, _domain), same in groupby(sorted(remaining, key=_kind), key=_kind):
            _draft_batch(list(same), registry, alternatives=ALTERNATIVES if asked else 0, held=remaining)
        for pk in {item.unit.translation_id for item in items}:
            queue.settle(pk)
        if stopping.is_set() or monotonic() > end:
            return True
    return False


def _announce(translation_id: int) -> None:
    with transaction.atomic():
        translation = Translation.objects.select_for_update().get(pk=translation_id)
        if translation.state == State.QUEUED:
            move(translation, "start_drafting")


def _from_memory(item: DraftItem) -> bool:
    """Takes an exact match of the translation memory instead of drafting; False when there is none."""
    if item.options:
        return False
    entry = memory.exact(item.unit.segment.text, item.unit.translation.locale)
    if entry is None:
        return False
    _finish(item, text=entry.target, origin=Origin.MEMORY, model="memory", score=1.0, notes=[], reason="")
    return True


def _kind(item: DraftItem) -> tuple[bool, str]:
    """What items that are drafted together have in common: what is asked for, and the terminology."""
    return item.options == queue.ALTERNATIVES, item.unit.translation.article.domain


def _draft_batch(
    items: Sequence[DraftItem], registry: Registry, *, alternatives: int, held: Sequence[DraftItem]
) -> None:
    """Drafts items of one kind; meanwhile all that are held are kept from others."""
    translation = items[0].unit.translation
    locale = translation.locale
    engine = serving(locale)
    terms = termbase.compiled(locale, translation.article.domain)
    try:
        drafts = draft(
            [_tagged(item.unit.segment.text) for item in items],
            registry.load(engine.folder),
            source="en",
            target=locale,
            hypotheses=ALTERNATIVES_BEAM if alternatives else engine.hypotheses,
            beam=ALTERNATIVES_BEAM if alternatives else engine.beam,
            choose=lambda source, hypotheses, _locale: terms.choose(source, hypotheses),
            protected=lambda text: untranslatable(terms, text),
            heartbeat=lambda: queue.renew(held, OWNER),
            alternatives=alternatives,
            digits=digits.policy(locale),
        )
    except Exception as error:
        # Whatever the engine died of, the segments must not be lost: each is kept, with the reason.
        log.exception("drafting_failed", locale=locale, model=engine.model)
        _give_up(items, f"{type(error).__name__}: {error}")
        return
    for item, result in zip(items, drafts, strict=True):
        if alternatives:
            _store_alternatives(item, result)
        else:
            _store(item, result, engine)


def untranslatable(terms: Termbase, text: str) -> list[tuple[int, int]]:
    """The character spans of a source text that the termbase says are not to be translated."""
    return [match.span for match in terms.find(text) if match.term.mode == Mode.DO_NOT_TRANSLATE]


def _tagged(text: str) -> Tagged:
    plain, marks = codes.marks(text)
    return Tagged.of(plain, marks)


def _text(result: SegmentDraft) -> str:
    return codes.from_marks(result.tagged.plain, result.tagged.marks) if result.tagged else ""


def _store_alternatives(item: DraftItem, result: SegmentDraft) -> None:
    """Keeps the distinct drafts with the request; the unit itself is not touched."""
    found: dict[str, float] = {}
    for other in sorted([result, *result.alternatives], key=lambda other: other.score, reverse=True):
        if text := _text(other):
            found.setdefault(text, other.score)
    _close(
        item,
        reason=result.reason or "",
        alternatives=[{"text": text, "score": score} for text, score in found.items()],
    )


def _store(item: DraftItem, result: SegmentDraft, engine: Serving) -> None:
    _finish(
        item,
        text=_text(result),
        origin=Origin.MACHINE,
        model=f"{engine.model}@{engine.digest[:12]}",
        score=result.score,
        notes=result.notes,
        reason=result.reason or "",
    )


def _finish(
    item: DraftItem,
    *,
    text: str,
    origin: str,
    model: str,
    score: float | None,
    notes: Sequence[Note],
    reason: str,
) -> None:
    """Stores a draft and closes its item in one transaction; a lease lost in the meantime stores nothing."""
    with transaction.atomic():
        if not _close(item, reason=reason):
            return
        unit = (
            TranslationUnit.objects.select_for_update(of=("self",))
            .select_related("segment", "translation__article")
            .get(pk=item.unit_id)
        )
        store_draft(
            unit, text=text, origin=origin, model=model, score=score, notes=list(notes), reason=reason
        )


def _close(item: DraftItem, *, reason: str, **found: list[dict[str, Any]]) -> bool:
    """Ends the lease with the work done; False when it had been lost, and nothing is to be stored."""
    return bool(
        DraftItem.objects.filter(pk=item.pk, state=ItemState.LEASED, lease_owner=OWNER).update(
            state=ItemState.DONE,
            lease_owner="",
            lease_expires=None,
            reason=reason[:300],
            finished_at=timezone.now(),
            **found,
        )
    )


def _give_up(items: Sequence[DraftItem], reason: str) -> None:
    """After an engine error: back in the queue, or failed for good after the last try."""
    for item in items:
        last = item.attempts >= settings.DRAFT_ATTEMPTS
        DraftItem.objects.filter(pk=item.pk, state=ItemState.LEASED, lease_owner=OWNER).update(
            state=ItemState.FAILED if last else ItemState.WAITING,
            lease_owner="",
            lease_expires=None,
            reason=reason[:300],
            finished_at=timezone.now() if last else None,
        )


def registry() -> Registry:
    """The engines this worker has loaded."""
    return Registry(budget_bytes=settings.MODEL_MEMORY_BYTES, verdicts=Path(settings.VAR) / "verdicts.json")
