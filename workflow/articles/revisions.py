"""Makes articles and their immutable revisions out of canonical HTML."""

import hashlib
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import Max

from workflow.accounts.models import User

from . import pictures
from .models import Article, Revision, Segment
from .segmentation import extract


@dataclass(frozen=True)
class SourceText:
    """A source text as intake hands it over: canonical sanitised HTML and what was read from it."""

    title: str
    html: str
    byline: str = ""
    dateline: str = ""


class EmptySource(Exception):
    """There is no segment in the text, so there is nothing to translate."""


def digest_of(html: str) -> str:
    """What tells a text from another: the SHA-256 of its HTML, embedded pictures taken out."""
    return hashlib.sha256(html.encode()).hexdigest()


def add_revision(
    article: Article, source: SourceText, *, by: User | None, minor: bool = False, reason: str = ""
) -> tuple[Revision, bool]:
    """Adds a revision unless the text is the current one; (revision, whether it is new).

    Pictures that came inside the text are kept with it; those of the web are noted, to be fetched later.

    Raises:
        EmptySource: the HTML has no text.
    """
    html, refused = pictures.take_out_embedded(source.html)
    content_hash = digest_of(html)
    with transaction.atomic():
        locked = Article.objects.select_for_update().get(pk=article.pk)
        if locked.current is not None and locked.current.content_hash == content_hash:
            return locked.current, False
        document = extract(html)
        if not document.segments:
            raise EmptySource(f"“{source.title}” has no text to translate.")
        number = (locked.revisions.aggregate(last=Max("number"))["last"] or 0) + 1
        revision = Revision.objects.create(
            article=locked,
            number=number,
            title=source.title[:500],
            byline=source.byline[:300],
            dateline=source.dateline[:300],
            html=html,
            skeleton=document.skeleton,
            content_hash=content_hash,
            minor=minor,
            reason=reason[:300],
            created_by=by,
        )
        Segment.objects.bulk_create(
            Segment(
                revision=revision,
                key=segment.key,
                position=position,
                kind=segment.kind,
                text=segment.text,
                codes=[asdict(code) for code in segment.codes],
                text_hash=hashlib.sha256(segment.text.encode()).hexdigest(),
            )
            for position, segment in enumerate(document.segments)
        )
        pictures.note(locked, html, refused)
        locked.current, locked.title = revision, source.title[:500]
        locked.save(update_fields=["current", "title"])
        article.current, article.title = revision, locked.title
    return revision, True
