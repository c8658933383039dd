"""Units through the revisions of the source: which unit's text went on in which, and the history of both."""

from django.db.models import QuerySet

from .models import Translation, TranslationUnit, UnitVersion


def versions(unit: TranslationUnit) -> "QuerySet[UnitVersion]":
    """Every version of the unit, and of the units of earlier revisions it goes on from; newest first."""
    earlier = _previous(unit.translation)
    line = [unit.pk]
    while (before := earlier.get(line[-1])) is not None:
        line.append(before)
    # A unit is never written again once its translation follows a newer source: the rows are in order.
    return UnitVersion.objects.filter(unit__in=line).order_by("-pk")


def successors(translation: Translation) -> dict[int, int]:
    """Unit of any revision → the current unit that goes on from it (or is it); without those that ended."""
    earlier = _previous(translation)
    found: dict[int, int] = {}
    for current in translation.current_units().values_list("pk", flat=True):
        at: int | None = current
        while at is not None:
            found[at] = current
            at = earlier.get(at)
    return found


def _previous(translation: Translation) -> dict[int, int]:
    carried = translation.units.filter(previous__isnull=False)
    return dict(carried.values_list("pk", "previous_id"))
