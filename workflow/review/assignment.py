"""Who works on a translation: claim (a lease), release, assign, hand over, return; and automatic routing."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from workflow.accounts.access import may_edit_newsroom, may_see, may_translate, require
from workflow.accounts.models import User
from workflow.accounts.notices import tell
from workflow.drafting.models import CLAIM, State, Translation
from workflow.messages import kept


class AlreadyClaimed(Exception):
    """Somebody else works on this translation."""


def in_force(now: datetime) -> Q:
    """The condition of an assignment in force: an editor's, or a claim that has not expired."""
    return Q(assignee__isnull=False) & (Q(claim_expires__isnull=True) | Q(claim_expires__gt=now))


def held(translation: Translation) -> bool:
    """Whether the assignment is in force: an editor's, or a claim that has not expired."""
    return translation.assignee_id is not None and (
        translation.claim_expires is None or translation.claim_expires > timezone.now()
    )


def claim(translation: Translation, by: User) -> None:
    """Takes the translation for oneself, or renews one's claim. One conditional UPDATE: two people who
    claim at the same moment do not both get it.

    Raises:
        AlreadyClaimed: a colleague holds it.
    """
    require(may_translate(by, translation.article, translation.locale))
    now = timezone.now()
    free = Q(assignee__isnull=True) | Q(claim_expires__lt=now) | Q(assignee=by, claim_expires__isnull=False)
    taken = Translation.objects.filter(free, pk=translation.pk).update(
        **_given(by, until=now + CLAIM, rule=kept("claimed"))
    )
    if not taken and not Translation.objects.filter(pk=translation.pk, assignee=by).exists():
        translation.refresh_from_db()
        raise AlreadyClaimed(_("%(name)s is working on this.") % {"name": translation.assignee})


def release(translation: Translation, by: User) -> None:
    """Gives one's own translation back to the pile; an editor may free anybody's."""
    require(translation.assignee_id == by.pk or may_edit_newsroom(by, translation.article))
    Translation.objects.filter(pk=translation.pk).update(**_given(None))


def assign(
    translation: Translation, to: User, *, by: User, reason: str = "", rule: dict[str, Any] | None = None
) -> None:
    """Gives the translation to a person until it is done: an editor's right, or a hand-over of one's own.

    Args:
        reason: why, in the words of who assigns.
        rule: why, where the desk itself chose: a kept message.
    """
    require(
        may_edit_newsroom(by, translation.article) or translation.assignee_id == by.pk,
        _("Only an editor, or the person who has it, may hand a translation on."),
    )
    require(
        may_translate(to, translation.article, translation.locale),
        _("%(name)s does not translate into this language, or may not see the article.") % {"name": to},
    )
    with transaction.atomic():
        Translation.objects.filter(pk=translation.pk).update(**_given(to, reason=reason, rule=rule))
        if to != by:
            tell(
                to,
                "%(by)s gave you “%(title)s” (%(locale)s). %(reason)s",
                by=str(by),
                title=translation.article.title[:200],
                locale=translation.locale,
                reason=rule or reason[:120],
                address=f"/desk/translations/{translation.pk}/",
            )


def candidates(translation: Translation) -> list[tuple[User, dict[str, Any]]]:
    """Translators who could take it, best first, each with the reason as a kept message.

    Order: present before absent, preferred domain first, then the lightest load of open units.
    """
    article, today = translation.article, timezone.localdate()
    open_work = Q(assignments__state__in=(State.QUEUED, State.DRAFTING, State.IN_REVIEW))
    people = (
        User.objects.filter(is_active=True, is_translator=True, working_locales__locale=translation.locale)
        .prefetch_related("working_locales")
        .annotate(load=Count("assignments", filter=open_work, distinct=True))
    )
    ranked = []
    for person in people:
        if not may_see(person, article) or _absent(person, today):
            continue
        working = next(w for w in person.working_locales.all() if w.locale == translation.locale)
        preferred = bool(article.domain) and article.domain in working.domains
        reason = kept("open translations: %(count)d", count=person.load)
        if preferred:
            reason = kept("works on %(domain)s; %(load)s", domain=article.domain, load=reason)
        ranked.append((not preferred, person.load, person.username, person, reason))
    return [
        (person, reason) for _preferred, _load, _name, person, reason in sorted(ranked, key=lambda r: r[:3])
    ]


def route(translation: Translation, *, by: User) -> User | None:
    """Assigns to the best candidate with the reason kept; None when nobody can take it."""
    best = next(iter(candidates(translation)), None)
    if best is None:
        return None
    person, reason = best
    assign(translation, person, by=by, rule=kept("routed: %(reason)s", reason=reason))
    return person


def return_to_colleague(translation: Translation, *, by: User, reason: str) -> None:
    """Sends a translation back to the person who last edited it, with a reason they will read.

    Raises:
        ValueError: no reason, or nobody has edited it yet.
    """
    require(may_translate(by, translation.article, translation.locale))
    if not reason.strip():
        raise ValueError(_("Say why it goes back."))
    colleague = translation.last_edited_by
    if colleague is None or colleague == by:
        raise ValueError(_("There is no colleague to return it to."))
    with transaction.atomic():
        from workflow.drafting.transitions import move

        if translation.state == State.APPROVED:
            move(translation, "reopen", by, reason)
        Translation.objects.filter(pk=translation.pk).update(**_given(colleague, reason=reason))
        translation.comments.create(author=by, text=reason)
        tell(
            colleague,
            "%(by)s returned “%(title)s”: %(reason)s",
            by=str(by),
            title=translation.article.title[:150],
            reason=reason[:150],
            address=f"/desk/translations/{translation.pk}/",
            urgent=True,
        )


def visible_translations(user: User) -> QuerySet[Translation]:
    """The translations of articles this person may see."""
    rows = Translation.objects.select_related("article", "revision", "assignee")
    return rows.filter(
        Q(article__restricted=False) | Q(article__people=user) | Q(article__submitted_by=user)
    ).distinct()


def _given(
    to: User | None, *, until: datetime | None = None, reason: str = "", rule: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The columns that say who has a translation, until when and why: always written together."""
    return {
        "assignee": to,
        "claim_expires": until,
        "assignment_reason": reason[:300],
        "assignment_rule": rule,
    }


def _absent(person: User, day: object) -> bool:
    return bool(
        person.absent_from
        and person.absent_from <= day  # type: ignore[operator]
        and (person.absent_until is None or day <= person.absent_until)  # type: ignore[operator]
    )
