"""Who works on a translation: claim (a lease), release, assign, hand over, return; and automatic routing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from workflow.accounts.access import may_edit_newsroom, may_see, may_translate, require
from workflow.accounts.models import User
from workflow.accounts.notices import tell
from workflow.drafting.models import CLAIM, State, Translation
from workflow.messages import gettext_noop, in_words, kept


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
    """Gives one's own translation back to the pile; an editor may free anybody's.

    The reason stays with it, so that automatic routing does not give it straight back.
    """
    require(translation.assignee_id == by.pk or may_edit_newsroom(by, translation.article))
    released = kept("released by %(name)s", name=str(by))
    Translation.objects.filter(pk=translation.pk).update(**_given(None, rule=released))


def assign(
    translation: Translation,
    to: User,
    *,
    by: User | None,
    reason: str = "",
    rule: dict[str, Any] | None = None,
) -> bool:
    """Gives the translation to a person until it is done: an editor's right, or a hand-over of one's own.

    Args:
        by: None when the desk itself assigns, which takes it from nobody.
        reason: why, in the words of who assigns.
        rule: why, where the desk itself chose: a kept message.

    Returns whether it was given: the desk comes too late when somebody claims it at the same moment.

    Raises:
        PermissionDenied: `by` may not hand it on, or `to` may not translate it.
    """
    require(
        by is None or may_edit_newsroom(by, translation.article) or translation.assignee_id == by.pk,
        _("Only an editor, or the person who has it, may hand a translation on."),
    )
    require(
        may_translate(to, translation.article, translation.locale),
        _("%(name)s does not translate into this language, or may not see the article.") % {"name": to},
    )
    rows = Translation.objects.filter(pk=translation.pk)
    if by is None:
        rows = rows.filter(assignee__isnull=True)
    said: dict[str, Any] = {
        "title": translation.article.title[:200],
        "locale": translation.locale,
        "reason": rule or reason[:120],
        "address": f"/desk/translations/{translation.pk}/",
    }
    with transaction.atomic():
        if not rows.update(**_given(to, reason=reason, rule=rule)):
            return False
        if by is None:
            tell(to, "“%(title)s” (%(locale)s) is yours. %(reason)s", **said)
        elif to != by:
            tell(to, "%(by)s gave you “%(title)s” (%(locale)s). %(reason)s", by=str(by), **said)
    return True


@dataclass(frozen=True)
class Candidates:
    """Who could take a translation, best first, each with the reason as a kept message.

    `nobody` says why there is nobody.
    """

    ranked: Sequence[tuple[User, dict[str, Any]]] = ()
    nobody: dict[str, Any] | None = None


def candidates(translation: Translation) -> Candidates:
    """Weighs the translators of the locale for a translation.

    Order: preferred domain first, then the lightest load of open translations beside this one; who has
    it already wins a tie. The absent, and those who may not see the article, are passed over.
    """
    article, now = translation.article, timezone.now()
    beside = ~Q(assignments__pk=translation.pk) & Q(
        Q(assignments__claim_expires__isnull=True) | Q(assignments__claim_expires__gt=now),
        assignments__state__in=(State.QUEUED, State.DRAFTING, State.IN_REVIEW),
    )
    people = (
        User.objects.filter(is_active=True, is_translator=True, working_locales__locale=translation.locale)
        .prefetch_related("working_locales")
        .annotate(load=Count("assignments", filter=beside, distinct=True))
        .order_by("username")
    )
    if not people:
        return Candidates(nobody=kept("nobody translates into this language"))
    allowed = [person for person in people if may_see(person, article)]
    if not allowed:
        return Candidates(nobody=kept("no translator of this language is named on the restricted article"))
    away = [person for person in allowed if _absent(person, timezone.localdate())]
    names = ", ".join(str(person) for person in away)
    ranked = []
    for person in allowed:
        if person in away:
            continue
        working = next(w for w in person.working_locales.all() if w.locale == translation.locale)
        domains = [domain.casefold() for domain in working.domains]
        preferred = bool(article.domain) and article.domain.casefold() in domains
        reason = kept("open translations: %(count)d", count=person.load)
        if preferred:
            reason = kept("works on %(domain)s; %(load)s", domain=article.domain, load=reason)
        if away:
            reason = kept("%(reason)s; away: %(names)s", reason=reason, names=names)
        order = (not preferred, person.load, person.pk != translation.assignee_id)
        ranked.append((order, person, reason))
    ranked.sort(key=lambda entry: entry[0])
    return Candidates(
        ranked=[(person, reason) for _order, person, reason in ranked],
        nobody=None if ranked else kept("away: %(names)s", names=names),
    )


# Why a translation lies where it is although the desk has looked for somebody.
NOBODY_FITS = gettext_noop("nobody fits: %(reason)s")


class NobodyFits(Exception):
    """No translator can take the translation; the message says why."""


def route(translation: Translation, *, by: User | None) -> User | None:
    """Assigns to the best candidate with the reason kept; `by` as in `assign`.

    Returns who has it now; None when somebody claimed it at the same moment.

    Raises:
        NobodyFits: nobody can take it; the reason is kept where nobody has it.
    """
    found = candidates(translation)
    if not found.ranked:
        rule = kept(NOBODY_FITS, reason=found.nobody)
        if translation.assignment_rule != rule:
            rows = Translation.objects.filter(pk=translation.pk, assignee__isnull=True)
            rows.update(**_given(None, rule=rule))
        raise NobodyFits(in_words(rule))
    person, reason = found.ranked[0]
    given = assign(translation, person, by=by, rule=kept("routed: %(reason)s", reason=reason))
    return person if given else None


def route_ready() -> int:
    """Routes every translation whose draft is ready and that nobody has had yet, the most urgent first;
    returns how many found somebody. Those for whom nobody fitted the last time are tried again.

    Does nothing when the setting AUTO_ASSIGN is off.
    """
    if not settings.AUTO_ASSIGN:
        return 0
    untold = Q(assignment_rule__isnull=True) | Q(assignment_rule__message=NOBODY_FITS)
    ready = Translation.objects.filter(untold, state=State.IN_REVIEW, assignee__isnull=True)
    ready = ready.select_related("article").order_by("article__priority", "article__created_at", "locale")
    given = 0
    for translation in ready:
        try:
            given += route(translation, by=None) is not None
        except NobodyFits:
            continue
    return given


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


def _absent(person: User, day: date) -> bool:
    return person.absent_from is not None and person.absent_from <= day <= (person.absent_until or day)
