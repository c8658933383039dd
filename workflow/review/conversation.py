"""What people say about a translation: remarks that stay with their unit when the source changes, until resolved."""

from collections import defaultdict

from django.utils import timezone

from workflow.accounts.access import may_see, may_translate
from workflow.accounts.models import User
from workflow.drafting.lineage import successors
from workflow.drafting.models import Translation

from .models import Comment


def threads(translation: Translation) -> tuple[dict[int, list[Comment]], list[Comment]]:
    """The comments of each current unit, by its id, and those on the whole text; oldest first.

    A comment stays with the unit it was written on; it is shown with the unit that goes on from that one.
    When its segment has gone from the source, it stands with those on the whole text.
    """
    now = successors(translation)
    by_unit: dict[int, list[Comment]] = defaultdict(list)
    whole: list[Comment] = []
    for comment in translation.comments.select_related("author", "resolved_by"):
        place = now.get(comment.unit_id) if comment.unit_id else None
        (whole if place is None else by_unit[place]).append(comment)
    return by_unit, whole


def may_settle(user: User, comment: Comment) -> bool:
    """Whether the person may resolve and reopen the comment: who works on the translation, and its author."""
    article = comment.translation.article
    return may_translate(user, article, comment.translation.locale) or (
        comment.author_id == user.pk and may_see(user, article)
    )


def resolve(comment: Comment, by: User) -> None:
    """Marks the comment as dealt with; who did so first stays on record."""
    if comment.resolved_at is None:
        comment.resolved_at, comment.resolved_by = timezone.now(), by
        comment.save(update_fields=["resolved_at", "resolved_by"])


def reopen(comment: Comment) -> None:
    """Takes the resolution of the comment back."""
    comment.resolved_at = comment.resolved_by = None
    comment.save(update_fields=["resolved_at", "resolved_by"])
