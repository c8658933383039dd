"""Looks at sources: whose turn it is, one poll of one source, the back-off after failures, the log."""

from datetime import datetime, timedelta
from itertools import islice

import structlog
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from workers.doorbell import ring
from workflow.intake.models import Poll, Source

from . import feeds, folder, wordpress
from .fetching import FetchFailed
from .hosts import HostBusy
from .incoming import SourceFailed
from .planning import LEASE, Seen, plan

log = structlog.get_logger(__name__)

LONGEST_WAIT = timedelta(hours=24)
LOG_KEPT = timedelta(days=30)
_TRIAL_TITLES = 3


def due() -> list[int]:
    """The ids of the sources to be looked at now, those waiting longest first; the scheduler rings for them."""
    return list(_due(timezone.now()).order_by("next_poll_at", "pk").values_list("pk", flat=True)[:100])


def poll(source_id: int) -> None:
    """Looks at one source, unless somebody does already or it is not its turn; plans what it finds.

    A source that is not active is only tried, when somebody asks for that: the log says what would come in.
    Never raises for what the source does.
    """
    now = timezone.now()
    if not _due(now).filter(pk=source_id).update(lease_expires=now + LEASE, asked=False):
        return
    source = Source.objects.get(pk=source_id)
    Poll.objects.filter(source=source, state=Poll.State.RUNNING).update(
        state=Poll.State.FAILED, finished_at=now, note=_("It was interrupted.")
    )
    Poll.objects.filter(source=source, started_at__lt=now - LOG_KEPT).delete()
    record = Poll.objects.create(source=source, started_at=now, trial=not source.active)
    seen = Seen()
    try:
        validators, note = _look(source, now, seen)
    except HostBusy as busy:
        record.delete()
        Source.objects.filter(pk=source.pk).update(
            lease_expires=None, next_poll_at=busy.until, asked=not source.active
        )
    except SourceFailed as error:
        _failed(source, record, seen, error)
    except Exception as error:
        _failed(source, record, seen, SourceFailed(_("Something went wrong inside the desk: %s") % error))
        raise
    else:
        _done(source, record, seen, validators, note)


def _due(now: datetime) -> "QuerySet[Source]":
    free = Q(lease_expires__isnull=True) | Q(lease_expires__lt=now)
    turn = Q(asked=True) | (Q(active=True) & (Q(next_poll_at__isnull=True) | Q(next_poll_at__lte=now)))
    return Source.objects.filter(free & turn)


def _look(source: Source, now: datetime, seen: Seen) -> tuple[dict[str, str] | None, str]:
    """Reads the source and plans; (what to remember for the next poll, a note for the log). None of it has
    changed: (None, "")."""
    if source.kind == Source.Kind.FOLDER:
        if source.active:
            folder.scan(source, now, seen)
        else:
            seen.found = folder.count(source)
        return {}, ""
    reader = feeds if source.kind == Source.Kind.FEED else wordpress
    with reader.reading(source, fresh=not source.active) as answer:
        if answer is None:
            return None, ""
        entries, validators = answer
        if source.active:
            plan(source, entries, now, seen)
            return validators, ""
        first = list(islice(entries, _TRIAL_TITLES))
        seen.found = len(first) + sum(1 for _entry in islice(entries, 1_000))
        return {}, " · ".join(f"“{entry.title}”" for entry in first)[:500]


def _done(source: Source, record: Poll, seen: Seen, validators: dict[str, str] | None, note: str) -> None:
    record.state = Poll.State.UNCHANGED if validators is None else Poll.State.DONE
    record.note = note
    now = timezone.now()
    with transaction.atomic():
        _close(record, seen)
        Source.objects.filter(pk=source.pk).update(
            lease_expires=None,
            errors=0,
            last_error="",
            last_good_at=now,
            next_poll_at=now + source.interval,
            **(validators or {}),
        )
        if seen.new or seen.changed:
            ring("tasks.take_items")


def _failed(source: Source, record: Poll, seen: Seen, error: SourceFailed) -> None:
    """Waits twice as long after each failure, a day at most; a source that is gone for good is put to rest."""
    record.state, record.note = Poll.State.FAILED, str(error)[:500]
    wait = min(source.interval * 2 ** min(source.errors + 1, 12), LONGEST_WAIT)
    gone = False
    if isinstance(error, FetchFailed):
        wait = max(wait, timedelta(seconds=error.retry_after or 0))
        gone = error.gone
    with transaction.atomic():
        _close(record, seen)
        Source.objects.filter(pk=source.pk).update(
            lease_expires=None,
            errors=source.errors + 1,
            last_error=str(error)[:500],
            next_poll_at=timezone.now() + max(wait, source.interval),
            active=source.active and not gone,
        )
        if seen.new or seen.changed:
            ring("tasks.take_items")
    log.warning("source_failed", source=source.pk, errors=source.errors + 1, error=str(error))


def _close(record: Poll, seen: Seen) -> None:
    record.finished_at = timezone.now()
    record.found, record.new, record.changed = seen.found, seen.new, seen.changed
    record.save()
