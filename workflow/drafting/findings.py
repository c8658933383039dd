"""The findings of a unit: the quality checks and the terminology check, in one list."""

from typing import Any

from glossaries import termbase
from workflow.articles import codes
from workflow.checks import digits
from workflow.checks.findings import Finding
from workflow.checks.rules import check_unit

from .models import TranslationUnit, UnitState


def find(unit: TranslationUnit) -> list[dict[str, Any]]:
    """Everything the checks say of the unit as it is now, errors first; plain data for the JSON field."""
    if not unit.target.strip():
        return []
    # That a draft is the machine's output its state says already; a finding when a person leaves it so.
    draft = unit.draft if unit.state == UnitState.CONFIRMED else ""
    translation = unit.translation
    found = find_in(
        unit.segment.text, unit.target, translation.locale, domain=translation.article.domain, draft=draft
    )
    return [finding.as_dict() for finding in found]


def find_in(source: str, target: str, locale: str, *, domain: str = "", draft: str = "") -> list[Finding]:
    """The findings for a source and a target in text form (with inline codes) of an article of a domain."""
    checked = check_unit(source, target, locale, draft or None, wanted_digits=digits.policy(locale))
    found = [*checked, *terms(source, target, locale, domain)]
    return sorted(found, key=lambda finding: finding.severity != "error")


def terms(source: str, target: str, locale: str, domain: str = "") -> list[Finding]:
    """Findings of the termbase: terms of the source that the target misses or renders by a forbidden term."""
    found = []
    told = set()
    known = termbase.compiled(locale, domain)
    plain_source, plain_target = codes.plain(source), codes.plain(target)
    uses = [use for use in known.check(plain_source, plain_target) if use.status != "ok"]
    matches = {(match.concept_id, match.span): match for match in known.find(plain_source)} if uses else {}
    for use in uses:
        # Two glossaries may hold the same concept: what is said once is enough.
        if (use.source_span, use.expected) in told:
            continue
        told.add((use.source_span, use.expected))
        start, end = use.source_span
        match = matches.get((use.concept_id, use.source_span))
        found.append(
            Finding(
                check=f"term_{use.status}",
                severity=use.severity.value,
                message=(
                    "“%(term)s” is rendered by a forbidden term; use “%(expected)s”."
                    if use.status == "forbidden"
                    else "“%(term)s”: expected “%(expected)s”."
                ),
                params={
                    "term": plain_source[start:end],
                    "expected": " / ".join(use.expected),
                    "concept": use.concept_id,
                },
                source_span=use.source_span,
                target_span=use.target_span,
                # The form that fits: a plural for a plural, the Arabic article where the source has "the".
                suggestion=(known.suggest(match, plain_target) if match else "") or None,
            )
        )
    return found
