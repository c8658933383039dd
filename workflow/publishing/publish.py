"""Publishing, reissuing and withdrawing editions; each touches exactly one locale of one article."""

from dataclasses import dataclass
from datetime import datetime

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

from . import addresses
from .body import take_apart
from .deliveries import announce
from .folding import search_text
from .models import Delivery, Edition
from .slugs import RESERVED, slugify

LONGEST_CORRECTION = 2000


class NotPublishable(Exception):
    """The locale cannot be published now; the message says why."""


@dataclass(frozen=True)
class Presentation:
    """What an editor may say about an edition beside its text: None keeps what the edition before said, and
    "" says nothing any more.

    `correction` is the notice to readers of what was wrong. A page never has no address: a slug of ""
    keeps it, too.
    """

    slug: str | None = None
    summary: str | None = None
    social_title: str | None = None
    correction: str | None = None

    def over(self, last: Edition | None) -> dict[str, str]:
        """The fields of the edition that comes after `last`, all but the slug."""
        return {
            name: ((last and getattr(last, name)) or "" if said is None else said.strip())[:longest]
            for name, said, longest in (
                ("summary", self.summary, 500),
                ("social_title", self.social_title, 200),
                ("correction", self.correction, LONGEST_CORRECTION),
            )
        }


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
            if live and live.revision_id == article.current_id and _says_nothing_new(presentation, live):
                return live
            edition = _issue(article, locale, by, None, presentation)
            note_edition(article, locale, "publish", by, live=live is not None, reason=_news_of(edition))
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
        note_edition(article, edition.locale, "reissue", by, live=True, reason=_news_of(issued))
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


def _corrected_at(correction: str, last: Edition | None, now: datetime) -> datetime | None:
    """When readers were first shown a correction, this one or that of the edition before."""
    if not correction:
        return None
    return last.corrected_at if last and last.correction == correction else now


def _news_of(edition: Edition) -> str:
    """The correction, when this edition is the first to show it."""
    return edition.correction if edition.corrected_at == edition.issued_at else ""


def _says_nothing_new(presentation: Presentation, live: Edition) -> bool:
    same = all(getattr(live, name) == value for name, value in presentation.over(live).items())
    return same and presentation.slug in (None, "", live.slug)


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
    wanted = (presentation.slug or "").strip()
    said = presentation.over(last)
    fields = {
        "article": article,
        "locale": locale,
        "revision": revision,
        "approval": approval,
        "number": number,
        "title": text.title,
        **said,
        "corrected_at": _corrected_at(said["correction"], last, now),
        "html": text.html,
        "lead": body.lead,
        "search_text": search_text(text.title, body.plain),
        "feed_id": last.feed_id if last else addresses.tag(article.pk, locale, now.date()),
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
