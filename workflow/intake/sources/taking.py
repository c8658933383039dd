"""Takes planned items in, one small transaction each: urgent first, then the newest.

Fetching and reading come before the transaction; in it the item is locked, its fingerprints decide whether
the article is new, a revision or known already, and the item's end is written together with the article.
Killed anywhere, it leaves either nothing or all of it.
"""

import time
from datetime import timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Min, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from workflow.articles.models import Article
from workflow.articles.revisions import EmptySource
from workflow.intake import fingerprints
from workflow.intake.documents.reading import Refused, SourceDocument, read
from workflow.intake.models import Fingerprint, Host, Item, Source
from workflow.intake.submit import NeedsConfirmation, UnknownLocale, Wishes, submit

from . import folder, hosts
from .article_text import NoArticle, article_text
from .fetching import FetchFailed

log = structlog.get_logger(__name__)

SECONDS = 20.0
LEASE = timedelta(minutes=10)
MOST_ATTEMPTS = 5
FIRST_WAIT = timedelta(minutes=1)
MOST_PAGE_BYTES = 10 * 1024 * 1024
# Waiting as long as a server's pause is cheaper than being called again.
LONGEST_NAP = 2.0
_BATCH = 20


def drain(seconds: float = SECONDS) -> bool:
    """Takes items in for about so long; whether there are more that could be taken at once."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        batch = _next()
        if not batch:
            nap = _nap()
            if nap is None:
                return False
            hosts.sleep(nap)
        for pk in batch:
            take(pk)
            if time.monotonic() >= end:
                break
    return waiting() or _nap() is not None


def waiting() -> bool:
    """Whether there is an item that could be taken in now."""
    return _open().exclude(host__in=hosts.busy()).exists()


def take(pk: int) -> str | None:
    """Takes one item in, unless somebody else has it; the state it is in afterwards."""
    lease = timezone.now() + LEASE
    if not _open().filter(pk=pk).update(lease_expires=lease, attempts=F("attempts") + 1):
        return None
    item = Item.objects.select_related("source").get(pk=pk)
    if item.attempts > MOST_ATTEMPTS:
        return _end(item, Item.State.FAILED, _("It stopped the work several times."))
    try:
        document = _document(item)
        state = _take_in(item, document)
    except hosts.HostBusy as busy:
        return _later(item, busy.until, str(busy), counts=False)
    except folder.NotAtRest:
        return _end(item, Item.State.ARRIVING, "")
    except (hosts.Forbidden, NoArticle) as error:
        return _end(item, Item.State.HELD, _("%(why)s Only the summary is here.") % {"why": error})
    except NeedsConfirmation as error:
        return _hold(item, document, str(error))
    except FetchFailed as error:
        if error.for_good or item.attempts >= MOST_ATTEMPTS:
            return _end(item, Item.State.FAILED, str(error))
        wait = max(FIRST_WAIT * 4 ** (item.attempts - 1), timedelta(seconds=error.retry_after or 0))
        return _later(item, timezone.now() + wait, str(error))
    except (Refused, EmptySource, UnknownLocale) as error:
        return _end(item, Item.State.FAILED, str(error))
    if state is not None:
        _put_away(item)
    return state


def _open() -> "QuerySet[Item]":
    now = timezone.now()
    free = Q(lease_expires__isnull=True) | Q(lease_expires__lt=now)
    return Item.objects.filter(free, state=Item.State.PLANNED, due_at__lte=now)


def _next() -> list[int]:
    """The ids of the next items, in order; of each server to be asked only one."""
    found: list[int] = []
    asked: set[str] = set()
    line = _open().exclude(host__in=hosts.busy()).order_by("priority", "-arrived_at", "pk")
    for pk, host in line.values_list("pk", "host")[: 10 * _BATCH]:
        if len(found) < _BATCH and (not host or host not in asked):
            found.append(pk)
            asked.add(host)
    return found


def _nap() -> float | None:
    """Seconds until the first server that items wait for is free; None if that is long, or none is waited for."""
    needed = _open().exclude(host="").values("host")
    free_at = Host.objects.filter(name__in=needed).aggregate(first=Min("free_at"))["first"]
    if free_at is None:
        return None
    seconds = (free_at - timezone.now()).total_seconds()
    return max(seconds, 0.01) if seconds <= LONGEST_NAP else None


def _document(item: Item) -> SourceDocument:
    if item.source.kind == Source.Kind.FOLDER and not item.html:
        return folder.document(item)
    text, base = item.html, item.link if item.source.kind != Source.Kind.FOLDER else ""
    if item.host:
        page, base = hosts.fetch_page(
            item.link, most_bytes=MOST_PAGE_BYTES, allowed=item.source.allowed_hosts, patience=0.0
        )
        text = article_text(page, base)
    # With a byte order mark nothing in the text can claim another encoding.
    data = ("\ufeff" + text).encode()
    return read(
        f"{(item.title or item.external_id)[:80]}.html",
        data,
        # A file that was held has its pictures in the text now, a third larger than they were.
        max_bytes=2 * settings.MAX_DOCUMENT_BYTES,
        title=item.title,
        byline=item.byline,
        base_url=base,
    )


def _take_in(item: Item, document: SourceDocument) -> str | None:
    with transaction.atomic():
        locked = Item.objects.select_for_update().defer("html").get(pk=item.pk)
        if not _same(locked, item):
            return None
        prints = fingerprints.lock(item.canonical_url, document.body_html)
        if locked.original and locked.article is not None:
            submit(document, _wishes(item), by=None, origin="", article=locked.article)
            return _finish(item, Item.State.TAKEN, locked.article, prints)
        known = _known(item, prints)
        if known is not None:
            return _finish(item, Item.State.DUPLICATE, known, [])
        article = submit(
            document,
            _wishes(item),
            by=None,
            origin=_("source: %(name)s") % {"name": item.source.name},
            canonical_url=item.canonical_url,
        )
        # What came in by one poll is drafted by its own age, whatever the order it was taken in.
        Article.objects.filter(pk=article.pk).update(created_at=item.arrived_at)
        return _finish(item, Item.State.TAKEN, article, prints)


def _same(locked: Item, item: Item) -> bool:
    """Whether the item is still the one we hold: neither changed at its source nor held by another."""
    return (locked.state, locked.content_hash, locked.lease_expires) == (
        Item.State.PLANNED,
        item.content_hash,
        item.lease_expires,
    )


def _known(item: Item, prints: list[Fingerprint]) -> Article | None:
    """The article that is here already with this address or these words, wherever it came from."""
    there = next(fingerprints.at_address(item.canonical_url, prints), None)
    return there or next((found.article for found in prints if found.article is not None), None)


def _finish(item: Item, state: str, article: Article, prints: list[Fingerprint]) -> str:
    fingerprints.keep(prints, article)
    Item.objects.filter(pk=item.pk).update(
        state=state,
        article=article,
        original=state == Item.State.TAKEN,
        html="",
        error="",
        lease_expires=None,
    )
    item.state = state
    return state


def _wishes(item: Item) -> Wishes:
    source = item.source
    return Wishes(
        locales=source.target_locales,
        priority=source.priority,
        domain=source.domain,
        restricted=source.restricted,
        people=list(source.people.all()),
        language_confirmed=item.confirmed_by_id is not None,
    )


def _hold(item: Item, document: SourceDocument, why: str) -> str | None:
    """Keeps the text as it was read, so that it can be accepted without being fetched again."""
    return _end(item, Item.State.HELD, why, html=document.body_html, title=document.title[:500], host="")


def _later(item: Item, due_at: object, why: str, *, counts: bool = True) -> str | None:
    attempts = item.attempts if counts else item.attempts - 1
    return _end(item, Item.State.PLANNED, why, due_at=due_at, attempts=attempts)


def _end(item: Item, state: str, error: str, **fields: object) -> str | None:
    """Writes what became of an attempt, if the item is still ours."""
    held = Item.objects.filter(pk=item.pk, state=Item.State.PLANNED, lease_expires=item.lease_expires)
    if not held.update(state=state, error=error[:500], told=False, lease_expires=None, **fields):
        return None
    item.state, item.error = state, error[:500]
    log.info("item_not_taken_in", item=item.pk, state=state, error=error)
    if state in (Item.State.HELD, Item.State.FAILED):
        _put_away(item)
    return state


def _put_away(item: Item) -> None:
    if item.source.kind != Source.Kind.FOLDER:
        return
    try:
        folder.put_away(item)
    except OSError as error:
        # The next look at the folder tries again, and says so on the source's page.
        log.warning("file_not_moved", item=item.pk, error=str(error))
