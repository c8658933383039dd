"""Merges an imported file into the translation as it is now, unit by unit; pure, decides and changes nothing.

Three texts meet: the target as exported (base), the target now (current), and the one that comes back. Newer
work on the desk is never overwritten: where both have changed, the unit is a conflict for a person.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from workflow.articles import codes
from workflow.messages import gettext_noop, kept

from .units import CONFIRMED, DRAFT, EMPTY, ExchangeFile, ExchangeUnit, Refused, digest

UNCHANGED, APPLIED, STALE, CONFLICT, UNKNOWN, INVALID = (
    "unchanged", "applied", "stale source", "conflict", "unknown key", "invalid codes",
)  # fmt: skip
VERDICTS = (APPLIED, UNCHANGED, CONFLICT, STALE, INVALID, UNKNOWN)

REASONS = {
    UNCHANGED: gettext_noop("Nothing to take over."),
    APPLIED: gettext_noop("Will be taken over."),
    STALE: gettext_noop("The source has changed since the export; translate this unit on the desk."),
    CONFLICT: gettext_noop("The unit was also changed on the desk since the export; choose a text."),
    UNKNOWN: gettext_noop("There is no such unit in this translation."),
    INVALID: gettext_noop("The inline codes differ from those of the source."),
}
OTHER_TRANSLATION = gettext_noop(
    "The file is of another translation (article %(article)d in %(locale)s); this one is article "
    "%(expected)d in %(expected_locale)s."
)


@dataclass(frozen=True)
class Verdict:
    """What is to become of one imported unit.

    `target` and `state` are what to store when the verdict is "applied"; `current` is the text it replaces
    or conflicts with. `faults` are kept messages that say what is wrong with its inline codes.
    """

    key: str
    verdict: str
    target: str
    state: str
    current: str = ""
    faults: tuple[dict[str, Any], ...] = ()

    @property
    def reason(self) -> str:
        """An English message for the report."""
        return REASONS[self.verdict]


@dataclass(frozen=True)
class Report:
    """The verdicts in the order of the file, and the keys of units the file does not have."""

    verdicts: tuple[Verdict, ...]
    absent: tuple[str, ...]

    @property
    def applied(self) -> tuple[Verdict, ...]:
        return tuple(verdict for verdict in self.verdicts if verdict.verdict == APPLIED)

    @property
    def counts(self) -> dict[str, int]:
        """How often each verdict was given, all of them named."""
        given = Counter(verdict.verdict for verdict in self.verdicts)
        return {verdict: given[verdict] for verdict in VERDICTS}


def merge(imported: ExchangeFile, current: ExchangeFile, base: Mapping[str, str] | None = None) -> Report:
    """Decides for each unit of the imported file what it does to the current translation.

    Args:
        imported: as read from the file.
        current: the translation as it is now.
        base: key → target as exported, if it is still known; otherwise the hashes in the file stand for it.

    Raises:
        Refused: the file belongs to another article, translation or locale.
    """
    if (imported.translation_id, imported.article_id, imported.locale) != (
        current.translation_id, current.article_id, current.locale,
    ):  # fmt: skip
        raise Refused(
            OTHER_TRANSLATION,
            article=imported.article_id,
            locale=imported.locale,
            expected=current.article_id,
            expected_locale=current.locale,
        )
    units = {unit.key: unit for unit in current.units}
    verdicts = tuple(_judge(unit, units.get(unit.key), base) for unit in imported.units)
    came = {unit.key for unit in imported.units}
    return Report(verdicts, tuple(key for key in units if key not in came))


def resolve(report: Report, chosen: Mapping[str, str]) -> Report:
    """The report with those conflicts applied for which a person takes the file's text.

    Args:
        chosen: key → digest of the desk's text they chose against. Has that text changed since they saw
            it, the conflict stays.
    """
    verdicts = (
        replace(verdict, verdict=APPLIED)
        if verdict.verdict == CONFLICT and chosen.get(verdict.key) == digest(verdict.current)
        else verdict
        for verdict in report.verdicts
    )
    return replace(report, verdicts=tuple(verdicts))


def code_faults(source: str, target: str) -> tuple[dict[str, Any], ...]:
    """What is wrong with the inline codes of a target, as kept messages; nothing when they fit the source."""
    wanted, found = codes.ids(source), codes.ids(target)
    faults = []
    if missing := wanted - found:
        faults.append(kept("Missing: %(codes)s.", codes=_written(missing)))
    if surplus := found - wanted:
        faults.append(kept("Not in the source, or too often: %(codes)s.", codes=_written(surplus)))
    if not codes.balanced(target):
        faults.append(kept("A code is opened and not closed, closed and not opened, or two of them cross."))
    return tuple(faults)


def _written(ids: Counter[int]) -> str:
    return " ".join(f"<{number}>" for number in sorted(ids))


def _judge(theirs: ExchangeUnit, ours: ExchangeUnit | None, base: Mapping[str, str] | None) -> Verdict:
    if ours is None:
        return Verdict(theirs.key, UNKNOWN, theirs.target, theirs.state)

    def verdict(kind: str) -> Verdict:
        return Verdict(theirs.key, kind, theirs.target, theirs.state, ours.target)

    if theirs.state == EMPTY or not theirs.target.strip():
        # An emptied unit is no order to delete: tools leave what they do not know empty.
        return verdict(UNCHANGED)
    confirms = theirs.state == CONFIRMED and ours.state != CONFIRMED
    if theirs.target == ours.target and not confirms:
        return verdict(UNCHANGED)
    exported = digest(base[theirs.key]) if base is not None and theirs.key in base else theirs.target_hash
    untouched = exported == digest(theirs.target)
    if untouched and theirs.target != ours.target:
        return verdict(UNCHANGED)
    if theirs.source_hash != ours.source_hash:
        return verdict(STALE)
    if faults := code_faults(ours.source, theirs.target):
        return replace(verdict(INVALID), faults=faults)
    free = theirs.target == ours.target or not ours.target or exported == digest(ours.target)
    # Without any base, a machine's draft nobody has worked on may be replaced, people's work may not.
    if free or (not exported and ours.state == DRAFT):
        return verdict(APPLIED)
    return verdict(CONFLICT)
