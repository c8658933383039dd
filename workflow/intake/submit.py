"""Taking an article in: the one way from a read document to an article with queued translations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from workflow.accounts.models import User
from workflow.articles.alignment import align, minor_change_refused
from workflow.articles.models import Article, Priority, Revision
from workflow.articles.revisions import SourceText, add_revision
from workflow.articles.segmentation import extract
from workflow.drafting.models import Translation
from workflow.drafting.start import translate

from .documents.reading import SourceDocument
from .fingerprints import claim, digests
from .sources.pictures import ask_for


class NeedsConfirmation(Exception):
    """The text does not look English; it is taken in only after a person confirms."""


class NotMinor(Exception):
    """A change was called minor and is not; the message says what changes."""


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
    also_at: Sequence[str] = (),
    article: Article | None = None,
) -> Article:
    """Stores the document as a new article (or as a new revision of `article`) and queues its drafts.

    Its addresses and words are remembered, so that sources do not bring it again; `also_at` are further
    addresses it is known to have. All or nothing: one transaction; the doorbell rings after it.

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
        add_revision(article, _source(document), by=by)
        claim(article, digests([canonical_url, *also_at], document.body_html))
        _translate_all(article, wishes.locales, by)
    return article


def revise(
    article: Article, document: SourceDocument, *, by: User, minor: bool = False, reason: str = ""
) -> Revision:
    """Gives the article a new source revision; its translations follow it. The same text changes nothing.

    A minor change leaves what is confirmed confirmed; it is refused where that could mislead readers.

    Raises:
        NotMinor: the change touches numbers, names, negations or whole segments.
        EmptySource: there is no text.
    """
    source = _source(document)
    if minor and article.current is not None:
        _refuse_unless_minor(article.current, source)
    with transaction.atomic():
        revision, new = add_revision(article, source, by=by, minor=minor, reason=reason)
        if new:
            claim(article, digests([], document.body_html))
            _translate_all(article, (), by)
    return revision


def _translate_all(article: Article, locales: Sequence[str], by: User | None) -> None:
    """Starts the wished translations; those there are follow the source."""
    known = Translation.objects.filter(article=article).values_list("locale", flat=True)
    for locale in sorted({*locales, *known}):
        translate(article, locale, by=by)
    if by is not None:
        # A person looks at the article next; those of sources wait for the scheduler, who rings once for all.
        ask_for(article)


def _source(document: SourceDocument) -> SourceText:
    return SourceText(document.title, document.body_html, document.byline, document.dateline)


def _refuse_unless_minor(before: Revision, source: SourceText) -> None:
    old = {segment.key: segment.text for segment in before.segments.all()}
    new = {segment.key: segment.text for segment in extract(source.html).segments}
    for pair in align(list(old.items()), list(new.items())):
        if pair.old is None or pair.new is None:
            raise NotMinor(_("A change that adds or removes a paragraph is not minor."))
        why = minor_change_refused(old[pair.old], new[pair.new])
        if why is not None:
            raise NotMinor(
                _("This change is not minor: %(why)s “%(text)s”")
                % {"why": _(why), "text": new[pair.new][:120]}
            )
