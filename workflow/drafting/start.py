"""Starts a translation of an article, and lets it follow the source when the source changes."""

from django.db import transaction

from workflow.accounts.models import User
from workflow.accounts.notices import tell
from workflow.articles.alignment import align, minor_change_refused
from workflow.articles.models import Article, Segment
from workflow.messages import gettext_noop

from .findings import find
from .models import DraftItem, ItemState, Origin, Translation, TranslationUnit, UnitState, UnitVersion
from .queue import OPEN, enqueue, settle
from .transitions import move

CARRIED = gettext_noop("carried from the previous revision")


def translate(article: Article, locale: str, *, by: User | None) -> Translation:
    """The translation of the article into `locale`: made and queued, or the one there is, following.

    Idempotent: asked twice, it does nothing the second time.
    """
    revision = article.current
    if revision is None:
        raise ValueError(f"Article {article.pk} has no source revision yet.")
    with transaction.atomic():
        translation, created = Translation.objects.get_or_create(
            article=article, locale=locale, defaults={"revision": revision}
        )
        if created:
            segments = Segment.objects.filter(revision=revision)
            TranslationUnit.objects.bulk_create(
                TranslationUnit(translation=translation, segment=segment) for segment in segments
            )
            enqueue(translation)
        elif not translation.follows_current_source:
            follow_source(translation, by=by)
    return translation


def follow_source(translation: Translation, *, by: User | None) -> None:
    """Moves the translation to the article's current revision, keeping all work.

    Unchanged segments keep their unit's text and state. A changed segment carries its old target forward,
    unconfirmed, with the previous source to compare; when the revision was declared minor and the change
    touches no number, name or negation it stays confirmed. New segments are drafted. Old units stay as
    they are, with their history; the unit that goes on from one points at it.
    """
    with transaction.atomic():
        translation = (
            Translation.objects.select_for_update(of=("self",))
            .select_related("article__current")
            .get(pk=translation.pk)
        )
        revision = translation.article.current
        if revision is None or translation.revision_id == revision.pk:
            return
        old_units = {unit.segment.key: unit for unit in translation.current_units()}
        old_segments = list(Segment.objects.filter(revision_id=translation.revision_id))
        new_segments = list(Segment.objects.filter(revision=revision))
        DraftItem.objects.filter(unit__translation=translation, state__in=OPEN).update(
            state=ItemState.CANCELLED, reason="The source changed."
        )
        pairs = {
            pair.new: pair.old
            for pair in align(
                [(s.key, s.text) for s in old_segments], [(s.key, s.text) for s in new_segments]
            )
            if pair.new is not None and pair.old is not None
        }
        translation.revision = revision
        translation.save(update_fields=["revision"])
        for segment in new_segments:
            old = old_units.get(pairs.get(segment.key, ""))
            unit = TranslationUnit.objects.filter(translation=translation, segment=segment).first()
            if unit is None:
                _carry(translation, segment, old, minor=revision.minor)
        _tell(translation)
        move(translation, "follow_source", by, reason=revision.reason)
        enqueue(translation)
        settle(translation.pk)


def _tell(translation: Translation) -> None:
    """Tells whoever has the translation, or edited it last, that its source was corrected."""
    person = translation.assignee or translation.last_edited_by
    changed = translation.current_units().exclude(previous_source="").count()
    if person is None or not changed:
        return
    tell(
        person,
        "The source of “%(title)s” (%(locale)s) was corrected; segments to look at again: %(count)d.",
        title=translation.article.title[:200],
        locale=translation.locale,
        count=changed,
        address=f"/desk/translations/{translation.pk}/",
        urgent=True,
    )


def _carry(
    translation: Translation, segment: Segment, old: TranslationUnit | None, *, minor: bool
) -> TranslationUnit:
    unit = TranslationUnit(translation=translation, segment=segment, previous=old)
    if old is not None and old.target:
        same = old.segment.text == segment.text
        keeps = same or (minor and minor_change_refused(old.segment.text, segment.text) is None)
        unit.target, unit.origin, unit.version = old.target, Origin.CARRIED, 1
        unit.draft, unit.draft_model, unit.draft_score = old.draft, old.draft_model, old.draft_score
        unit.edited_by, unit.edited_at = old.edited_by, old.edited_at
        unit.overrides, unit.seconds = old.overrides, 0
        unit.state = old.state if keeps else UnitState.EDITED
        if keeps:
            unit.origin = old.origin
            unit.confirmed_by, unit.confirmed_at = old.confirmed_by, old.confirmed_at
        else:
            unit.previous_source = old.segment.text
        unit.findings = find(unit)
    unit.save()
    if unit.version:
        UnitVersion.objects.create(
            unit=unit,
            number=1,
            target=unit.target,
            state=unit.state,
            origin=unit.origin,
            author=unit.edited_by,
            note=CARRIED,
        )
    return unit
