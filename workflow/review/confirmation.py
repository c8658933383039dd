"""Confirming what is left of a translation at once: nothing while something stands in the way, or all the others."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from workflow.accounts.access import may_translate, require
from workflow.accounts.models import User
from workflow.drafting.findings import find
from workflow.drafting.models import Translation, TranslationUnit, UnitState
from workflow.drafting.units import Unconfirmable, refuse_unconfirmable, save_target


@dataclass(frozen=True)
class Left:
    """A unit that cannot be confirmed unseen: its id, its number on the desk, and why."""

    unit: int
    number: int
    reason: str


class InTheWay(Exception):
    """Units stand in the way of confirming all; `left` says which and why, `others` how many do not."""

    def __init__(self, left: list[Left], others: int) -> None:
        super().__init__(_("Nothing was confirmed: these units need a person first."))
        self.left, self.others = left, others


def confirm_all(translation: Translation, by: User) -> int:
    """Confirms every unit that waits, or none. Returns how many.

    Raises:
        InTheWay: a unit is empty, has errors nobody accepted, or its source has changed and nobody has
            confirmed it since.
    """
    with transaction.atomic():
        clear, left = _waiting(translation, by)
        if left:
            raise InTheWay(left, len(clear))
        return _confirm(clear, by)


def confirm_others(translation: Translation, by: User) -> tuple[int, list[Left]]:
    """Confirms every unit that waits and has nothing in its way. Returns how many, and which are left."""
    with transaction.atomic():
        clear, left = _waiting(translation, by)
        return _confirm(clear, by), left


def _waiting(translation: Translation, by: User) -> tuple[list[TranslationUnit], list[Left]]:
    """The unconfirmed units, locked: those that can be confirmed unseen, and those that cannot."""
    require(may_translate(by, translation.article, translation.locale))
    clear, left = [], []
    # Locked before anything is decided: nobody's save comes between the look and the confirmation.
    units = translation.current_units().select_for_update(of=("self",)).select_related("translation__article")
    for number, unit in enumerate(units, start=1):
        if unit.state == UnitState.CONFIRMED:
            continue
        # A termbase may have changed since the text was saved.
        unit.findings = find(unit)
        if reason := _obstacle(unit):
            left.append(Left(unit.pk, number, reason))
        else:
            clear.append(unit)
    return clear, left


def _obstacle(unit: TranslationUnit) -> str:
    try:
        refuse_unconfirmable(unit)
    except Unconfirmable as refused:
        return str(refused)
    return _("The source has changed: look at it, and confirm it alone.") if unit.previous_source else ""


def _confirm(units: list[TranslationUnit], by: User) -> int:
    for unit in units:
        save_target(unit.pk, version=unit.version, target=unit.target, by=by, confirm=True)
    return len(units)
