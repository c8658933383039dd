"""What editors decide about sources and their items: look now, take it in, leave it, try again."""

from django.utils import timezone

from workers.doorbell import ring
from workflow.accounts.models import User
from workflow.intake.models import Item, Source


def ask(source: Source) -> None:
    """Asks for a look at the source now; of one that is not active, for a trial."""
    Source.objects.filter(pk=source.pk).update(asked=True)
    ring("tasks.poll_source", source.pk)


def accept(item: Item, by: User) -> bool:
    """Takes in what was held, as it is here; False when it was not held any more."""
    return _plan(item, Item.State.HELD, confirmed_by=by, host="")


def retry(item: Item) -> bool:
    """Tries an item that failed again; False when it is not failed any more, or was a file: a file is tried
    again by putting it back into its folder."""
    return item.source.kind != Source.Kind.FOLDER and _plan(item, Item.State.FAILED)


def dismiss(item: Item) -> bool:
    """Leaves an item out, now and when it changes; False when it was neither held nor failed."""
    waiting = Item.objects.filter(pk=item.pk, state__in=(Item.State.HELD, Item.State.FAILED))
    return bool(waiting.update(state=Item.State.DISMISSED, html=""))


def _plan(item: Item, state: str, **fields: object) -> bool:
    planned = Item.objects.filter(pk=item.pk, state=state).update(
        state=Item.State.PLANNED, due_at=timezone.now(), attempts=0, error="", lease_expires=None, **fields
    )
    if planned:
        ring("tasks.take_items")
    return bool(planned)
