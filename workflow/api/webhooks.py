"""Webhooks out. The log of transitions is the outbox: what is in it and not yet planned gets a delivery.

A delivery is signed with HMAC-SHA256 over "timestamp.body" (header X-Desk-Signature: t=…,v1=…), so that a
receiver can tell that it is ours and recent; X-Desk-Delivery is the same at each try, so that it can tell
a repetition. Delivery is at least once.
"""

import hashlib
import hmac
import json
import time
from datetime import timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from workers import doorbell
from workflow.drafting.models import Transition
from workflow.outbound import NotReached, ask
from workflow.sealing import WrongKey

from .models import Webhook, WebhookDelivery

log = structlog.get_logger(__name__)

TIMEOUT = 10
# The wait before each further try, in seconds: about a day in all.
BACK_OFF = (10, 60, 300, 1800, 7200, 21600, 57600)
BATCH = 500
# Transactions may commit out of order: a transition younger than this may still gain an elder neighbour.
SETTLED = timedelta(minutes=10)


def plan() -> int:
    """Plans a delivery for every transition that a webhook has not been told of; returns how many.

    At most `BATCH` for each webhook at a time, the oldest first; the next call goes on from there.
    """
    planned = sum(_plan(webhook) for webhook in Webhook.objects.filter(active=True))
    for pk in due():
        doorbell.ring("tasks.deliver_webhook", pk)
    return planned


def _plan(webhook: Webhook) -> int:
    # Read before the news, so that whatever is up to there can be seen by now.
    settled = (
        Transition.objects.filter(created_at__lt=timezone.now() - SETTLED)
        .order_by("-pk")
        .values_list("pk", flat=True)
        .first()
    )
    told = WebhookDelivery.objects.filter(webhook=webhook, transition_id__gt=webhook.since)
    news = Transition.objects.filter(pk__gt=webhook.since).exclude(pk__in=told.values("transition_id"))
    if webhook.events:
        news = news.filter(after__in=webhook.events)
    batch = list(news.order_by("pk").values_list("pk", flat=True)[:BATCH])
    # Nothing before this is looked at again.
    since = min(settled or 0, batch[-1] if len(batch) == BATCH else settled or 0)
    with transaction.atomic():
        WebhookDelivery.objects.bulk_create(
            [
                WebhookDelivery(webhook=webhook, transition_id=pk, next_attempt_at=timezone.now())
                for pk in batch
            ],
            ignore_conflicts=True,
        )
        Webhook.objects.filter(pk=webhook.pk, since__lt=since).update(since=since)
    return len(batch)


def due() -> list[int]:
    """Deliveries whose next try has come."""
    waiting = WebhookDelivery.objects.filter(
        delivered_at__isnull=True, next_attempt_at__lte=timezone.now(), webhook__active=True
    )
    return list(waiting.order_by("next_attempt_at").values_list("pk", flat=True)[:200])


def deliver(pk: int) -> None:
    """Tries one delivery; a worker that has it holds it by pushing its next try away first."""
    mine = WebhookDelivery.objects.filter(
        pk=pk, delivered_at__isnull=True, next_attempt_at__lte=timezone.now()
    ).update(next_attempt_at=timezone.now() + timedelta(seconds=3 * TIMEOUT), attempts=F("attempts") + 1)
    if not mine:
        return
    delivery = WebhookDelivery.objects.select_related(
        "webhook", "transition__translation__article", "transition__source", "transition__actor"
    ).get(pk=pk)
    status, error = _post(delivery)
    if status is not None and 200 <= status < 300:
        delivery.delivered_at, delivery.next_attempt_at = timezone.now(), None
    elif delivery.attempts > len(BACK_OFF):
        delivery.next_attempt_at = None
    else:
        wait = timedelta(seconds=BACK_OFF[delivery.attempts - 1])
        delivery.next_attempt_at = timezone.now() + wait
    delivery.status, delivery.error = status, error[:300]
    delivery.save(update_fields=["delivered_at", "next_attempt_at", "status", "error"])


def replay(delivery: WebhookDelivery) -> None:
    """Sends a delivery again, whatever became of it."""
    delivery.delivered_at, delivery.attempts, delivery.next_attempt_at = None, 0, timezone.now()
    delivery.save(update_fields=["delivered_at", "attempts", "next_attempt_at"])
    doorbell.ring("tasks.deliver_webhook", delivery.pk)


def payload(transition: Transition) -> dict[str, Any]:
    """What a webhook is told: ids and states; of a restricted article no title."""
    article = transition.article
    return {
        "event": f"{'source' if transition.source_id else 'translation'}.{transition.after}",
        "at": transition.created_at.isoformat(),
        "article": {
            "id": article.pk,
            "canonical_url": "" if article.restricted else article.canonical_url,
            "title": "" if article.restricted else article.title,
        },
        "translation": {"id": transition.translation_id, "locale": transition.locale},
        "step": transition.name,
        "before": transition.before,
        "after": transition.after,
        "actor": transition.actor.username if transition.actor else None,
    }


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """The value of X-Desk-Signature for a body sent at a Unix time."""
    mac = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={timestamp},v1={mac}"


def _post(delivery: WebhookDelivery) -> tuple[int | None, str]:
    body = json.dumps(payload(delivery.transition), ensure_ascii=False).encode()
    try:
        signed = signature(delivery.webhook.secret, int(time.time()), body)
    except WrongKey as error:
        return None, str(error)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "translation-desk",
        "X-Desk-Delivery": str(delivery.pk),
        "X-Desk-Signature": signed,
    }
    end = time.monotonic() + TIMEOUT
    try:
        # A redirect is not followed: a signed message goes to the address an administrator entered.
        with ask("POST", delivery.webhook.url, end=end, headers=headers, body=body) as response:
            return response.status, "" if response.status < 300 else str(response.reason or "")
    except NotReached as error:
        log.info("webhook_not_taken", url=delivery.webhook.url, error=str(error))
        return None, str(error)
