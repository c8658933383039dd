"""Publishing and withdrawing editions; each touches exactly one locale of one article."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from workflow.accounts.access import may_edit_newsroom, require
from workflow.accounts.models import User
from workflow.articles.models import Article
from workflow.drafting.models import State, Translation
from workflow.drafting.transitions import IllegalTransition, move

from .models import Edition
from .slugs import slugify


class NotPublishable(Exception):
    """The locale cannot be published now; the message says why."""


def publish(article: Article, locale: str, by: User, *, correction: str = "") -> Edition:
    """Publishes one locale of an article: the last approved text, or the current source for English.

    Raises:
        NotPublishable: there is no approved text in that locale.
        PermissionDenied: the person is no editor, or may not see the article.
    """
    require(may_edit_newsroom(by, article))
    with transaction.atomic():
        article = Article.objects.select_for_update(of=("self",)).select_related("current").get(pk=article.pk)
        if locale == article.source_locale:
            return _replace(article, locale, by, correction=correction)
        translation = Translation.objects.filter(article=article, locale=locale).first()
        if translation is None:
            raise NotPublishable(_("There is no translation into “%(locale)s”.") % {"locale": locale})
        approval = translation.approvals.order_by("-number").first()
        if approval is None or translation.state != State.APPROVED:
            raise NotPublishable(
                _("The translation into “%(locale)s” is %(state)s; only an approved one can be published.")
                % {"locale": locale, "state": State(translation.state).label}
            )
        edition = _replace(article, locale, by, approval=approval, correction=correction)
        move(translation, "publish", by)
    return edition


def withdraw(edition: Edition, by: User, reason: str) -> None:
    """Takes a live edition off the site; the row stays, with the reason.

    Raises:
        NotPublishable: it is not live, or no reason was given.
    """
    require(may_edit_newsroom(by, edition.article))
    if not reason.strip():
        raise NotPublishable(_("Say why the edition is withdrawn."))
    with transaction.atomic():
        gone = Edition.objects.filter(pk=edition.pk, live=True).update(
            live=False, withdrawn_at=timezone.now(), withdrawal_reason=reason.strip()[:500]
        )
        if not gone:
            raise NotPublishable(_("This edition is not live."))
        translation = Translation.objects.filter(article=edition.article, locale=edition.locale).first()
        if translation is not None and translation.state == State.PUBLISHED:
            move(translation, "withdraw", by, reason)


def _replace(article, locale, by, *, approval=None, correction=""):  # type: ignore[no-untyped-def]
    """The new live edition in place of the old one, in the caller's transaction."""
    revision = approval.revision if approval else article.current
    title = approval.title if approval else revision.title
    earlier = Edition.objects.filter(article=article, locale=locale)
    number = (earlier.aggregate(last=Max("number"))["last"] or 0) + 1
    first = earlier.order_by("number").first()
    earlier.filter(live=True).update(live=False)
    slug = first.slug if first else _free_slug(slugify(title), locale, article)
    return Edition.objects.create(
        article=article,
        locale=locale,
        revision=revision,
        approval=approval,
        number=number,
        slug=slug,
        title=title,
        html=approval.html if approval else revision.html,
        correction=correction,
        published_at=first.published_at if first else timezone.now(),
        published_by=by,
    )


def _free_slug(slug: str, locale: str, article: Article) -> str:
    """`slug`, with the article's number behind it when another article has it."""
    taken = Edition.objects.filter(locale=locale, slug=slug).exclude(article=article).exists()
    return f"{slug}-{article.pk}" if taken or not slug else slug


__all__ = ["IllegalTransition", "NotPublishable", "publish", "withdraw"]
