"""PO and XLIFF out of the desk and back: the import shows first what it would do."""

import re
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workflow.accounts.access import may_translate, require, signed_in
from workflow.articles.alignment import word_diff
from workflow.drafting.models import Translation
from workflow.messages import gettext_noop, in_words, kept

from .. import roundtrip
from ..exchange.merge import APPLIED, CONFLICT, UNCHANGED, Report, Verdict
from ..exchange.units import CONFIRMED, MAX_BYTES, Refused, digest
from .desk import visible

# How long an uploaded file and its report are kept for further decisions, in seconds.
WAITS = 1800
# What the names of the choices between two texts begin with; the unit's key follows.
CHOICE = "conflict:"
CODE = re.compile(r"</?\d+/?>")


@login_required
def export(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The translation as a PO or XLIFF file."""
    translation = visible(request, pk)
    try:
        data, media_type = roundtrip.export(roundtrip.as_file(translation), form)
    except Refused as error:
        raise Http404(str(error)) from error
    response = HttpResponse(data, content_type=media_type)
    name = f"article-{translation.article_id}-{translation.locale}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
def bring_in(request: HttpRequest, pk: int) -> HttpResponse:
    """First the file: what it would do, unit by unit. Then the decisions. The report stays: what was taken
    is marked, and what is still open can be decided later, as long as the file is kept."""
    translation = visible(request, pk)
    user = signed_in(request)
    require(may_translate(user, translation.article, translation.locale))
    place = f"import:{user.pk}:{translation.pk}"
    problem, report = "", None
    name, data, taken = cache.get(place) or ("", b"", [])
    try:
        if request.method == "POST":
            if "apply" in request.POST:
                if not data:
                    raise Refused(gettext_noop("The file is no longer here; choose it again."))
                report = roundtrip.bring_in(
                    translation, name, data, user, dry_run=False, chosen=_chosen(request)
                )
                taken = [*taken, *(verdict.key for verdict in report.applied)]
                _say(request, report)
            else:
                file = request.FILES.get("file")
                if file is None:
                    raise Refused(gettext_noop("Choose a file."))
                name, data, taken = file.name or "", file.read(MAX_BYTES + 1), []
                roundtrip.bring_in(translation, name, data, user, dry_run=True)
            cache.set(place, (name, data, taken), WAITS)
            return redirect("import", pk=pk)
        if data:
            report = roundtrip.bring_in(translation, name, data, user, dry_run=True)
    except Refused as error:
        problem = in_words(kept(error.reason, **error.params))
    rows = _rows(translation, report, taken) if report else []
    return render(
        request,
        "desk/review/import.html",
        {
            "translation": translation,
            "problem": problem,
            "name": name if report else "",
            "rows": [row for row in rows if row.verdict.verdict not in (CONFLICT, UNCHANGED) or row.taken],
            "conflicts": [row for row in rows if row.verdict.verdict == CONFLICT and not row.taken],
            "unchanged": sum(row.verdict.verdict == UNCHANGED and not row.taken for row in rows),
            "to_take": sum(row.verdict.verdict == APPLIED and not row.taken for row in rows),
            "taken": sum(row.taken for row in rows),
        },
        status=422 if problem else 200,
    )


@dataclass(frozen=True)
class Row:
    """One unit of the report. `seen` names the desk's text the person looks at when they decide."""

    verdict: Verdict
    source: str
    taken: bool
    reason: str
    faults: list[str]
    diff: list[tuple[str, str]]
    seen: str


def _rows(translation: Translation, report: Report, taken: list[str]) -> list[Row]:
    units = {unit.segment.key: unit for unit in translation.current_units()}
    rows = []
    for verdict in report.verdicts:
        unit = units.get(verdict.key)
        # Taken over, the unit has the file's text; whoever changes it afterwards makes it a row like others.
        done = unit is not None and verdict.key in taken and unit.target == verdict.target
        reason = _(verdict.reason)
        if unit is not None and done:
            open_still = verdict.state == CONFIRMED and unit.state != CONFIRMED
            reason = _("Taken over, but not confirmed: errors stand.") if open_still else _("Taken over.")
        rows.append(
            Row(
                verdict=verdict,
                source=unit.segment.text if unit else "",
                taken=done,
                reason=reason,
                faults=[in_words(fault) for fault in verdict.faults],
                diff=[] if done else _diff(verdict),
                seen=digest(verdict.current),
            )
        )
    return rows


def _diff(verdict: Verdict) -> list[tuple[str, str]]:
    """From the desk's text to the file's; codes isolated, or Arabic words would turn them round."""
    parts = word_diff(verdict.current, verdict.target)
    return [(op, CODE.sub("\u2066\\g<0>\u2069", text)) for op, text in parts]


def _chosen(request: HttpRequest) -> dict[str, str]:
    """The conflicts in which the file's text is to be taken: key → which text of the desk it replaces."""
    return {
        name.removeprefix(CHOICE): value
        for name, value in request.POST.items()
        if name.startswith(CHOICE) and isinstance(value, str) and value
    }


def _say(request: HttpRequest, report: Report) -> None:
    count = len(report.applied)
    said = ngettext("%(count)d unit taken over.", "%(count)d units taken over.", count) % {"count": count}
    messages.add_message(request, messages.SUCCESS if count else messages.INFO, said)
