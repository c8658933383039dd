"""Taking an article in: the one way from a read document to an article with queued translations."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from workflow.accounts.access import may_see
from workflow.accounts.models import User
from workflow.articles.alignment import align, minor_change_refused
from workflow.articles.models import Article, Priority, Revision
from workflow.articles.pictures import take_out_embedded
from workflow.articles.revisions import SourceText, add_revision, digest_of
from workflow.articles.segmentation import extract
from workflow.drafting.models import Translation
from workflow.drafting.start import translate

from .documents.reading import SourceDocument
from .fingerprints import claim, digests, exactly, lock
from .sources.addresses import canonical
from .sources.pictures import ask_for


class NeedsConfirmation(Exception):
    """The text does not look English; it is taken in only after a person confirms."""


class NotMinor(Exception):
    """A change was called minor and is not; the message says what changes."""


class UnknownLocale(Exception):
    """A target locale this desk does not translate into."""


class AlreadyHere(Exception):
    """The address is that of an article which is here with another text: `article`."""

    def __init__(self, article: Article) -> None:
        super().__init__(
            _(
                "This address is here already, with another text, as article %(number)d. "
                "Send the new text as a revision of it."
            )
            % {"number": article.pk}
        )
        self.article = article


@dataclass(frozen=True)
class Wishes:
    """What the submitter asks for; locales are BCP 47 target locales."""

    locales: Sequence[str] = ("ar", "fr")
    priority: int = Priority.NORMAL
    deadline: datetime | None = None
    domain: str = ""
    restricted: bool = False
    people: Collection[User] = ()
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


def submit_once(
    document: SourceDocument,
    wishes: Wishes,
    *,
    by: User | None,
    origin: str,
    canonical_url: str = "",
    revised: bool = False,
) -> tuple[Article, bool]:
    """Submits what people and programs hand in, unless it is here already; (article, whether it is new).

    The same text is the article there is, at whatever address; languages it is wished in and not translated
    into yet are started. A changed text at a known address becomes the article's next
    revision if the sender said `revised`, and is refused otherwise. Of an article that the person may not
    see nothing tells, and nothing submitted as restricted becomes part of an open one.

    Raises:
        AlreadyHere: the address is known with another text.
        Whatever `submit` raises.
    """
    html, _refused = take_out_embedded(document.body_html)
    address, text = canonical(canonical_url), digest_of(html)
    with transaction.atomic():
        prints = [*digests([address], html), exactly(html)]
        owners = lock(prints)
        same_text = Article.objects.filter(current__content_hash=text).order_by("pk")
        # The fingerprint of the address, if there is one, comes first.
        at_address = Article.objects.filter(canonical_url=address).order_by("pk")
        known_here = chain(filter(None, owners[:1]), at_address) if address else ()
        candidates = chain(known_here, same_text)
        known = next((article for article in candidates if _same(article, wishes, by)), None)
        if known is None:
            article = submit(document, wishes, by=by, origin=origin, canonical_url=address)
        else:
            if (known.current is None or known.current.content_hash != text) and not revised:
                raise AlreadyHere(known)
            article = submit(document, wishes, by=by, origin=origin, article=known)
        claim(article, prints)
    return article, known is None


def _same(article: Article, wishes: Wishes, by: User | None) -> bool:
    """Whether what is handed in may become part of the article; the command line, of no person, sees all."""
    return (article.restricted or not wishes.restricted) and (by is None or may_see(by, article))


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
