"""What the desk shows of a unit: the source with its terms marked, the target, findings, all as plain data."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from glossaries import termbase
from glossaries.matching import Status
from workflow.articles import codes
from workflow.articles.alignment import word_diff
from workflow.checks.findings import named
from workflow.drafting import queue
from workflow.drafting.findings import find_in
from workflow.drafting.models import Origin, TranslationUnit, UnitState
from workflow.messages import in_words

from .models import Comment


def unit_view(
    unit: TranslationUnit, locale: str, *, number: int, comments: Sequence[Comment]
) -> dict[str, Any]:
    """Everything the unit's template needs; spans are character offsets in the source's plain text."""
    source = unit.segment.text
    return {
        "id": unit.pk,
        "number": number,
        "key": unit.segment.key,
        "kind": unit.segment.kind,
        "state": unit.state,
        "version": unit.version,
        "source": source,
        "source_parts": source_parts(source, locale, unit.translation.article.domain),
        "target": unit.target,
        "draft": unit.draft,
        "draft_model": unit.draft_model,
        "draft_score": unit.draft_score,
        "draft_notes": [in_words(note) for note in unit.draft_notes] if unit.untouched else [],
        "empty_reason": _(unit.empty_reason) if unit.empty_reason else "",
        "origin_label": origin_label(unit),
        "codes": [code["id"] for code in unit.segment.codes],
        "findings": shown_findings(unit),
        "previous_source": unit.previous_source,
        "source_diff": word_diff(unit.previous_source, source) if unit.previous_source else [],
        "edited_by": unit.edited_by,
        "confirmed_by": unit.confirmed_by,
        "comments": comments,
        "open_comments": sum(comment.resolved_at is None for comment in comments),
    }


def origin_label(unit: TranslationUnit) -> str:
    """Whose text stands there, in a word or two: the machine's, the memory's, a person's."""
    if unit.state == UnitState.DRAFT:
        known = {Origin.MEMORY: _("from the memory"), Origin.CARRIED: _("from the previous revision")}
        return known.get(Origin(unit.origin), _("machine"))
    if unit.state == UnitState.CONFIRMED and unit.confirmed_by:
        who = str(unit.confirmed_by)
        return f"{who} · {_('as drafted')}" if unit.untouched else who
    return str(unit.edited_by or "")


def alternatives_view(unit: TranslationUnit) -> dict[str, Any]:
    """The machine's draft, then the other drafts it was asked for, best first: each with its difference from
    the target as it stands, how sure the model was (percent) and the findings it would have."""
    locale, domain = unit.translation.locale, unit.translation.article.domain
    asked = queue.asked_alternatives(unit)
    found = asked.alternatives if asked else []
    scores = {unit.draft: unit.draft_score} if unit.draft else {}
    for entry in found:
        scores.setdefault(entry["text"], entry["score"])
    return {
        "waiting": asked is not None and asked.state in queue.OPEN,
        "alternatives": [
            {
                "target": text,
                "score": None if score is None else round(100 * score),
                "diff": word_diff(unit.target, text),
                "findings": [
                    in_words(found.as_dict())
                    for found in find_in(unit.segment.text, text, locale, domain=domain)
                ],
                "is_draft": text == unit.draft,
            }
            for text, score in scores.items()
        ],
    }


def shown_findings(
    unit: TranslationUnit, findings: Sequence[dict[str, Any]] | None = None, target: str | None = None
) -> list[dict[str, Any]]:
    """The findings in the reader's language, each with its name, the `range` of the target's text form it
    speaks of, and who accepted it and why ("").

    Without more, those of the unit as it is stored; or the `findings` of another `target` for it.
    """
    text = unit.target if target is None else target
    return [
        {
            **finding,
            "name": named(finding),
            "text": in_words(finding),
            "range": codes.range_in_text_form(text, *span) if (span := finding["target_span"]) else None,
            "accepted": _("Accepted by %(who)s: %(why)s") % {"who": override["by"], "why": override["reason"]}
            if (override := unit.acceptance(finding, text))
            else "",
        }
        for finding in (unit.findings if findings is None else findings)
    ]


def source_parts(source: str, locale: str, domain: str) -> list[dict[str, Any]]:
    """The source cut into runs: text, code chips, and terms with what the termbase says of them."""
    plain, marks = codes.marks(source)
    terms = termbase.compiled(locale, domain)
    matches = terms.find(plain)
    cuts: dict[int, list[dict[str, Any]]] = {}
    for mark in marks:
        if mark.standalone:
            cuts.setdefault(mark.start, []).append({"kind": "code", "id": mark.id, "side": "alone"})
        else:
            cuts.setdefault(mark.start, []).append({"kind": "code", "id": mark.id, "side": "open"})
            cuts.setdefault(mark.end, []).insert(0, {"kind": "code", "id": mark.id, "side": "close"})
    parts: list[dict[str, Any]] = []
    edges = sorted({0, len(plain), *cuts, *(m.span[0] for m in matches), *(m.span[1] for m in matches)})
    for position, edge in enumerate(edges):
        parts.extend(cuts.get(edge, []))
        if position + 1 == len(edges):
            break
        text = plain[edge : edges[position + 1]]
        match = next((m for m in matches if m.span[0] <= edge < m.span[1]), None)
        if match is None:
            parts.append({"kind": "text", "text": text})
        else:
            concept = terms.concept(match.concept_id)
            wanted = [t.text for t in concept.designations(locale) if t.status != Status.FORBIDDEN]
            # First the form that fits here, then the terms as they stand in the termbase.
            fitting = terms.suggest(match)
            wanted = list(dict.fromkeys([*([fitting] if fitting else []), *wanted]))
            parts.append(
                {
                    "kind": "term",
                    "text": text,
                    "term": match.term,
                    "concept_id": match.concept_id,
                    "expected": wanted,
                    "definition": concept.definition,
                    "note": concept.note,
                }
            )
    return parts
