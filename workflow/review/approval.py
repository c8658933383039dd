"""Approving a translation: the checks that stand before it, and the immutable snapshot it makes."""

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from workflow.accounts.access import may_translate, require
from workflow.accounts.models import User
from workflow.articles import codes
from workflow.articles.segmentation import render
from workflow.drafting.models import Translation, TranslationUnit, UnitState
from workflow.drafting.transitions import move

from .models import Approval


class NotApprovable(Exception):
    """The translation cannot be approved yet; the message says what is missing."""


def approve(translation: Translation, by: User, *, override_reason: str = "") -> Approval:
    """Approves the text as it is now, bound to the source revision it translates.

    Four eyes: the approver is not the last editor of the text, unless `override_reason` says why one
    pair of eyes had to do; the reason is kept with the approval.

    Raises:
        NotApprovable: units are unconfirmed, errors stand, the source has changed, or four eyes are missing.
        IllegalTransition: the translation is not in review.
        PermissionDenied: the person does not work in this locale.
    """
    require(may_translate(by, translation.article, translation.locale))
    with transaction.atomic():
        translation = (
            Translation.objects.select_for_update(of=("self",))
            .select_related("article", "revision")
            .get(pk=translation.pk)
        )
        units = list(translation.current_units())
        _refuse(translation, units, by, override_reason)
        approval = as_it_is(translation, units)
        approval.number = (translation.approvals.aggregate(last=Max("number"))["last"] or 0) + 1
        approval.approver, approval.override_reason = by, override_reason.strip()[:500]
        approval.save()
        move(translation, "approve", by, override_reason)
    return approval


def as_it_is(translation: Translation, units: list[TranslationUnit]) -> Approval:
    """What an approval of the present text would hold; not stored, and without number and approver."""
    return Approval(
        translation=translation,
        revision=translation.revision,
        title=title_of(units) or translation.revision.title,
        html=render(translation.revision.skeleton, rendered_segments(units)),
        targets={
            unit.segment.key: {
                "target": unit.target,
                "origin": unit.origin,
                "untouched": unit.untouched,
                "confirmed_by": unit.confirmed_by.username if unit.confirmed_by else "",
            }
            for unit in units
        },
        untouched_share=sum(unit.untouched for unit in units) / max(1, len(units)),
        models_used=sorted({unit.draft_model for unit in units if unit.draft_model}),
        last_editor=translation.last_edited_by,
    )


def reopen(translation: Translation, by: User) -> None:
    """Takes an approved or published translation back to review, so that its texts can be changed.

    What readers see stays as it is until a new text is approved and published.

    Raises:
        IllegalTransition: the translation is neither approved nor published.
        PermissionDenied: the person does not work in this locale.
    """
    require(may_translate(by, translation.article, translation.locale))
    move(translation, "reopen", by)


def title_of(units: list[TranslationUnit]) -> str:
    """The translated title, without inline codes; empty when the article has none."""
    return next((codes.plain(unit.target) for unit in units if unit.segment.kind == "title"), "")


def rendered_segments(units: list[TranslationUnit]) -> dict[str, tuple[str, list[codes.Code]]]:
    """What `segmentation.render` puts back: key → (target in text form, what its codes stand for)."""
    return {
        unit.segment.key: (unit.target, [codes.Code.from_dict(code) for code in unit.segment.codes])
        for unit in units
    }


def _refuse(translation: Translation, units: list[TranslationUnit], by: User, override_reason: str) -> None:
    unconfirmed = sum(unit.state != UnitState.CONFIRMED for unit in units)
    if unconfirmed:
        raise NotApprovable(_("%(count)d units are not confirmed yet.") % {"count": unconfirmed})
    if any(unit.errors for unit in units):
        raise NotApprovable(_("Errors stand that nobody has accepted with a reason."))
    if not translation.follows_current_source:
        raise NotApprovable(_("The source has changed since; update the translation first."))
    if settings.FOUR_EYES and translation.last_edited_by_id == by.pk and not override_reason.strip():
        raise NotApprovable(
            _("You were the last to edit this text. Let a colleague approve it, or give a reason.")
        )
