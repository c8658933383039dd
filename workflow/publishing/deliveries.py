"""Tells destinations of new and withdrawn editions: one row a change, sent once, retried with back-off.

The rows are the truth; a lost doorbell is made good by `due`, which the scheduler asks.
"""

from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from workers.doorbell import ring
from workflow.accounts.notices import tell

from . import folder, wordpress
from .body import shortened
from .destinations import DeliveryFailed, DeliveryRefused
from .models import Delivery, Destination, Edition

log = structlog.get_logger(__name__)

LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 10
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=6)
MEANWHILE = timedelta(seconds=5)


def announce(edition: Edition, what: str) -> None:
    """Plans a delivery to every destination that takes the edition, and rings for each; in the caller's
    transaction, so that there is none without the change it tells of."""
    for destination in Destination.objects.filter(active=True):
        if destination.takes(edition.locale):
            plan(edition, destination, what)


def announce_again(article_id: int) -> None:
    """Plans deliveries of an article's live editions: something they show has arrived after them."""
    for edition in Edition.objects.live().filter(article=article_id):
        announce(edition, Delivery.What.PUBLISH)


def plan(edition: Edition, destination: Destination, what: str) -> Delivery:
    """Plans one delivery and rings for it."""
    delivery = Delivery.objects.create(
        destination=destination, edition=edition, what=what, due_at=timezone.now()
    )
    ring("tasks.push_edition", delivery.pk)
    return delivery


def due(now: datetime) -> list[int]:
    """The ids of deliveries that should be tried now, the oldest first; the scheduler rings for them."""
    return list(_open(now).order_by("due_at", "id").values_list("pk", flat=True)[:200])


def deliver(delivery_id: int) -> None:
    """Makes one attempt at a delivery, unless another process is at it or it is not due.

    What is sent is the present state of the article in its locale, so an attempt made twice, or late,
    leaves the destination as it should be now. Never raises for what the destination does.
    """
    delivery = _claim(delivery_id, timezone.now())
    if delivery is None:
        return
    if _overtaken(delivery):
        _finish(delivery, Delivery.State.SUPERSEDED)
        return
    delivery.attempts += 1
    try:
        sender = wordpress if delivery.destination.kind == Destination.Kind.WORDPRESS else folder
        if delivery.what == Delivery.What.PUBLISH:
            sender.push(delivery.destination, delivery.edition)
        else:
            sender.remove(delivery.destination, delivery.edition)
    except DeliveryFailed as error:
        _try_later(delivery, str(error))
    except DeliveryRefused as error:
        _finish(delivery, Delivery.State.FAILED, str(error))
    else:
        _finish(delivery, Delivery.State.DONE)


def retry(delivery: Delivery) -> None:
    """Somebody asks for another round of attempts at a delivery that was given up."""
    given_up = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.FAILED)
    if given_up.update(state=Delivery.State.WAITING, attempts=0, due_at=timezone.now(), finished_at=None):
        ring("tasks.push_edition", delivery.pk)


def _claim(delivery_id: int, now: datetime) -> Delivery | None:
    """Takes a delivery that is due; None when it is not, or when its article is on its way there already.

    One article at a time goes to one destination: two locales created at once would not know each other's
    number there, and stay unlinked; two editions of one locale could arrive in the wrong order.
    """
    with transaction.atomic():
        delivery = _open(now).select_related("destination", "edition__article").filter(pk=delivery_id).first()
        if delivery is None:
            return None
        Destination.objects.select_for_update().get(pk=delivery.destination_id)
        under_way = Delivery.objects.filter(
            destination_id=delivery.destination_id,
            edition__article_id=delivery.edition.article_id,
            state=Delivery.State.SENDING,
            lease_expires__gte=now,
        )
        if under_way.exists():
            Delivery.objects.filter(pk=delivery_id).update(due_at=now + MEANWHILE)
            return None
        # Another process may have taken it before we had the lock: the row decides.
        taken = _open(now).filter(pk=delivery_id)
        if not taken.update(state=Delivery.State.SENDING, lease_expires=now + LEASE):
            return None
    delivery.state = Delivery.State.SENDING
    return delivery


def _open(now: datetime) -> "QuerySet[Delivery]":
    """Deliveries to try: waiting and due, or held by a process that died."""
    return Delivery.objects.filter(
        Q(state=Delivery.State.WAITING, due_at__lte=now)
        | Q(state=Delivery.State.SENDING, lease_expires__lt=now)
    )


def _overtaken(delivery: Delivery) -> bool:
    """Whether a later change of the same article and locale is to be told to the same destination."""
    return (
        Delivery.objects.filter(
            destination_id=delivery.destination_id,
            edition__article_id=delivery.edition.article_id,
            edition__locale=delivery.edition.locale,
            pk__gt=delivery.pk,
        )
        .exclude(state=Delivery.State.SUPERSEDED)
        .exists()
    )


def _try_later(delivery: Delivery, error: str) -> None:
    if delivery.attempts >= MOST_ATTEMPTS:
        _finish(delivery, Delivery.State.FAILED, error)
        return
    wait = min(FIRST_WAIT * 4 ** (delivery.attempts - 1), LONGEST_WAIT)
    delivery.state, delivery.error = Delivery.State.WAITING, error[:500]
    delivery.due_at = timezone.now() + wait
    delivery.lease_expires = None
    delivery.save(update_fields=["state", "error", "due_at", "attempts", "lease_expires"])
    log.warning("delivery_postponed", delivery=delivery.pk, attempts=delivery.attempts, error=error)


def _finish(delivery: Delivery, state: str, error: str = "") -> None:
    delivery.state, delivery.error = state, error[:500]
    delivery.finished_at, delivery.lease_expires = timezone.now(), None
    delivery.save(update_fields=["state", "error", "attempts", "finished_at", "lease_expires"])
    if state == Delivery.State.FAILED and delivery.edition.published_by:
        tell(
            delivery.edition.published_by,
            "“%(title)s” (%(locale)s) did not reach %(place)s: %(reason)s",
            title=shortened(delivery.edition.title, 120),
            locale=delivery.edition.locale,
            place=delivery.destination.name,
            reason=shortened(error, 120),
            address=f"/desk/articles/{delivery.edition.article_id}/publish",
            urgent=True,
        )
