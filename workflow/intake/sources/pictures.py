"""Fetches the pictures of articles from the web, in the background: the text never waits for them.

The rows are the work: one is held by a conditional UPDATE, its file written before it is closed. Killed
anywhere, the lease runs out and the picture is fetched again, to the same file.
"""

import time
from datetime import timedelta

import structlog
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from workers.doorbell import ring
from workflow.articles.measuring import MOST_BYTES, NotKept
from workflow.articles.models import Article, Picture
from workflow.articles.pictures import keep
from workflow.intake.models import Item

from . import hosts
from .fetching import FetchFailed
from .incoming import SourceFailed

log = structlog.get_logger(__name__)

SECONDS = 20.0
# Longer than robots.txt and the picture may take together.
LEASE = timedelta(minutes=6)
MOST_ATTEMPTS = 6
FIRST_WAIT = timedelta(minutes=1)
# Slow servers may hold so many workers and no more; articles come first.
AT_ONCE = 2
PATIENCE = 2.0
_ACCEPT = "image/avif,image/webp,image/jpeg,image/png,image/gif"


def drain(seconds: float = SECONDS) -> list[int]:
    """Fetches wanted pictures for about so long; the articles that got one."""
    end = time.monotonic() + seconds
    reached: set[int] = set()
    while time.monotonic() < end and _under_way() < AT_ONCE:
        first = _open().order_by("due_at", "pk").values_list("pk", flat=True).first()
        if first is None:
            break
        article = fetch(first)
        if article is not None:
            reached.add(article)
    return sorted(reached)


def waiting() -> bool:
    """Whether there is a picture that could be fetched now."""
    return _under_way() < AT_ONCE and _open().exists()


def fetch(pk: int) -> int | None:
    """Makes one attempt at a picture, unless somebody else is at it; the article, if it got the picture."""
    lease = timezone.now() + LEASE
    if not _open().filter(pk=pk).update(lease_expires=lease, attempts=F("attempts") + 1):
        return None
    picture = Picture.objects.get(pk=pk)
    if picture.attempts > MOST_ATTEMPTS:
        _close(picture, state=Picture.State.MISSING, error=_("It stopped the work several times."))
        return None
    try:
        data, _address = hosts.fetch_page(
            picture.address,
            most_bytes=MOST_BYTES,
            allowed=_allowed(picture.article_id),
            patience=PATIENCE,
            accept=_ACCEPT,
        )
        file = keep(data)
    except hosts.HostBusy as busy:
        _close(picture, attempts=picture.attempts - 1, due_at=busy.until)
        # The others of the same server would only find out the same.
        _open().filter(host=picture.host).update(due_at=busy.until)
    except (NotKept, hosts.Forbidden) as error:
        _close(picture, state=Picture.State.MISSING, error=str(error)[:500])
    except (SourceFailed, OSError) as error:
        _try_later(picture, error)
    else:
        if _close(picture, state=Picture.State.KEPT, file=file, error=""):
            return picture.article_id
    return None


def ask_for(article: Article) -> None:
    """Rings for the pictures of a text that was just taken in, if it has any to be fetched."""
    if article.pictures.filter(state=Picture.State.WANTED).exists():
        ring("tasks.fetch_pictures")


def try_again(picture: Picture) -> None:
    """Somebody asks for another round of attempts at a picture of the web."""
    lacking = Picture.objects.filter(pk=picture.pk, address__startswith="http", file__isnull=True)
    if lacking.update(state=Picture.State.WANTED, attempts=0, due_at=timezone.now(), error=""):
        ring("tasks.fetch_pictures")


def _open() -> "QuerySet[Picture]":
    now = timezone.now()
    free = Q(lease_expires__isnull=True) | Q(lease_expires__lt=now)
    return Picture.objects.filter(free, state=Picture.State.WANTED, due_at__lte=now)


def _under_way() -> int:
    return Picture.objects.filter(state=Picture.State.WANTED, lease_expires__gte=timezone.now()).count()


def _allowed(article_id: int) -> frozenset[str]:
    """Hosts of the own network that the article's source may be read from: its pictures may, too."""
    items = Item.objects.filter(article=article_id, original=True).select_related("source").defer("html")
    return frozenset(host for item in items for host in item.source.allowed_hosts)


def _try_later(picture: Picture, error: Exception) -> None:
    for_good = isinstance(error, FetchFailed) and error.for_good
    if for_good or picture.attempts >= MOST_ATTEMPTS:
        _close(picture, state=Picture.State.MISSING, error=str(error)[:500])
        return
    asked = error.retry_after or 0 if isinstance(error, FetchFailed) else 0
    wait = max(FIRST_WAIT * 4 ** (picture.attempts - 1), timedelta(seconds=asked))
    _close(picture, due_at=timezone.now() + wait, error=str(error)[:500])


def _close(picture: Picture, **fields: object) -> bool:
    """Writes what became of an attempt, if the picture is still ours."""
    held = Picture.objects.filter(
        pk=picture.pk, state=Picture.State.WANTED, lease_expires=picture.lease_expires
    )
    if fields.get("error"):
        log.info("picture_not_kept", picture=picture.pk, error=fields["error"])
    return bool(held.update(lease_expires=None, **fields))
