"""Webhooks: told of each transition once, signed, tried again with patience, replayable."""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.conftest import person
from workflow.accounts.models import User
from workflow.api import webhooks
from workflow.api.models import Webhook, WebhookDelivery
from workflow.articles.models import Article
from workflow.drafting.models import Transition, Translation
from workflow.publishing.publish import NotPublishable, Presentation, publish, reissue, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def an_intranet(settings: Settings) -> None:
    """The listeners of these tests are on this machine."""
    settings.PRIVATE_HOSTS = ["127.0.0.1"]


class Listener(HTTPServer):
    """Takes what it is sent; answers with the next of `answers`, then with 200."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.heard: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook"


class Handler(BaseHTTPRequestHandler):
    server: Listener

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((dict(self.headers), body))
        self.send_response(self.server.answers.pop(0) if self.server.answers else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_arguments: Any) -> None:
        pass


@pytest.fixture
def listener() -> Iterator[Listener]:
    server = Listener()
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def webhook(listener: Listener) -> Webhook:
    return Webhook.objects.create(url=listener.address, secret="s3cret", events=["in_review"])


def deliver_due() -> None:
    for pk in webhooks.due():
        webhooks.deliver(pk)


def test_each_wanted_transition_is_told_once_and_signed(
    webhook: Webhook, listener: Listener, drafted: Article
) -> None:
    webhooks.plan()
    webhooks.plan()
    deliver_due()
    deliver_due()
    events = [json.loads(body) for _headers, body in listener.heard]
    assert sorted(event["translation"]["locale"] for event in events) == ["ar", "fr"]
    assert {event["event"] for event in events} == {"translation.in_review"}
    headers, body = listener.heard[0]
    timestamp, mac = (part.split("=", 1)[1] for part in headers["X-Desk-Signature"].split(","))
    assert hmac.new(b"s3cret", f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest() == mac


def test_a_deaf_listener_is_tried_again_later(webhook: Webhook, listener: Listener, drafted: Article) -> None:
    listener.answers = [503, 503]
    webhooks.plan()
    deliver_due()
    waiting = WebhookDelivery.objects.filter(delivered_at__isnull=True)
    assert waiting.count() == 2
    assert not webhooks.due()
    waiting.update(next_attempt_at=timezone.now())
    deliver_due()
    assert not WebhookDelivery.objects.filter(delivered_at__isnull=True).exists()
    assert set(WebhookDelivery.objects.values_list("attempts", flat=True)) == {2}


def test_it_gives_up_in_the_end_and_can_be_replayed(
    webhook: Webhook, listener: Listener, drafted: Article
) -> None:
    webhooks.plan()
    delivery = WebhookDelivery.objects.all()[0]
    WebhookDelivery.objects.exclude(pk=delivery.pk).delete()
    for _try in range(len(webhooks.BACK_OFF) + 1):
        listener.answers = [500]
        WebhookDelivery.objects.update(next_attempt_at=timezone.now())
        webhooks.deliver(delivery.pk)
    delivery.refresh_from_db()
    assert delivery.next_attempt_at is None
    webhooks.replay(delivery)
    deliver_due()
    delivery.refresh_from_db()
    assert delivery.delivered_at is not None


def test_a_redirect_is_not_followed(webhook: Webhook, listener: Listener, drafted: Article) -> None:
    listener.answers = [307]
    webhooks.plan()
    webhooks.deliver(webhooks.due()[0])
    assert len(listener.heard) == 1


@pytest.mark.parametrize(
    "address", ["http://169.254.169.254/latest/meta-data/", "http://[::1]/", "http://10.0.0.1/"]
)
def test_an_address_in_our_own_network_is_not_registered(caller: Callable[..., Any], address: str) -> None:
    answer = caller(person("root", "administrator"), "post", "/webhooks", {"url": address})
    assert answer.status_code == 422
    assert "internal network" in answer.content.decode()
    assert not Webhook.objects.exists()


def test_our_own_network_is_not_told_unless_it_is_allowed(
    webhook: Webhook, listener: Listener, drafted: Article, settings: Settings
) -> None:
    settings.PRIVATE_HOSTS = []
    webhooks.plan()
    delivery = webhook.deliveries.all()[0]
    webhooks.deliver(delivery.pk)
    delivery.refresh_from_db()
    assert not listener.heard
    assert (delivery.status, delivery.delivered_at) == (None, None)
    assert "internal network" in delivery.error


def test_a_restricted_article_is_told_without_its_title(submitted: Any, editor: User) -> None:
    article = submitted(restricted=True)
    transition = Transition(
        translation=article.translations.all()[0], name="x", before="queued", after="drafting"
    )
    transition.created_at = timezone.now()
    assert webhooks.payload(transition)["article"]["title"] == ""


def test_what_happened_before_a_webhook_was_made_is_not_told(
    drafted: Article, listener: Listener, editor: User
) -> None:
    newest = Transition.objects.latest("pk").pk
    Webhook.objects.create(url=listener.address, secret="x", since=newest)
    assert webhooks.plan() == 0


def test_the_english_edition_is_told_of_once_when_it_is_published_corrected_and_withdrawn(
    listener: Listener, drafted: Article, editor: User, client: Client
) -> None:
    newest = Transition.objects.latest("pk").pk
    Webhook.objects.create(url=listener.address, secret="x", since=newest)
    edition = publish(drafted, "en", editor)
    assert publish(drafted, "en", editor) == edition
    corrected = reissue(edition, editor, Presentation(correction="It was 13 writers."))
    withdraw(corrected, editor, "It was never true.")
    with pytest.raises(NotPublishable):
        withdraw(corrected, editor, "Twice.")
    publish(drafted, "en", editor)
    for _again in range(2):
        webhooks.plan()
        deliver_due()
    events = sorted((json.loads(body) for _headers, body in listener.heard), key=lambda event: event["at"])
    assert [(event["event"], event["step"], event["before"]) for event in events] == [
        ("source.published", "publish", "approved"),
        ("source.published", "reissue", "published"),
        ("source.approved", "withdraw", "published"),
        ("source.published", "publish", "approved"),
    ]
    assert all(event["translation"] == {"id": None, "locale": "en"} for event in events)
    assert all(event["article"]["id"] == drafted.pk and event["actor"] == "nadia" for event in events)
    client.force_login(editor)
    log = client.get(f"/desk/articles/{drafted.pk}/").content.decode()
    assert "It was 13 writers." in log and "It was never true." in log


def test_a_listener_for_published_hears_of_the_english_edition_only_what_it_asked_for(
    listener: Listener, drafted: Article, editor: User
) -> None:
    Webhook.objects.create(url=listener.address, secret="x", events=["published"])
    withdraw(publish(drafted, "en", editor), editor, "A mistake.")
    webhooks.plan()
    deliver_due()
    assert [json.loads(body)["event"] for _headers, body in listener.heard] == ["source.published"]


def moved(translation: Translation, count: int, **fields: Any) -> list[Transition]:
    """So many moves of a translation, in the log at once."""
    return Transition.objects.bulk_create(
        Transition(translation=translation, name="x", before="drafting", after="in_review", **fields)
        for _number in range(count)
    )


def plan_all() -> int:
    """Plans until there is nothing left; how many were planned."""
    planned = 0
    while more := webhooks.plan():
        planned += more
    return planned


def test_none_of_many_is_forgotten(listener: Listener, article: Article) -> None:
    ar, fr = article.translations.order_by("pk")
    webhook = Webhook.objects.create(url=listener.address, secret="x")
    moved(fr, 1500)
    moved(ar, 100)
    assert plan_all() == 1600
    assert webhook.deliveries.count() == 1600


def test_what_commits_late_is_told(webhook: Webhook, article: Article) -> None:
    """A transition may get its number long before others can see it."""
    translation = article.translations.all()[0]
    late = moved(translation, 701)[0]
    Transition.objects.filter(pk=late.pk).delete()
    assert plan_all() == 700
    late.save(force_insert=True)
    assert webhooks.plan() == 1
    assert webhook.deliveries.filter(transition_id=late.pk).exists()


def test_the_old_log_is_not_read_again(webhook: Webhook, article: Article) -> None:
    """The mark moves over what was told and over what nobody wants to hear, once it is old enough."""
    translation = article.translations.all()[0]
    moved(translation, 600)
    Transition.objects.update(created_at=timezone.now() - 2 * webhooks.SETTLED)
    [unwanted] = moved(translation, 1)
    Transition.objects.filter(pk=unwanted.pk).update(
        after="drafting", created_at=timezone.now() - 2 * webhooks.SETTLED
    )
    [young] = moved(translation, 1)
    assert plan_all() == 601
    webhook.refresh_from_db()
    assert webhook.since == unwanted.pk < young.pk


def test_the_log_says_what_was_told_and_when(
    caller: Any, webhook: Webhook, listener: Listener, drafted: Article
) -> None:
    webhooks.plan()
    listener.answers = [500]
    deliver_due()
    ada = person("ada", "administrator")
    told = caller(ada, "get", f"/webhooks/{webhook.pk}/deliveries").json()
    assert told["count"] == 2
    for row in told["items"]:
        assert row["event"] == "translation.in_review"
        assert json.dumps(row["payload"]) in {json.dumps(json.loads(body)) for _h, body in listener.heard}
        assert row["planned_at"] <= timezone.now().isoformat()
    assert sorted(row["status"] for row in told["items"]) == [200, 500]
    assert {row["status"]: row["delivered_at"] is None for row in told["items"]} == {200: False, 500: True}


def test_a_paused_webhook_is_told_what_it_missed(
    caller: Any, webhook: Webhook, listener: Listener, drafted: Article
) -> None:
    ada = person("ada", "administrator")
    path = f"/webhooks/{webhook.pk}"
    webhooks.plan()
    assert caller(ada, "patch", path, {"active": False}).json()["active"] is False
    webhooks.plan()
    deliver_due()
    assert listener.heard == []
    assert caller(ada, "patch", path, {"active": True}).json()["active"] is True
    webhooks.plan()
    deliver_due()
    assert len(listener.heard) == 2
