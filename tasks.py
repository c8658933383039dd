"""The Celery tasks: the only door between the web side and the workers. Each carries ids, never text;
each may run twice or die anywhere, with the same result."""

from functools import cache
from typing import Any

from celery.signals import worker_ready, worker_shutting_down
from django.utils import timezone

from workers.app import app
from workers.doorbell import send
from workflow.accounts import digest
from workflow.api import webhooks
from workflow.drafting import queue, work
from workflow.intake.sources import held, pictures, polling, taking
from workflow.publishing import deliveries, schedule
from workflow.review import assignment, reminders


@cache
def _registry() -> Any:
    return work.registry()


@app.task(name="tasks.draft")
def draft(translation_id: int) -> None:
    """Drafts what waits, this translation's segments among it; rings again if that takes long."""
    more = work.drain(_registry())
    queue.settle(translation_id)
    if more:
        send("tasks.draft", translation_id)


@app.task(name="tasks.sweep")
def sweep() -> None:
    """Every few seconds: puts back what dead workers held and rings once for what waits."""
    queue.release_expired()
    waiting = queue.first_waiting()
    if waiting is not None:
        send("tasks.draft", waiting, expires=30)


@app.task(name="tasks.route")
def route() -> None:
    """When a draft is ready, and every half minute: gives what nobody has had yet to whoever fits best."""
    assignment.route_ready()


@app.task(name="tasks.plan_webhooks")
def plan_webhooks() -> None:
    """Every few seconds: plans what webhooks have to be told, and rings for what is due."""
    webhooks.plan()


@app.task(name="tasks.deliver_webhook")
def deliver_webhook(delivery_id: int) -> None:
    """Tells one webhook of one transition."""
    webhooks.deliver(delivery_id)


@app.task(name="tasks.poll_due_sources")
def poll_due_sources() -> None:
    """Every half minute: rings for the sources whose time has come, for items and pictures that wait."""
    for source_id in polling.due():
        send("tasks.poll_source", source_id)
    if taking.waiting():
        send("tasks.take_items", expires=30)
    if pictures.waiting():
        send("tasks.fetch_pictures", expires=30)


@app.task(name="tasks.poll_source")
def poll_source(source_id: int) -> None:
    """Looks what is new at one source."""
    polling.poll(source_id)


@app.task(name="tasks.take_items")
def take_items() -> None:
    """Takes waiting items in, urgent and newest first; rings again if that takes long, and for their pictures."""
    if taking.drain():
        send("tasks.take_items")
    if pictures.waiting():
        send("tasks.fetch_pictures", expires=30)


@app.task(name="tasks.fetch_pictures")
def fetch_pictures() -> None:
    """Fetches the pictures of articles; where they are published already, destinations get them, too."""
    for article_id in pictures.drain():
        deliveries.announce_again(article_id)
    if pictures.waiting():
        send("tasks.fetch_pictures", expires=30)


@app.task(name="tasks.mail_notices")
def mail_notices() -> None:
    """Every minute: writes what people are to be reminded of and told, and mails the notices that are due."""
    reminders.remind(timezone.now())
    held.tell_editors()
    digest.mail_notices(timezone.now())


@app.task(name="tasks.publish_due")
def publish_due() -> None:
    """Every minute or so: publishes what was scheduled for a time that has come."""
    schedule.publish_due(timezone.now())


@app.task(name="tasks.plan_deliveries")
def plan_deliveries() -> None:
    """Every few seconds: rings for the pushes to other systems that are due."""
    for delivery_id in deliveries.due(timezone.now()):
        send("tasks.push_edition", delivery_id)


@app.task(name="tasks.push_edition")
def push_edition(delivery_id: int) -> None:
    """Pushes one edition to one destination."""
    deliveries.deliver(delivery_id)


@worker_ready.connect
def take_over(sender: Any = None, **_kwargs: object) -> None:
    """A starting mt worker takes over at once what its dead predecessor in this place held."""
    if sender is not None and "mt" in sender.app.amqp.queues.consume_from:
        queue.release_dead(work.PLACE, work.OWNER)
        sweep()


@worker_shutting_down.connect
def stop_after_batch(**_kwargs: object) -> None:
    """Asked to stop, the mt worker finishes the batch in hand, not the queue."""
    work.stopping.set()
