"""What people and machines may do to a translation unit: save, confirm, restore; each on a fresh version."""

from typing import Any

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from workflow.accounts.models import User
from workflow.articles import codes
from workflow.checks.findings import named

from . import memory
from .findings import find
from .models import CLAIM, Origin, Translation, TranslationUnit, UnitState, UnitVersion
from .transitions import IllegalTransition, require_editable


class StaleVersion(Exception):
    """Somebody saved the unit in the meantime; carries the unit as it is now."""

    def __init__(self, unit: TranslationUnit) -> None:
        super().__init__(_("Somebody else has changed this unit in the meantime."))
        self.unit = unit


class SourceChanged(IllegalTransition):
    """The unit belongs to an earlier revision of the source; another goes on from it."""


class Unconfirmable(Exception):
    """The unit has no text, or errors nobody has accepted with a reason."""


def save_target(
    unit_id: int,
    *,
    version: int,
    target: str,
    by: User,
    confirm: bool = False,
    seconds: int = 0,
    origin: str = Origin.PERSON,
    note: str = "",
) -> TranslationUnit:
    """Stores a target text written for `version` of the unit, and confirms it if asked.

    Raises:
        StaleVersion: the unit has moved on; nothing is stored.
        Unconfirmable: confirmation was asked for and errors stand; the text is not stored as confirmed.
        SourceChanged: the unit is of an earlier revision.
        IllegalTransition: the translation is not in review; an approved or published one is reopened first.
    """
    with transaction.atomic():
        unit = _locked(unit_id)
        if unit.version != version:
            raise StaleVersion(unit)
        remembered = unit.state == UnitState.CONFIRMED
        changed = target != unit.target
        if changed:
            unit.target = target
            unit.origin = origin
            unit.edited_by, unit.edited_at = by, timezone.now()
            unit.state = UnitState.EDITED if target.strip() else UnitState.EMPTY
        if confirm:
            unit.state = UnitState.CONFIRMED
        if changed or confirm:
            unit.findings = find(unit)
        if confirm:
            refuse_unconfirmable(unit)
            unit.confirmed_by, unit.confirmed_at = by, timezone.now()
            unit.previous_source = ""
        unit.seconds += max(0, min(seconds, 3600))
        if changed or confirm:
            _record(unit, author=by, note=note)
            _touch(unit.translation, by)
            if confirm or remembered:
                memory.remember(unit)
        else:
            unit.save(update_fields=["seconds"])
            _renew_claim(unit.translation, by)
    return unit


def unconfirm(unit_id: int, *, version: int, by: User) -> TranslationUnit:
    """Takes a confirmation back.

    Raises:
        StaleVersion: the unit has moved on.
    """
    with transaction.atomic():
        unit = _locked(unit_id)
        if unit.version != version:
            raise StaleVersion(unit)
        unit.state = UnitState.EDITED if not unit.untouched else UnitState.DRAFT
        unit.confirmed_by = unit.confirmed_at = None
        unit.findings = find(unit)
        _record(unit, author=by, note="")
        _touch(unit.translation, by)
        memory.remember(unit)
    return unit


def accept_finding(unit_id: int, *, version: int, finding: str, reason: str, by: User) -> TranslationUnit:
    """Records that a person accepts one finding of the present source and text, and why.

    Args:
        finding: which one, by its name (`checks.findings.named`).

    Raises:
        StaleVersion: the unit has moved on.
        ValueError: no reason was given, or the unit has no such finding.
    """
    if not reason.strip():
        raise ValueError(_("Say why this finding is accepted."))
    with transaction.atomic():
        unit = _locked(unit_id)
        if unit.version != version:
            raise StaleVersion(unit)
        accepted = next((found for found in unit.findings if named(found) == finding), None)
        if accepted is None:
            raise ValueError(_("The text has no such finding any more."))
        unit.overrides = [
            *unit.overrides,
            {
                "check": accepted["check"],
                "params": accepted["params"],
                "source": unit.segment.text_hash,
                "target": unit.target,
                "reason": reason.strip()[:300],
                "by": by.username,
                "at": timezone.now().isoformat(),
            },
        ]
        unit.save(update_fields=["overrides"])
        _renew_claim(unit.translation, by)
    return unit


def store_draft(
    unit: TranslationUnit,
    *,
    text: str,
    origin: str,
    model: str,
    score: float | None,
    notes: list[Any],
    reason: str,
) -> None:
    """Stores machine output (or why there is none). A person's text is never overwritten.

    To be called inside a transaction with the unit's row locked.
    """
    unit.draft, unit.draft_model, unit.draft_score = text, model, score
    unit.draft_notes, unit.empty_reason = notes, reason[:300]
    if unit.state in (UnitState.EMPTY, UnitState.DRAFT):
        unit.target, unit.origin = text, origin if text else Origin.NONE
        unit.state = UnitState.DRAFT if text else UnitState.EMPTY
    unit.findings = find(unit)
    _record(unit, author=None, note=model)


def refuse_unconfirmable(unit: TranslationUnit) -> None:
    """Refuses to confirm the unit as it is.

    Raises:
        Unconfirmable: it is empty, or errors stand that nobody has accepted.
    """
    if not codes.plain(unit.target).strip():
        raise Unconfirmable(_("An empty unit cannot be confirmed."))
    if unit.errors:
        raise Unconfirmable(_("Errors stand in this unit: correct them, or accept them with a reason."))


def _locked(unit_id: int) -> TranslationUnit:
    unit = (
        TranslationUnit.objects.select_for_update(of=("self",))
        .select_related("segment", "translation__article")
        .get(pk=unit_id)
    )
    if unit.segment.revision_id != unit.translation.revision_id:
        raise SourceChanged(_("The source has changed; this unit belongs to an earlier revision."))
    require_editable(unit.translation)
    return unit


def _record(unit: TranslationUnit, *, author: User | None, note: str) -> None:
    unit.version += 1
    unit.save()
    UnitVersion.objects.create(
        unit=unit,
        number=unit.version,
        target=unit.target,
        state=unit.state,
        origin=unit.origin,
        author=author,
        note=note[:300],
    )


def _touch(translation: Translation, by: User) -> None:
    """Notes who edited last, and renews that person's claim."""
    _renew_claim(translation, by, last_edited_by=by, last_edited_at=timezone.now())


def _renew_claim(translation: Translation, by: User, **fields: Any) -> None:
    """Pushes the end of the person's own claim away, and sets `fields` of the translation.

    The row decides whose claim it is: a colleague may have taken one that had run out.
    """
    own = When(assignee=by, claim_expires__isnull=False, then=Value(timezone.now() + CLAIM))
    Translation.objects.filter(pk=translation.pk).update(
        claim_expires=Case(own, default=F("claim_expires")), **fields
    )
