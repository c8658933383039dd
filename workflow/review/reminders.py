"""Deadlines: a word a day before, and again when it has passed; once each, to whoever can do something about it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from workflow.accounts.access import may_see
from workflow.accounts.models import Notice, User
from workflow.accounts.notices import tell
from workflow.drafting.models import State, Translation
from workflow.messages import gettext_noop

AHEAD = timedelta(hours=24)
LATE = gettext_noop("“%(title)s” (%(locale)s) is late.")
DUE_SOON = gettext_noop("“%(title)s” (%(locale)s) is due soon.")
OPEN = (State.QUEUED, State.DRAFTING, State.IN_REVIEW, State.FAILED)


def remind(now: datetime) -> int:
    """Writes the reminders that are due at `now` and not written yet; returns how many.

    Soon: the person who has the translation, else the editors. Late: both, urgently. The address of the
    notice names the stage and the deadline, so that one is written once, and again when the deadline moves.
    """
    rows = Translation.objects.filter(state__in=OPEN, article__deadline__lte=now + AHEAD)
    written = 0
    for translation in rows.select_related("article", "assignee"):
        deadline = translation.article.deadline
        if deadline is None:
            continue
        late = deadline <= now
        place = f"/desk/translations/{translation.pk}/#{'late' if late else 'due'}-{deadline:%Y%m%dT%H%M}"
        for person in _whom(translation, late=late):
            if not Notice.objects.filter(user=person, address=place).exists():
                tell(
                    person,
                    LATE if late else DUE_SOON,
                    title=translation.article.title[:200],
                    locale=translation.locale,
                    address=place,
                    urgent=late,
                )
                written += 1
    return written


def _whom(translation: Translation, *, late: bool) -> Iterable[User]:
    people = [translation.assignee] if translation.assignee else []
    if late or not people:
        people += list(User.objects.filter(is_editor=True, is_active=True))
    return {person.pk: person for person in people if may_see(person, translation.article)}.values()
