"""Watches a folder: a file is read once it has come to rest, then moved to done/ or failed/ with the reason.

A file is at rest when two looks find the same size and time, and it was not written to for a while. The
database knows what became of a file before the file is moved; a move that was missed is made at the next look.
"""

import os
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from workflow.intake.documents.reading import SourceDocument, read, refuse_size
from workflow.intake.models import Item, Source

from .incoming import SourceFailed, short_id, storable
from .planning import CHUNK, LEASE, Seen, arrival

SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".txt", ".text", ".html", ".htm", ".xhtml", ".docx"})
REST = timedelta(seconds=10)
LONGEST_ARRIVAL = timedelta(days=1)
_AWAY = "away"
_FINISHED = (
    Item.State.TAKEN, Item.State.DUPLICATE, Item.State.HELD, Item.State.FAILED, Item.State.DISMISSED
)  # fmt: skip


class NotAtRest(Exception):
    """The file is not the one that was planned any more: somebody writes to it."""


def scan(source: Source, now: datetime, seen: Seen) -> None:
    """Plans the files at rest, notes the others, and moves away what is finished.

    Raises:
        SourceFailed: the folder cannot be read, or files cannot be moved in it.
    """
    try:
        files = iter(_files(source))
        while names := list(islice(files, CHUNK)):
            _note(source, names, now, seen)
            Source.objects.filter(pk=source.pk).update(lease_expires=timezone.now() + LEASE)
        # Files that were taken back before they came to rest.
        Item.objects.filter(
            source=source, state=Item.State.ARRIVING, article=None, seen_at__lt=now - LONGEST_ARRIVAL
        ).delete()
    except OSError as error:
        raise _unusable(source, error) from error


def count(source: Source) -> int:
    """How many files there are to read.

    Raises:
        SourceFailed: the folder cannot be read.
    """
    try:
        return len(_files(source))
    except OSError as error:
        raise _unusable(source, error) from error


def document(item: Item) -> SourceDocument:
    """Reads the file of an item.

    Raises:
        NotAtRest: it was changed since it was planned, or is gone.
        Refused: it is no document that can be taken in.
    """
    path = _path(item)
    try:
        # O_NOFOLLOW: nobody swaps the file for a link to one of ours.
        with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
            if _signature(os.fstat(file.fileno())) != item.content_hash:
                raise NotAtRest
            refuse_size(path.name, os.fstat(file.fileno()).st_size, settings.MAX_DOCUMENT_BYTES)
            data = file.read(settings.MAX_DOCUMENT_BYTES + 1)
    except OSError as error:
        raise NotAtRest from error
    return read(path.name, data, max_bytes=settings.MAX_DOCUMENT_BYTES)


def put_away(item: Item) -> None:
    """Moves the file of a finished item to done/ or failed/; a file that is another by now stays.

    Raises:
        OSError: it cannot be moved.
    """
    path = _path(item)
    try:
        if _signature(os.lstat(path)) != item.content_hash:
            return
    except FileNotFoundError:
        _forget(item)
        return
    failed = item.state == Item.State.FAILED
    target = _free(path.parent / ("failed" if failed else "done"), path.name)
    target.parent.mkdir(exist_ok=True)
    if failed:
        target.with_name(target.name + ".reason.txt").write_text(item.error + "\n", encoding="utf-8")
    path.rename(target)
    _forget(item)


def _forget(item: Item) -> None:
    """From now on the file is new again if somebody puts it back."""
    Item.objects.filter(pk=item.pk, content_hash=item.content_hash).update(content_hash=_AWAY)


def _note(source: Source, names: Iterable[str], now: datetime, seen: Seen) -> None:
    wanted = {short_id(name): name for name in names}
    known = {
        i.external_id: i for i in Item.objects.filter(source=source, external_id__in=wanted).defer("html")
    }
    for key, name in wanted.items():
        try:
            stat = os.lstat(Path(source.address) / name)
        except FileNotFoundError:
            continue
        seen.found += 1
        signature, item = _signature(stat), known.get(key)
        written = datetime.fromtimestamp(min(stat.st_mtime, now.timestamp()), now.tzinfo)
        if item is None:
            Item.objects.get_or_create(
                source=source,
                external_id=key,
                defaults={
                    "title": storable(name, 500), "link": storable(name, 800), "content_hash": signature,
                    "state": Item.State.ARRIVING, "priority": source.priority,
                    "arrived_at": arrival(written, now), "seen_at": now, "due_at": now,
                },
            )  # fmt: skip
            continue
        same = Item.objects.filter(pk=item.pk, content_hash=signature)
        if item.content_hash != signature:
            Item.objects.filter(pk=item.pk, content_hash=item.content_hash).update(
                content_hash=signature, state=Item.State.ARRIVING, html="", attempts=0, error="",
                lease_expires=None, seen_at=now, due_at=now,
            )  # fmt: skip
        elif item.state == Item.State.ARRIVING and now - written >= REST:
            planned = same.filter(state=Item.State.ARRIVING).update(state=Item.State.PLANNED, seen_at=now)
            seen.new += 0 if item.article_id else planned
            seen.changed += planned if item.article_id else 0
        elif item.state in _FINISHED:
            put_away(item)


def _files(source: Source) -> list[str]:
    with os.scandir(source.address) as entries:
        return sorted(
            entry.name for entry in entries if _wanted(entry.name) and entry.is_file(follow_symlinks=False)
        )


def _unusable(source: Source, error: OSError) -> SourceFailed:
    return SourceFailed(
        _("The folder %(folder)s cannot be used: %(why)s.")
        % {"folder": source.address, "why": error.strerror or error}
    )


def _wanted(name: str) -> bool:
    return not name.startswith((".", "~")) and Path(name).suffix.lower() in SUFFIXES


def _signature(stat: os.stat_result) -> str:
    return f"{stat.st_size}:{stat.st_mtime_ns}"


def _path(item: Item) -> Path:
    return Path(item.source.address) / item.link


def _free(folder: Path, name: str) -> Path:
    """The path in the folder, numbered if the name is taken."""
    plain, number = folder / name, 1
    target = plain
    while target.exists():
        number += 1
        target = plain.with_name(f"{plain.stem}-{number}{plain.suffix}")
    return target
