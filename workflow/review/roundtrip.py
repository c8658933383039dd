"""A translation out as PO or XLIFF and back in: dry run, three-way merge, a verdict for each unit."""

from collections.abc import Callable, Mapping
from pathlib import PurePath

from django.db import transaction

from workflow.accounts.access import may_translate, require
from workflow.accounts.models import User
from workflow.articles.codes import Code
from workflow.drafting.models import State, Translation, TranslationUnit
from workflow.drafting.units import StaleVersion, Unconfirmable, save_target
from workflow.messages import gettext_noop, in_words

from .exchange.merge import Report, merge, resolve
from .exchange.po import read_po, write_po
from .exchange.units import CONFIRMED, EMPTY, ExchangeFile, ExchangeUnit, Refused, digest
from .exchange.xliff import read_xliff, write_xliff
from .models import Approval

WRITERS: dict[str, tuple[Callable[[ExchangeFile], bytes], str]] = {
    "po": (write_po, "text/x-gettext-translation; charset=utf-8"),
    "xlf": (write_xliff, "application/xliff+xml"),
}
READERS: dict[str, Callable[[bytes], ExchangeFile]] = {
    "po": read_po,
    "xlf": read_xliff,
    "xliff": read_xliff,
}
UNKNOWN_FORMAT = gettext_noop("“%(name)s” is neither PO nor XLIFF.")

NOT_IN_REVIEW = gettext_noop("This translation is not in review, so no file can be taken over.")


def as_file(translation: Translation) -> ExchangeFile:
    """The translation as plain data for a file, as it is now."""
    units = list(translation.current_units())
    return ExchangeFile(
        locale=translation.locale,
        article_id=translation.article_id,
        title=translation.article.title,
        revision=translation.revision.number,
        translation_id=translation.pk,
        version=sum(unit.version for unit in units),
        units=tuple(_unit(unit, order) for order, unit in enumerate(units)),
        final=translation.state in (State.APPROVED, State.PUBLISHED),
    )


def as_approved(approval: Approval) -> ExchangeFile:
    """What was approved as plain data for a file: the texts of then, whatever is worked on since."""
    translation = approval.translation
    return ExchangeFile(
        locale=translation.locale,
        article_id=translation.article_id,
        title=approval.title,
        revision=approval.revision.number,
        translation_id=translation.pk,
        version=approval.number,
        units=tuple(
            ExchangeUnit(
                key=segment.key,
                source=segment.text,
                target=approval.targets[segment.key]["target"],
                state=CONFIRMED if approval.targets[segment.key]["target"] else EMPTY,
                notes=(segment.kind,),
                order=order,
                target_hash=digest(approval.targets[segment.key]["target"]),
                codes=tuple(Code.from_dict(code) for code in segment.codes),
            )
            for order, segment in enumerate(approval.revision.segments.all())
        ),
        final=True,
    )


def export(file: ExchangeFile, form: str) -> tuple[bytes, str]:
    """A translation as the bytes of a file and their media type; `form` is "po" or "xlf".

    Raises:
        Refused: there is no such form.
    """
    if form not in WRITERS:
        raise Refused(UNKNOWN_FORMAT, name=form)
    write, media_type = WRITERS[form]
    return write(file), media_type


def bring_in(
    translation: Translation,
    name: str,
    data: bytes,
    by: User,
    *,
    dry_run: bool,
    chosen: Mapping[str, str] | None = None,
) -> Report:
    """Merges a file that came back; newer work on the desk is not overwritten unless a person says so.

    Args:
        dry_run: only tell what would happen.
        chosen: the conflicts in which the file's text is taken, as `merge.resolve` wants them.

    Raises:
        Refused: the file is not one of this translation, or the translation is not in review.
        PermissionDenied: the person may not edit the translation.
    """
    require(may_translate(by, translation.article, translation.locale))
    if translation.state != State.IN_REVIEW:
        raise Refused(NOT_IN_REVIEW)
    extension = PurePath(name).suffix.lstrip(".").lower()
    if extension not in READERS:
        raise Refused(UNKNOWN_FORMAT, name=name)
    imported = READERS[extension](data)
    with transaction.atomic():
        current = as_file(translation)
        report = resolve(merge(imported, current), chosen or {})
        if not dry_run:
            units = {unit.segment.key: unit for unit in translation.current_units()}
            for verdict in report.applied:
                _store(
                    units[verdict.key], verdict.target, confirm=verdict.state == CONFIRMED, by=by, name=name
                )
    return report


def _store(unit: TranslationUnit, target: str, *, confirm: bool, by: User, name: str) -> None:
    """Stores one unit; one with errors is taken over unconfirmed, for a person to decide."""
    try:
        save_target(unit.pk, version=unit.version, target=target, by=by, confirm=confirm, note=name)
    except Unconfirmable:
        save_target(unit.pk, version=unit.version, target=target, by=by, note=name)
    except StaleVersion as stale:
        raise Refused(gettext_noop("Somebody is saving this translation just now; import again.")) from stale


def _unit(unit: TranslationUnit, order: int) -> ExchangeUnit:
    return ExchangeUnit(
        key=unit.segment.key,
        source=unit.segment.text,
        target=unit.target,
        state=unit.state,
        previous_source=unit.previous_source or None,
        notes=(unit.segment.kind, *([unit.empty_reason] if unit.empty_reason else [])),
        findings=tuple(in_words(finding) for finding in unit.findings),
        order=order,
        version=unit.version,
        target_hash=digest(unit.target),
        codes=tuple(Code.from_dict(code) for code in unit.segment.codes),
    )
