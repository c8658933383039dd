"""Webhooks over the API: register, list, remove, look at deliveries, replay one."""

import secrets
from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status
from ninja.pagination import paginate
from pydantic import AfterValidator, StrictBool, StringConstraints

from workflow.accounts.access import require, signed_in
from workflow.drafting.models import Transition
from workflow.outbound import NotReached, refuse_address

from .models import Scope, Webhook, WebhookDelivery
from .pages import Pages
from .problems import REFUSED
from .security import Bearer, idempotent
from .shapes import Body, Number, Problem
from .webhooks import payload, replay

router = Router(tags=["webhooks"])
# What the payload of a delivery is made of.
TOLD = ("transition__translation__article", "transition__actor")
Event = Literal["queued", "drafting", "in_review", "approved", "published", "failed"]


def _outside(address: str) -> str:
    try:
        refuse_address(address)
    except NotReached as error:
        raise ValueError(str(error)) from error
    return address


class WebhookBody(Body):
    url: Annotated[
        str,
        StringConstraints(max_length=800, pattern=r"^https?://[^\s\x00]+$"),
        AfterValidator(_outside),
    ]
    events: list[Event] = []


class WebhookOut(Schema):
    id: int
    url: str
    events: list[str]
    active: bool


class NewWebhookOut(WebhookOut):
    secret: str


class WebhookChange(Body):
    """What may change of a webhook; a paused one misses nothing: it is told when it goes on."""

    active: StrictBool


class DeliveryOut(Schema):
    """One message: what was told (`payload`) of what (`event`) and when, and how it was taken."""

    id: int
    event: str
    payload: dict[str, Any]
    planned_at: datetime
    delivered_at: datetime | None
    next_attempt_at: datetime | None
    attempts: int
    status: int | None
    error: str

    @staticmethod
    def resolve_payload(delivery: WebhookDelivery) -> dict[str, Any]:
        return payload(delivery.transition)

    @staticmethod
    def resolve_event(delivery: WebhookDelivery) -> str:
        return str(payload(delivery.transition)["event"])

    @staticmethod
    def resolve_planned_at(delivery: WebhookDelivery) -> datetime:
        return delivery.created_at


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


@router.patch(
    "/{pk}", auth=Bearer(Scope.WEBHOOKS), response={200: WebhookOut, REFUSED: Problem}, summary="Pause, go on"
)
@idempotent
def change_webhook(request: HttpRequest, pk: Number, body: WebhookChange) -> Any:
    """Pauses an address (`active: false`), or goes on with it: then it is told what it missed."""
    _administrator(request)
    webhook = get_object_or_404(Webhook, pk=pk)
    webhook.active = body.active
    webhook.save(update_fields=["active"])
    return Status(200, WebhookOut.from_orm(webhook))


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
    """What was sent to an address or is to be, newest first, and how it answered."""
    _administrator(request)
    deliveries = get_object_or_404(Webhook, pk=pk).deliveries.select_related(*TOLD)
    return deliveries


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
    delivery = get_object_or_404(WebhookDelivery.objects.select_related(*TOLD), pk=pk)
    replay(delivery)
    return Status(202, DeliveryOut.from_orm(delivery))
