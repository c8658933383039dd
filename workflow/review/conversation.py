"""What people say about a translation: remarks on its units, which go on with the unit when the source changes."""

from collections import defaultdict

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
