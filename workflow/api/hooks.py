"""Webhooks over the API: register, list, remove, look at deliveries, replay one."""

import secrets
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from ninja.pagination import paginate
from pydantic import StringConstraints

from workflow.accounts.access import require, signed_in
from workflow.drafting.models import Transition

from .models import Scope, Webhook, WebhookDelivery
from .pages import Pages
from .problems import REFUSED
from .security import Bearer, idempotent
from .shapes import Body, Number, Problem
from .webhooks import replay

router = Router(tags=["webhooks"])
Event = Literal["queued", "drafting", "in_review", "approved", "published", "failed"]


class WebhookBody(Body):
    url: Annotated[str, StringConstraints(max_length=800, pattern=r"^https?://[^\s\x00]+$")]
    events: list[Event] = []


class WebhookOut(Schema):
    id: int
    url: str
    events: list[str]
    active: bool


class NewWebhookOut(WebhookOut):
    secret: str


class DeliveryOut(Schema):
    id: int
    transition_id: int
    attempts: int
    status: int | None
    error: str
    delivered: bool


def _administrator(request: HttpRequest) -> None:
    require(signed_in(request).is_administrator)


@router.post(
    "", auth=Bearer(Scope.WEBHOOKS), response={201: NewWebhookOut, REFUSED: Problem}, summary="Register"
)
@idempotent
def register_webhook(request: HttpRequest, body: WebhookBody) -> Any:
    """Registers an address; the secret for checking signatures is told once."""
    _administrator(request)
    newest = Transition.objects.order_by("-pk").values_list("pk", flat=True).first()
    webhook = Webhook.objects.create(
        url=body.url,
        events=list(body.events),
        secret=secrets.token_urlsafe(32),
        since=newest or 0,
        created_by=signed_in(request),
    )
    return Status(201, NewWebhookOut.from_orm(webhook))


@router.get(
    "", auth=Bearer(Scope.WEBHOOKS), response={200: list[WebhookOut], REFUSED: Problem}, summary="List"
)
def list_webhooks(request: HttpRequest) -> Any:
    """The registered addresses."""
    _administrator(request)
    return list(Webhook.objects.all())


@router.delete("/{pk}", auth=Bearer(Scope.WEBHOOKS), response={204: None, REFUSED: Problem}, summary="Remove")
@idempotent
def remove_webhook(request: HttpRequest, pk: Number) -> Any:
    """Stops telling an address; the log of deliveries goes with it."""
    _administrator(request)
    get_object_or_404(Webhook, pk=pk).delete()
    return Status(204, None)


@router.get(
    "/{pk}/deliveries",
    auth=Bearer(Scope.WEBHOOKS),
    response={200: list[DeliveryOut], REFUSED: Problem},
    summary="Deliveries",
)
@paginate(Pages)
def list_deliveries(request: HttpRequest, pk: Number) -> Any:
    """What was sent to an address, newest first, and how it answered."""
    _administrator(request)
    return [_delivery(one) for one in get_object_or_404(Webhook, pk=pk).deliveries.all()[:500]]


@router.post(
    "/deliveries/{pk}/replay",
    auth=Bearer(Scope.WEBHOOKS),
    response={202: DeliveryOut, REFUSED: Problem},
    summary="Send again",
)
@idempotent
def replay_delivery(request: HttpRequest, pk: Number) -> Any:
    """Sends one delivery again."""
    _administrator(request)
    delivery = get_object_or_404(WebhookDelivery, pk=pk)
    replay(delivery)
    return Status(202, _delivery(delivery))


def _delivery(one: WebhookDelivery) -> DeliveryOut:
    return DeliveryOut(
        id=one.pk,
        transition_id=one.transition_id,
        attempts=one.attempts,
        status=one.status,
        error=one.error,
        delivered=one.delivered_at is not None,
    )
