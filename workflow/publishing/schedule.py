"""Publishing at a set time: an embargo is a row; whoever finds it due publishes it through the one door."""

from datetime import datetime

import structlog
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from workflow.accounts.access import may_edit_newsroom, require
from workflow.accounts.models import User
from workflow.accounts.notices import tell
from workflow.articles.models import Article
from workflow.drafting.transitions import IllegalTransition

from .body import shortened
from .models import ScheduledPublication
from .publish import NotPublishable, Presentation, publish

log = structlog.get_logger(__name__)


def schedule(
    article: Article, locale: str, due_at: datetime, by: User, presentation: Presentation | None = None
) -> ScheduledPublication:
    """Plans the publication of one locale. What is published is what is approved when the time comes.

    Raises:
        NotPublishable: the time is past, or that locale is planned already.
        PermissionDenied: the person is no editor, or may not see the article.
    """
    require(may_edit_newsroom(by, article))
    if due_at <= timezone.now():
        raise NotPublishable(_("That time is past."))
    presentation = presentation or Presentation()
    try:
        with transaction.atomic():
            return ScheduledPublication.objects.create(
                article=article,
                locale=locale,
                due_at=due_at,
                scheduled_by=by,
                slug=(presentation.slug or "").strip(),
                summary=presentation.summary and presentation.summary[:500],
                social_title=presentation.social_title and presentation.social_title[:200],
                correction=presentation.correction,
            )
    except IntegrityError:
        raise NotPublishable(_("This language is scheduled already; cancel that first.")) from None


def cancel(planned: ScheduledPublication, by: User) -> None:
    """Takes a planned publication back.

    Raises:
        NotPublishable: it has been carried out, refused or cancelled already.
        PermissionDenied: the person is no editor, or may not see the article.
    """
    require(may_edit_newsroom(by, planned.article))
    if not _claim(planned.pk, ScheduledPublication.State.CANCELLED):
        raise NotPublishable(_("It is too late: this is not waiting any more."))


def publish_due(now: datetime) -> int:
    """Publishes what is due; returns how many editions. Safe to run twice at once, or to die anywhere.

    Each row is claimed and carried out in one transaction: either the edition is there and the row done,
    or neither. A refusal (not approved in time, …) is kept with the row for the editor to see.
    """
    done = 0
    waiting = ScheduledPublication.objects.filter(
        state=ScheduledPublication.State.WAITING, due_at__lte=now
    ).values_list("pk", flat=True)
    for pk in list(waiting):
        try:
            with transaction.atomic():
                if not _claim(pk, ScheduledPublication.State.DONE):
                    continue
                planned = ScheduledPublication.objects.select_related("article", "scheduled_by").get(pk=pk)
                publish(
                    planned.article,
                    planned.locale,
                    planned.scheduled_by,
                    Presentation(
                        slug=planned.slug,
                        summary=planned.summary,
                        social_title=planned.social_title,
                        correction=planned.correction,
                    ),
                )
            done += 1
        except (NotPublishable, IllegalTransition, PermissionDenied) as refusal:
            if _claim(pk, ScheduledPublication.State.REFUSED, str(refusal)):
                log.warning("scheduled_publication_refused", schedule=pk, reason=str(refusal))
                _tell(pk, str(refusal))
        except Exception:
            # Ours to mend; it stays due, and must not hold up the others.
            log.exception("scheduled_publication_failed", schedule=pk)
    return done


def _tell(pk: int, reason: str) -> None:
    """Puts a refusal before the editor who had planned the publication."""
    planned = ScheduledPublication.objects.select_related("article", "scheduled_by").get(pk=pk)
    tell(
        planned.scheduled_by,
        "“%(title)s” (%(locale)s) was not published as scheduled: %(reason)s",
        title=shortened(planned.article.title, 120),
        locale=planned.locale,
        reason=shortened(reason, 200),
        address=f"/desk/articles/{planned.article_id}/publish",
        urgent=True,
    )


def _claim(pk: int, state: str, outcome: str = "") -> bool:
    """Moves a waiting row on; False when somebody else was faster."""
    return bool(
        ScheduledPublication.objects.filter(pk=pk, state=ScheduledPublication.State.WAITING).update(
            state=state, outcome=outcome[:500], finished_at=timezone.now()
        )
    )
