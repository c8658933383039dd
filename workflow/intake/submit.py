"""Taking an article in: the one way from a read document to an article with queued translations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from workflow.accounts.models import User
from workflow.articles.models import Article, Priority
from workflow.articles.revisions import SourceText, add_revision
from workflow.drafting.models import Translation
from workflow.drafting.start import translate

from .documents.reading import SourceDocument


class NeedsConfirmation(Exception):
    """The text does not look English; it is taken in only after a person confirms."""


class UnknownLocale(Exception):
    """A target locale this desk does not translate into."""


@dataclass(frozen=True)
class Wishes:
    """What the submitter asks for; locales are BCP 47 target locales."""

    locales: Sequence[str] = ("ar", "fr")
    priority: int = Priority.NORMAL
    deadline: datetime | None = None
    domain: str = ""
    restricted: bool = False
    people: Sequence[User] = ()
    language_confirmed: bool = False


def submit(
    document: SourceDocument,
    wishes: Wishes,
    *,
    by: User | None,
    origin: str,
    canonical_url: str = "",
    article: Article | None = None,
) -> Article:
    """Stores the document as a new article (or as a new revision of `article`) and queues its drafts.

    All or nothing: one transaction; the doorbell rings after it.

    Raises:
        NeedsConfirmation: the text does not look English and nobody confirmed it.
        UnknownLocale: a target locale is not served here.
        EmptySource: there is no text.
    """
    for locale in wishes.locales:
        if locale not in settings.TARGET_LOCALES:
            raise UnknownLocale(_("This desk does not translate into “%(locale)s”.") % {"locale": locale})
    if document.language != "en" and not wishes.language_confirmed:
        raise NeedsConfirmation(
            _("“%(title)s” does not look English. Confirm that it is, and it will be taken in.")
            % {"title": document.title}
        )
    source = SourceText(document.title, document.body_html, document.byline, document.dateline)
    with transaction.atomic():
        if article is None:
            article = Article.objects.create(
                title=document.title[:500],
                priority=wishes.priority,
                deadline=wishes.deadline,
                domain=wishes.domain,
                restricted=wishes.restricted,
                submitted_by=by,
                canonical_url=canonical_url,
                origin=origin[:200],
            )
            article.people.set(wishes.people)
        add_revision(article, source, by=by)
        for locale in wishes.locales:
            translate(article, locale, by=by)
        for translation in Translation.objects.filter(article=article).exclude(locale__in=wishes.locales):
            translate(article, translation.locale, by=by)
    return article
