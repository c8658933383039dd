"""Every move of a translation between states: the table of what is legal, and the one place it happens.

queued → drafting → in_review → approved → published        failed (retryable)
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from workflow.accounts.models import User
from workflow.articles.models import Article

from .models import State, Transition, Translation

LEGAL: dict[str, tuple[frozenset[str], str]] = {
    "start_drafting": (frozenset({State.QUEUED}), State.DRAFTING),
    "finish_drafting": (frozenset({State.QUEUED, State.DRAFTING}), State.IN_REVIEW),
    "fail": (frozenset({State.QUEUED, State.DRAFTING}), State.FAILED),
    "retry": (frozenset({State.FAILED}), State.QUEUED),
    "approve": (frozenset({State.IN_REVIEW}), State.APPROVED),
    "reopen": (frozenset({State.APPROVED, State.PUBLISHED}), State.IN_REVIEW),
    "publish": (frozenset({State.APPROVED}), State.PUBLISHED),
    "withdraw": (frozenset({State.PUBLISHED}), State.APPROVED),
    "follow_source": (frozenset(State.values), State.QUEUED),
}


# What was approved stays as it is until somebody reopens it: no stray key takes an approval back.
CLOSED = frozenset({State.APPROVED, State.PUBLISHED})

# What happens to an edition without moving a state of ours: the source has none, and a reissue changes none.
OF_EDITIONS = {"publish": State.PUBLISHED, "reissue": State.PUBLISHED, "withdraw": State.APPROVED}


class IllegalTransition(Exception):
    """The translation is not in a state from which this step can be taken."""


def require_editable(translation: Translation) -> None:
    """Refuses work on a translation that is not in review: still being drafted, failed, or closed.

    Raises:
        IllegalTransition: always says in which state the translation is.
    """
    if translation.state == State.IN_REVIEW:
        return
    told = (
        _("This translation is %(state)s: it can be changed once it is reopened.")
        if translation.state in CLOSED
        else _("This translation is %(state)s and cannot be edited now.")
    )
    raise IllegalTransition(told % {"state": State(translation.state).label})


def move(translation: Translation, name: str, actor: User | None = None, reason: str = "") -> None:
    """Takes the step `name` and logs it; the row's own state decides, not the copy in memory.

    Raises:
        IllegalTransition: the translation is in another state (somebody may have been faster).
    """
    legal_from, after = LEGAL[name]
    with transaction.atomic():
        before = (
            Translation.objects.select_for_update().values_list("state", flat=True).get(pk=translation.pk)
        )
        if before not in legal_from:
            raise IllegalTransition(
                _("“%(title)s” (%(locale)s) is %(state)s; that step cannot be taken now.")
                % {
                    "title": translation.article.title,
                    "locale": translation.locale,
                    "state": State(before).label,
                }
            )
        now = timezone.now()
        translation.state, translation.state_since = after, now
        translation.failure = reason if after == State.FAILED else ""
        translation.save(update_fields=["state", "state_since", "failure"])
        Transition.objects.create(
            translation=translation, name=name, before=before, after=after, actor=actor, reason=reason[:500]
        )


def note_edition(
    article: Article, locale: str, name: str, actor: User, *, live: bool, reason: str = ""
) -> None:
    """Logs a step of an edition that is no move of a translation's state; see OF_EDITIONS.

    A source text needs nobody's approval: it is approved before it is published and after it is withdrawn.

    Args:
        live: whether readers had an edition in that locale until now.
    """
    source = locale == article.source_locale
    Transition.objects.create(
        source=article if source else None,
        translation=None if source else Translation.objects.get(article=article, locale=locale),
        name=name,
        before=State.PUBLISHED if live else State.APPROVED,
        after=OF_EDITIONS[name],
        actor=actor,
        reason=reason[:500],
    )
