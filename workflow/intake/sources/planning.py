"""Plans what was seen in a source: one row an item, in small transactions, nothing taken in yet.

Repeating it changes nothing, so a poll may die anywhere and be made again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.utils import timezone

from workflow.intake.models import Item, Source

from .addresses import LONGEST_ADDRESS, canonical, host_of
from .incoming import Incoming, short_id

CHUNK = 100
LEASE = timedelta(minutes=10)


@dataclass
class Seen:
    """How many items a poll found, and how many of them were new or changed."""

    found: int = 0
    new: int = 0
    changed: int = 0


def plan(source: Source, entries: Iterable[Incoming], now: datetime, seen: Seen) -> None:
    """Plans new and changed entries, a hundred at a time; counts into `seen` as it goes.

    Args:
        now: when the poll began; entries are ordered by their age at that moment.
    """
    stream = iter(entries)
    while chunk := list(islice(stream, CHUNK)):
        seen.found += len(chunk)
        rows: dict[str, Incoming] = {}
        for entry in chunk:
            if not _too_old(source, entry):
                rows.setdefault(short_id(entry.external_id), entry)
        with transaction.atomic():
            _plan_chunk(source, rows, now, seen)
            # The heartbeat of the poll.
            Source.objects.filter(pk=source.pk).update(lease_expires=timezone.now() + LEASE)


def arrival(published: datetime | None, now: datetime) -> datetime:
    """When an item came in, a microsecond earlier for each second it was old: sorts what came at once.

    >>> from datetime import UTC
    >>> now = datetime(2025, 7, 9, 12, tzinfo=UTC)
    >>> (now - arrival(datetime(2025, 7, 9, 11, tzinfo=UTC), now)).microseconds
    3600
    """
    if published is None or published > now:
        return now
    return now - timedelta(microseconds=int((now - published).total_seconds()))


def _plan_chunk(source: Source, rows: dict[str, Incoming], now: datetime, seen: Seen) -> None:
    known = {
        item.external_id: item
        for item in Item.objects.filter(source=source, external_id__in=rows).only(
            "external_id", "content_hash", "state"
        )
    }
    new = [
        Item(
            source=source,
            external_id=key,
            arrived_at=arrival(entry.published, now),
            **_fields(source, entry, now),
        )
        for key, entry in rows.items()
        if key not in known
    ]
    # Another poll of the same source, whose lease ran out, may have planned some in between.
    Item.objects.bulk_create(new, ignore_conflicts=True)
    seen.new += len(new)
    same = []
    for key, item in known.items():
        fields = _fields(source, rows[key], now)
        if item.content_hash == fields["content_hash"] or item.state == Item.State.DISMISSED:
            same.append(item.pk)
            continue
        seen.changed += Item.objects.filter(pk=item.pk, content_hash=item.content_hash).update(
            state=Item.State.PLANNED, attempts=0, error="", lease_expires=None, **fields
        )
    Item.objects.filter(pk__in=same).update(seen_at=now)


def _fields(source: Source, entry: Incoming, now: datetime) -> dict[str, object]:
    address = canonical(entry.link)
    return {
        "canonical_url": address if len(address) <= LONGEST_ADDRESS else "",
        "content_hash": entry.content_hash(),
        "title": entry.title,
        "byline": entry.byline,
        "link": entry.link,
        "html": entry.html,
        "host": host_of(entry.link) if entry.summary_only else "",
        "priority": source.priority,
        "seen_at": now,
        "due_at": now,
    }


def _too_old(source: Source, entry: Incoming) -> bool:
    return (
        source.not_before is not None
        and entry.published is not None
        and entry.published.date() < source.not_before
    )
