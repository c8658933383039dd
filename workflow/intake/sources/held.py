"""Tells editors that articles of a source wait for their word: once for each look at it, however many they are."""

from django.db import transaction
from django.utils import timezone

from workflow.accounts.access import may_see
from workflow.accounts.models import Notice, User
from workflow.accounts.notices import tell
from workflow.intake.models import Item, Source


def tell_editors() -> int:
    """Writes the notices of held items nobody was told of; returns of how many sources.

    A source is told of when none of its items waits to be taken in any more, so that one notice counts them
    all. Whatever is held later by the same look at the source is told with the next one's.
    """
    untold = Source.objects.filter(items__state=Item.State.HELD, items__told=False).distinct()
    return sum(_tell_of(pk) for pk in untold.values_list("pk", flat=True))


def _tell_of(source_id: int) -> bool:
    with transaction.atomic():
        # Two processes at once: the second waits here, and finds everything told.
        source = Source.objects.select_for_update().get(pk=source_id)
        if source.items.filter(state=Item.State.PLANNED, due_at__lte=timezone.now()).exists():
            return False
        latest = source.polls.order_by("-pk").values_list("pk", flat=True).first()
        place = f"/desk/sources/{source.pk}/?state=held#look-{latest or 0}"
        if Notice.objects.filter(address=place).exists():
            return False
        count = source.items.filter(state=Item.State.HELD, told=False).update(told=True)
        editors = User.objects.filter(is_editor=True, is_active=True) if count else []
        for person in editors:
            if may_see(person, source):
                tell(
                    person,
                    "Articles of “%(source)s” that need your confirmation: %(count)d.",
                    source=source.name,
                    count=count,
                    address=place,
                )
    return bool(count)
