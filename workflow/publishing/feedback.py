"""Takes what readers say of an edition: satisfaction, a comment, a passage; keeps nothing about who said it.

Against abuse: a field only machines fill in, short texts, a few messages an hour from one visitor and a
ceiling for each edition whoever sends them. A visitor is known by a keyed hash whose random key lives in
the cache for the day and is then gone, so that not even we can find out whom it stood for.
"""

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from workflow.articles import codes
from workflow.drafting.models import Translation, TranslationUnit
from workflow.review.models import Comment
from workflow.visitors import origin_of

from .body import take_apart
from .models import Edition, Feedback, Satisfaction

LONGEST_COMMENT = 2000
LONGEST_PASSAGE = 1000
PER_VISITOR_HOUR = 6
PER_VISITOR_DAY = 30
PER_EDITION_HOUR = 120
REPORTS_PER_EDITION_DAY = 40


class FeedbackRefused(Exception):
    """The message was not taken; the text says why in words for a reader."""


class TooMuchFeedback(FeedbackRefused):
    """One visitor, or everybody together, sends more than people do."""


@dataclass(frozen=True)
class Message:
    """What the form holds. `trap` is the field people do not see; `block` the id of a passage (`t3`)."""

    satisfaction: str = ""
    comment: str = ""
    block: str = ""
    passage: str = ""
    trap: str = ""


def take(edition: Edition, message: Message, address: str) -> Feedback | None:
    """Stores a reader's message about an edition; a report becomes a comment on the desk of its locale.

    The same visitor's second vote on the same edition within a day replaces the first.

    Args:
        address: the visitor's network address, used for limits and then forgotten.
    Returns: the stored row; None for a machine's message, which is dropped in silence.

    Raises:
        FeedbackRefused: there is nothing in it, or it is too long.
        TooMuchFeedback: a limit is reached.
    """
    if message.trap:
        return None
    satisfaction = _step(message.satisfaction)
    comment, passage = _printable(message.comment).strip(), " ".join(_printable(message.passage).split())
    if len(comment) > LONGEST_COMMENT or len(passage) > LONGEST_PASSAGE:
        raise FeedbackRefused(_("Please keep it to %(count)d characters.") % {"count": LONGEST_COMMENT})
    block = next((p for p in take_apart(edition.html).passages if p.id == message.block), None)
    if block is None and passage:
        block = next((p for p in take_apart(edition.html).passages if passage in p.text), None)
    if passage and (block is None or passage not in block.text):
        passage = ""  # only words that stand in the edition are a passage of it
    passage = passage or (block.text[:LONGEST_PASSAGE] if block else "")
    if satisfaction is None and not comment and not passage:
        raise FeedbackRefused(_("Choose how satisfied you are, or write a few words."))
    visitor = _visitor(address)
    _refuse_too_much(edition, visitor)
    with transaction.atomic():
        if not comment and not passage and visitor:
            since = timezone.now() - timedelta(days=1)
            earlier = edition.feedback.filter(
                visitor=visitor, created_at__gte=since, comment="", passage=""
            ).first()
            if earlier is not None:
                earlier.satisfaction = satisfaction
                earlier.save(update_fields=["satisfaction"])
                return earlier
        return Feedback.objects.create(
            edition=edition,
            satisfaction=satisfaction,
            comment=comment,
            passage=passage,
            visitor=visitor,
            report=_report(edition, comment, passage, block.text if block else "") if passage else None,
        )


def _printable(text: str) -> str:
    """The text without control characters other than line breaks and tabs; no database wants a NUL."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))


def _step(value: str) -> int | None:
    if value in {str(step) for step in Satisfaction.values}:
        return int(value)
    return None


def _report(edition: Edition, comment: str, passage: str, block: str) -> Comment | None:
    """The report as a comment on the unit that holds the passage, for the people of that locale."""
    if edition.approval is None:
        return None
    since = timezone.now() - timedelta(days=1)
    if (
        edition.feedback.filter(report__isnull=False, created_at__gte=since).count()
        >= REPORTS_PER_EDITION_DAY
    ):
        return None
    translation = edition.approval.translation
    text = _("A reader reports: “%(passage)s”") % {"passage": passage}
    return Comment.objects.create(
        translation=translation,
        unit=_unit_of(translation, edition, block),
        from_reader=True,
        text="\n\n".join(part for part in (text, comment) if part)[:4000],
    )


def _unit_of(translation: Translation, edition: Edition, block: str) -> TranslationUnit | None:
    """The unit whose approved text is the block: of the revision the translation follows now, if the
    segment is still there, or else of the one the edition was made from."""
    key = next(
        (
            key
            for key, unit in edition.approval.targets.items()  # type: ignore[union-attr]
            if " ".join(codes.plain(unit["target"]).split()) == block
        ),
        None,
    )
    if key is None:
        return None
    read = translation.units.filter(segment__revision_id=edition.revision_id, segment__key=key)
    unit = read.select_related("segment").first()
    if unit is None or translation.revision_id == edition.revision_id:
        return unit
    same_text = translation.current_units().filter(segment__text_hash=unit.segment.text_hash)
    return same_text.first() or unit


def _visitor(address: str) -> str:
    """The visitor's hash for today; "" when the cache cannot keep today's key."""
    try:
        name = f"feedback-key:{timezone.localdate():%Y%m%d}"
        cache.add(name, secrets.token_bytes(32), timeout=24 * 3600)
        key = cache.get(name)
    except Exception:
        return ""
    return hmac.new(key, origin_of(address).encode(), hashlib.sha256).hexdigest()[:32] if key else ""


def _refuse_too_much(edition: Edition, visitor: str) -> None:
    hour_ago = timezone.now() - timedelta(hours=1)
    everybody = edition.feedback.filter(created_at__gte=hour_ago).count()
    if everybody >= PER_EDITION_HOUR or (
        visitor
        and (
            _counted(f"feedback:{visitor}:{timezone.now():%d%H}", 3600) > PER_VISITOR_HOUR
            or _counted(f"feedback:{visitor}:{timezone.now():%d}", 86400) > PER_VISITOR_DAY
        )
    ):
        raise TooMuchFeedback(_("Thank you, we have heard a lot from here. Please try again later."))


def _counted(name: str, seconds: int) -> int:
    """How often `name` was counted within its time, this time included."""
    try:
        cache.add(name, 0, timeout=seconds)
        return cache.incr(name)
    except Exception:
        # Without a cache the ceiling for each edition, which the database counts, still holds.
        return 0
