"""The drafting queue: rows in the database that workers lease, finish, or lose when they die.

A lease is one conditional UPDATE; another worker that tries the same row at that moment changes no row
and knows it. A worker that dies leaves its lease to expire; `release_expired` puts the row back.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, When
from django.utils import timezone
from django.utils.translation import gettext as _

from workers import doorbell
from workflow.accounts.models import User

from .engines import serving
from .models import DraftItem, ItemState, State, Translation, TranslationUnit, UnitState
from .transitions import move, require_editable

OPEN = (ItemState.WAITING, ItemState.LEASED)

# The options of an item that asks for alternatives to the draft, not for a draft.
ALTERNATIVES = "alternatives"


def enqueue(translation: Translation) -> int:
    """Puts every empty unit of the translation in the queue, each once; returns how many are new.

    To be called inside a transaction; the doorbell rings after it commits.
    """
    model = serving(translation.locale).digest
    empty = translation.current_units().filter(state=UnitState.EMPTY)
    before = DraftItem.objects.filter(unit__translation=translation).count()
    DraftItem.objects.bulk_create(
        [DraftItem(unit=unit, model=model) for unit in empty], ignore_conflicts=True
    )
    doorbell.ring("tasks.draft", translation.pk)
    return DraftItem.objects.filter(unit__translation=translation).count() - before


def enqueue_again(unit: TranslationUnit, by_id: int) -> DraftItem:
    """Asks for one more draft of a unit; the options name the request, so each click counts once.

    Raises:
        IllegalTransition: the translation is not open for review.
    """
    require_editable(unit.translation)
    model = serving(unit.translation.locale).digest
    item, _created = DraftItem.objects.get_or_create(
        unit=unit, model=model, options=f"again:{unit.version}:{by_id}"
    )
    doorbell.ring("tasks.draft", unit.translation_id)
    return item


def ask_alternatives(unit: TranslationUnit) -> DraftItem:
    """Asks for other drafts of a unit; once for each model, and again only after it has failed.

    Raises:
        IllegalTransition: the translation is not open for review.
    """
    require_editable(unit.translation)
    item, _created = DraftItem.objects.get_or_create(
        unit=unit, model=serving(unit.translation.locale).digest, options=ALTERNATIVES
    )
    DraftItem.objects.filter(pk=item.pk, state=ItemState.FAILED).update(
        state=ItemState.WAITING, attempts=0, reason="", finished_at=None
    )
    item.refresh_from_db()
    if item.state == ItemState.WAITING:
        doorbell.ring("tasks.draft", unit.translation_id)
    return item


def asked_alternatives(unit: TranslationUnit) -> DraftItem | None:
    """The request for alternatives that the serving model answers or has answered, if there is one."""
    model = serving(unit.translation.locale).digest
    return DraftItem.objects.filter(unit=unit, model=model, options=ALTERNATIVES).first()


def lease(owner: str, *, locale: str | None = None, limit: int = 16) -> list[DraftItem]:
    """Takes up to `limit` waiting items of one locale: what somebody at the desk waits for, then urgent
    articles, then the newest.

    The locale is that of the first item in line when none is given: one batch, one engine.
    """
    waiting = DraftItem.objects.filter(state=ItemState.WAITING).order_by(
        Case(When(options="", then=1), default=0),
        "unit__translation__article__priority",
        F("unit__translation__article__deadline").asc(nulls_last=True),
        "-unit__translation__article__created_at",
        "unit__translation_id",
        "unit__segment__position",
    )
    if locale is None:
        locale = waiting.values_list("unit__translation__locale", flat=True).first()
        if locale is None:
            return []
    ids = list(waiting.filter(unit__translation__locale=locale).values_list("pk", flat=True)[:limit])
    expires = timezone.now() + timedelta(seconds=settings.DRAFT_LEASE_SECONDS)
    taken = [
        pk
        for pk in ids
        if DraftItem.objects.filter(pk=pk, state=ItemState.WAITING).update(
            state=ItemState.LEASED, lease_owner=owner, lease_expires=expires, attempts=F("attempts") + 1
        )
    ]
    items = DraftItem.objects.filter(pk__in=taken).select_related(
        "unit__segment", "unit__translation__article"
    )
    return sorted(items, key=lambda item: taken.index(item.pk))


def renew(items: Iterable[DraftItem], owner: str) -> None:
    """The heartbeat: pushes the end of the owner's leases away."""
    DraftItem.objects.filter(
        pk__in=[item.pk for item in items], state=ItemState.LEASED, lease_owner=owner
    ).update(lease_expires=timezone.now() + timedelta(seconds=settings.DRAFT_LEASE_SECONDS))


def release(items: Iterable[DraftItem], owner: str) -> None:
    """Gives leases back unfinished, as a worker does that is asked to stop."""
    DraftItem.objects.filter(
        pk__in=[item.pk for item in items], state=ItemState.LEASED, lease_owner=owner
    ).update(state=ItemState.WAITING, lease_owner="", lease_expires=None)


def release_dead(owner_prefix: str, owner: str) -> int:
    """Puts back what earlier processes of this place held (they are gone, or this one would not start)."""
    return (
        DraftItem.objects.filter(state=ItemState.LEASED, lease_owner__startswith=owner_prefix)
        .exclude(lease_owner=owner)
        .update(state=ItemState.WAITING, lease_owner="", lease_expires=None)
    )


def release_expired() -> int:
    """The reaper: puts back items whose worker is gone; after too many tries the item has failed."""
    gone = DraftItem.objects.filter(state=ItemState.LEASED, lease_expires__lt=timezone.now())
    with transaction.atomic():
        failed = gone.filter(attempts__gte=settings.DRAFT_ATTEMPTS)
        translations = set(failed.values_list("unit__translation_id", flat=True))
        failed.update(
            state=ItemState.FAILED,
            reason=_("The worker stopped each time it drafted this segment."),
            finished_at=timezone.now(),
        )
        released = gone.update(state=ItemState.WAITING, lease_owner="", lease_expires=None)
    for pk in translations:
        settle(pk)
    return released


def settle(translation_id: int) -> None:
    """Brings the translation's state in line with its items: the job's state is computed, never set."""
    with transaction.atomic():
        translation = Translation.objects.select_for_update().select_related("article").get(pk=translation_id)
        if translation.state not in (State.QUEUED, State.DRAFTING):
            return
        items = DraftItem.objects.filter(
            unit__translation=translation, unit__segment__revision_id=translation.revision_id
        )
        if items.filter(state__in=OPEN).exists():
            if translation.state == State.QUEUED and items.exclude(state=ItemState.WAITING).exists():
                move(translation, "start_drafting")
            return
        undrafted = translation.current_units().filter(state=UnitState.EMPTY)
        failed = items.filter(state=ItemState.FAILED).first()
        if failed is not None and not items.filter(state=ItemState.DONE).exists():
            move(translation, "fail", reason=failed.reason)
        elif undrafted.exclude(items__isnull=False).exists():
            enqueue(translation)
        else:
            move(translation, "finish_drafting")
            doorbell.ring("tasks.route")


def retry(translation: Translation, by: User | None = None) -> None:
    """Puts a failed translation back in the queue.

    Raises:
        IllegalTransition: it has not failed.
    """
    with transaction.atomic():
        move(translation, "retry", by)
        DraftItem.objects.filter(unit__translation=translation, state=ItemState.FAILED).update(
            state=ItemState.WAITING, attempts=0, reason="", finished_at=None
        )
        enqueue(translation)


def cancel(translation: Translation, by: User, reason: str) -> None:
    """Stops the drafting of a translation; what is drafted stays, the rest is left to people."""
    with transaction.atomic():
        DraftItem.objects.filter(unit__translation=translation, state__in=OPEN).update(
            state=ItemState.CANCELLED, reason=reason[:300], finished_at=timezone.now()
        )
        move(translation, "finish_drafting", by, reason)
        doorbell.ring("tasks.route")


def first_waiting() -> int | None:
    """A translation with an item that waits for a worker, if any: the sweep rings for it again."""
    return (
        DraftItem.objects.filter(state=ItemState.WAITING)
        .order_by("pk")
        .values_list("unit__translation_id", flat=True)
        .first()
    )


def oldest_waiting_seconds() -> float:
    """How long the oldest waiting item has waited, in seconds; 0 when nothing waits."""
    oldest = (
        DraftItem.objects.filter(state=ItemState.WAITING).order_by("created_at").values_list("created_at")
    ).first()
    return (timezone.now() - oldest[0]).total_seconds() if oldest else 0.0
