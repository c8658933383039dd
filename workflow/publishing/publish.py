"""Publishing, reissuing and withdrawing editions; each touches exactly one locale of one article."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from workflow.accounts.access import may_edit_newsroom, require
from workflow.accounts.models import User
from workflow.articles.models import Article, Revision
from workflow.drafting.models import State, Translation
from workflow.drafting.transitions import IllegalTransition, move, note_edition
from workflow.review.models import Approval

from .body import take_apart
from .deliveries import announce
from .folding import search_text
from .models import Delivery, Edition
from .slugs import RESERVED, slugify


class NotPublishable(Exception):
    """The locale cannot be published now; the message says why."""


@dataclass(frozen=True)
class Presentation:
    """What an editor may say about an edition beside its text; "" keeps what the edition before said.

    `correction` is the notice to readers of what was wrong; it belongs to this one edition and is never
    carried over.
    """

    slug: str = ""
    summary: str = ""
    social_title: str = ""
    correction: str = ""


def publish(article: Article, locale: str, by: User, presentation: Presentation | None = None) -> Edition:
    """Publishes one locale of an article: the last approved text, or the current source for English.

    Publishing a source that is live already, with nothing to say anew, gives the edition there is.

    Raises:
        NotPublishable: there is no approved text in that locale, or the slug belongs to another article.
        PermissionDenied: the person is no editor, or may not see the article.
    """
    presentation = presentation or Presentation()
    require(may_edit_newsroom(by, article))
    with transaction.atomic():
        article = _locked(article)
        if locale == article.source_locale:
            live = article.editions.live().filter(locale=locale).first()
            if live and live.revision_id == article.current_id and presentation == Presentation():
                return live
            edition = _issue(article, locale, by, None, presentation)
            note_edition(article, locale, "publish", by, live=live is not None, reason=edition.correction)
            return edition
        translation = Translation.objects.filter(article=article, locale=locale).first()
        if translation is None:
            raise NotPublishable(_("There is no translation into “%(locale)s”.") % {"locale": locale})
        approval = translation.approvals.order_by("-number").first()
        if approval is None or translation.state != State.APPROVED:
            raise NotPublishable(
                _("The translation into “%(locale)s” is %(state)s; only an approved one can be published.")
                % {"locale": locale, "state": State(translation.state).label}
            )
        edition = _issue(article, locale, by, approval, presentation)
        move(translation, "publish", by)
    return edition


def reissue(edition: Edition, by: User, presentation: Presentation) -> Edition:
    """A new edition of the same text, with another slug, summary, social title or a correction notice.

    Raises:
        NotPublishable: the edition is not live any more.
        PermissionDenied: the person is no editor, or may not see the article.
    """
    require(may_edit_newsroom(by, edition.article))
    with transaction.atomic():
        article = _locked(edition.article)
        if not Edition.objects.live().filter(pk=edition.pk).exists():
            raise NotPublishable(_("This edition is not live."))
        issued = _issue(article, edition.locale, by, edition.approval, presentation, edition.revision)
        note_edition(article, edition.locale, "reissue", by, live=True, reason=issued.correction)
    return issued


def withdraw(edition: Edition, by: User, reason: str) -> None:
    """Takes a live edition off the site; the row stays, with the reason.

    Raises:
        NotPublishable: it is not live, or no reason was given.
        PermissionDenied: the person is no editor, or may not see the article.
    """
    require(may_edit_newsroom(by, edition.article))
    if not reason.strip():
        raise NotPublishable(_("Say why the edition is withdrawn."))
    with transaction.atomic():
        # Somebody may be publishing the next edition at this moment: only the one that is live goes.
        gone = (
            Edition.objects.live()
            .filter(pk=edition.pk)
            .update(live=False, withdrawn_at=timezone.now(), withdrawal_reason=reason.strip()[:500])
        )
        if not gone:
            raise NotPublishable(_("This edition is not live."))
        translation = Translation.objects.filter(article=edition.article, locale=edition.locale).first()
        if translation is not None and translation.state == State.PUBLISHED:
            move(translation, "withdraw", by, reason)
        if edition.locale == edition.article.source_locale:
            note_edition(edition.article, edition.locale, "withdraw", by, live=True, reason=reason)
        announce(edition, Delivery.What.WITHDRAW)


def _locked(article: Article) -> Article:
    """The article's row, locked: two people publishing it come one after the other."""
    return Article.objects.select_for_update(of=("self",)).select_related("current").get(pk=article.pk)


def _issue(
    article: Article,
    locale: str,
    by: User,
    approval: Approval | None,
    presentation: Presentation,
    revision: Revision | None = None,
) -> Edition:
    """The new live edition in place of the old one, in the caller's transaction."""
    revision = revision or (approval.revision if approval else article.current)
    if revision is None:
        raise NotPublishable(_("This article has no text."))
    text = approval or revision
    body = take_apart(text.html)
    earlier = Edition.objects.filter(article=article, locale=locale)
    last = earlier.order_by("number").last()
    first = earlier.order_by("number").first()
    number = (earlier.aggregate(last=Max("number"))["last"] or 0) + 1
    now = timezone.now()
    earlier.live().update(live=False)
    wanted = presentation.slug.strip()
    fields = {
        "article": article,
        "locale": locale,
        "revision": revision,
        "approval": approval,
        "number": number,
        "title": text.title,
        "summary": (presentation.summary.strip() or (last.summary if last else ""))[:500],
        "social_title": (presentation.social_title.strip() or (last.social_title if last else ""))[:200],
        "html": text.html,
        "lead": body.lead,
        "search_text": search_text(text.title, body.plain),
        "correction": presentation.correction.strip(),
        "published_at": first.published_at if first else now,
        "issued_at": now,
        "published_by": by,
    }
    slug = _wished(wanted, locale, article) if wanted else last.slug if last else ""
    try:
        with transaction.atomic():
            edition = Edition.objects.create(
                slug=slug or _free(slugify(text.title), locale, article), **fields
            )
    except IntegrityError:
        # Another article has taken the slug since we looked; the database let only one of us have it.
        if wanted:
            raise NotPublishable(_("Another article has the address “%(slug)s”.") % {"slug": slug}) from None
        edition = Edition.objects.create(slug=f"{slugify(text.title)}-{article.pk}", **fields)
    announce(edition, Delivery.What.PUBLISH)
    return edition


def _wished(wanted: str, locale: str, article: Article) -> str:
    slug = slugify(wanted)
    if not slug or slug in RESERVED:
        raise NotPublishable(_("“%(slug)s” cannot be an address.") % {"slug": wanted})
    if _taken(slug, locale, article):
        raise NotPublishable(_("Another article has the address “%(slug)s”.") % {"slug": slug})
    return slug


def _free(slug: str, locale: str, article: Article) -> str:
    """`slug`, with the article's number behind it when it cannot be had."""
    if not slug or slug in RESERVED or _taken(slug, locale, article):
        return f"{slug}-{article.pk}".lstrip("-")
    return slug


def _taken(slug: str, locale: str, article: Article) -> bool:
    """Whether another article has, or once had, the slug: old addresses keep leading where they led."""
    return Edition.objects.filter(locale=locale, slug=slug).exclude(article=article).exists()


__all__ = ["IllegalTransition", "NotPublishable", "Presentation", "publish", "reissue", "withdraw"]
