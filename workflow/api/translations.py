"""Translations over the API: read the units and the text, save, confirm, approve."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Status

from workflow.accounts.access import may_see, may_translate, require, signed_in
from workflow.drafting.models import Translation, TranslationUnit
from workflow.drafting.progress import translation_status
from workflow.drafting.units import save_target
from workflow.review.approval import approve, reopen

from .models import Scope
from .problems import REFUSED
from .security import Bearer, idempotent
from .shapes import ApprovalOut, ApproveBody, Number, Problem, SaveBody, TranslationOut, UnitOut

router = Router(tags=["translations"])


@router.get(
    "/{pk}", auth=Bearer(Scope.READ), response={200: TranslationOut, REFUSED: Problem}, summary="State"
)
def read_translation(request: HttpRequest, pk: Number) -> Any:
    """The state of one translation."""
    return TranslationOut(**translation_status(visible(request, pk)))


@router.get(
    "/{pk}/units",
    auth=Bearer(Scope.READ),
    response={200: list[UnitOut], REFUSED: Problem},
    summary="Units",
)
def list_units(request: HttpRequest, pk: Number) -> Any:
    """The units in reading order: source, draft and target in text form (`<1>…</1>` for inline codes)."""
    return [_unit(unit) for unit in visible(request, pk).current_units()]


@router.put(
    "/{pk}/units/{unit_id}",
    auth=Bearer(Scope.REVIEW),
    response={200: UnitOut, REFUSED: Problem},
    summary="Save a unit",
)
@idempotent
def save_unit(request: HttpRequest, pk: Number, unit_id: Number, body: SaveBody) -> Any:
    """Saves a target written for `version`; 409 with the newer text when somebody was faster, and 409 when the
    translation is approved or published and nobody has reopened it."""
    translation = visible(request, pk)
    require(may_translate(signed_in(request), translation.article, translation.locale))
    unit = get_object_or_404(TranslationUnit, pk=unit_id, translation=translation)
    saved = save_target(
        unit.pk,
        version=body.version,
        target=body.target,
        by=signed_in(request),
        confirm=body.confirm,
    )
    return Status(200, _unit(saved))


@router.post(
    "/{pk}/approve",
    auth=Bearer(Scope.REVIEW),
    response={201: ApprovalOut, REFUSED: Problem},
    summary="Approve",
)
@idempotent
def approve_translation(request: HttpRequest, pk: Number, body: ApproveBody) -> Any:
    """Approves the text as it is now; four eyes hold here as on the desk."""
    approval = approve(visible(request, pk), signed_in(request), override_reason=body.override_reason)
    return Status(
        201,
        ApprovalOut(
            number=approval.number,
            title=approval.title,
            revision=approval.revision.number,
            approver=approval.approver.username,
            approved_at=approval.approved_at,
        ),
    )


@router.post(
    "/{pk}/reopen",
    auth=Bearer(Scope.REVIEW),
    response={200: TranslationOut, REFUSED: Problem},
    summary="Reopen",
)
@idempotent
def reopen_translation(request: HttpRequest, pk: Number) -> Any:
    """Takes an approved or published translation back to review, so that its units can be saved again; what
    readers see stays until a new text is approved and published."""
    translation = visible(request, pk)
    reopen(translation, signed_in(request))
    return Status(200, TranslationOut(**translation_status(translation)))


def visible(request: HttpRequest, pk: int) -> Translation:
    """The translation, if the token's person may see its article; else 404 or 403."""
    translation = get_object_or_404(
        Translation.objects.select_related("article", "revision", "assignee"), pk=pk
    )
    require(may_see(signed_in(request), translation.article))
    return translation


def _unit(unit: TranslationUnit) -> UnitOut:
    return UnitOut(
        id=unit.pk,
        key=unit.segment.key,
        kind=unit.segment.kind,
        source=unit.segment.text,
        target=unit.target,
        draft=unit.draft,
        state=unit.state,
        origin=unit.origin,
        version=unit.version,
        empty_reason=unit.empty_reason,
        findings=unit.findings,
    )
