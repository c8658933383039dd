"""Manners: one request at a time to a server, a pause after each, its Retry-After and robots.txt kept.

The rows of `Host` are shared by all processes; taking a turn is one conditional UPDATE, so two workers that
try at the same moment cannot both get it. A turn whose holder died ends by itself.
"""

import secrets
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial

from django.utils import timezone
from django.utils.translation import gettext as _

from workflow.intake.models import Host

from . import robots
from .addresses import host_of
from .fetching import MOST_REDIRECTS, REDIRECTS, FetchFailed, fetch, in_circles
from .incoming import SourceFailed, storable

PAUSE = timedelta(seconds=1)
ROBOTS_LAST = timedelta(hours=24)
MOST_ROBOTS_BYTES = 512 * 1024
# Longer than the longest fetch may take.
_TURN = timedelta(minutes=5)
sleep: Callable[[float], None] = time.sleep


class HostBusy(SourceFailed):
    """The server is being asked by somebody else, or wants to be left alone, until `until`."""

    def __init__(self, host: str, until: datetime) -> None:
        super().__init__(_("%(host)s is not to be asked now.") % {"host": host})
        self.until = until


class Forbidden(SourceFailed):
    """The site's robots.txt does not want the page fetched."""

    def __init__(self, address: str) -> None:
        super().__init__(
            _("The site does not let programs fetch the page (robots.txt): %(address)s")
            % {"address": address}
        )


@contextmanager
def turn(address: str, *, patience: float = 0.0) -> Iterator[None]:
    """Holds the server of the address for one request; the pause begins when the block ends.

    Args:
        patience: seconds to wait for the turn at most.

    Raises:
        HostBusy: it is not our turn within that time.
    """
    name, token = host_of(address), secrets.token_hex(8)
    end = time.monotonic() + patience
    Host.objects.get_or_create(name=name, defaults={"free_at": timezone.now()})
    while not _take(name, token):
        host = Host.objects.get(name=name)
        wait = (host.free_at - timezone.now()).total_seconds()
        if host.holder:
            wait = min(wait, 0.5)
        if time.monotonic() + max(wait, 0.0) > end:
            raise HostBusy(name, max(host.free_at, timezone.now()))
        sleep(max(wait, 0.01))
    pause = PAUSE
    try:
        yield
    except FetchFailed as error:
        pause = max(PAUSE, timedelta(seconds=error.retry_after or 0))
        raise
    finally:
        rules = robots.read(Host.objects.get(name=name).robots)
        pause = max(pause, timedelta(seconds=rules.delay))
        Host.objects.filter(name=name, holder=token).update(free_at=timezone.now() + pause, holder="")


def busy() -> list[str]:
    """The servers that are not to be asked at this moment."""
    return list(Host.objects.filter(free_at__gt=timezone.now()).values_list("name", flat=True))


def fetch_page(
    address: str,
    *,
    most_bytes: int,
    allowed: Collection[str],
    patience: float,
    accept: str = "text/html,*/*;q=0.5",
) -> tuple[bytes, str]:
    """Gets a page, or what is shown in one, that robots.txt allows; (bytes, where redirects ended).

    Where a redirect leads to another server, that server's robots.txt is asked and its turn is waited for.

    Raises:
        Forbidden: robots.txt does not allow it.
        HostBusy: not now.
        FetchFailed: there is no page.
    """
    for _step in range(MOST_REDIRECTS + 1):
        rules = _rules(address, allowed, patience)
        if not rules.allow(address):
            raise Forbidden(address)
        with (
            turn(address, patience=patience),
            fetch(
                address,
                most_bytes=most_bytes,
                allowed=allowed,
                headers={"Accept": accept},
                follow=partial(_within, host_of(address), rules),
            ) as page,
        ):
            if page.status not in REDIRECTS:
                return page.body.read(), page.address
            address = page.address
    raise in_circles(address)


def _within(host: str, rules: robots.Rules, target: str) -> bool:
    """Whether a redirect stays where we have the turn and may go."""
    return host_of(target) == host and rules.allow(target)


def _take(name: str, token: str) -> bool:
    now = timezone.now()
    free = Host.objects.filter(name=name, free_at__lte=now)
    return bool(free.update(free_at=now + _TURN, holder=token))


def _rules(address: str, allowed: Collection[str], patience: float) -> robots.Rules:
    """What robots.txt says, read at most once a day. None there means all is allowed; a server in trouble
    means nothing is, for now (RFC 9309, 2.3.1)."""
    name = host_of(address)
    host = Host.objects.filter(name=name).first()
    if host is None or host.robots_at is None or host.robots_at < timezone.now() - ROBOTS_LAST:
        place = f"{address.partition('://')[0]}://{name}/robots.txt"
        with turn(address, patience=patience):
            try:
                with fetch(place, most_bytes=MOST_ROBOTS_BYTES, allowed=allowed) as answer:
                    text = storable(answer.body.read().decode("utf-8", "replace"))
            except FetchFailed as error:
                if not error.for_good:
                    raise
                text = ""
            Host.objects.filter(name=name).update(robots=text, robots_at=timezone.now())
        host = Host.objects.get(name=name)
    return robots.read(host.robots)
