"""PO and XLIFF out of the desk and back: the import shows first what it would do."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workflow.accounts.access import may_translate, require, signed_in
from workflow.drafting.models import Translation
from workflow.messages import in_words, kept

from .. import roundtrip
from ..exchange.merge import Report
from ..exchange.units import MAX_BYTES, Refused
from .desk import visible

# How long an uploaded file waits for the second click, in seconds.
WAITS = 1800


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
    """First the file: what it would do, unit by unit. Then the decision: take it over."""
    translation = visible(request, pk)
    user = signed_in(request)
    require(may_translate(user, translation.article, translation.locale))
    place = f"import:{user.pk}:{translation.pk}"
    problem, report, name = "", None, ""
    if request.method == "POST":
        try:
            if "apply" in request.POST:
                name, data = cache.get(place) or ("", b"")
                report = roundtrip.bring_in(translation, name, data, user, dry_run=False)
                cache.delete(place)
                _say(request, report)
                return redirect("desk", pk=pk)
            file = request.FILES.get("file")
            if file is None:
                raise Refused(_("Choose a file."))
            name, data = file.name or "", file.read(MAX_BYTES + 1)
            report = roundtrip.bring_in(translation, name, data, user, dry_run=True)
            cache.set(place, (name, data), WAITS)
        except Refused as error:
            problem = in_words(kept(error.reason, **error.params))
    return render(
        request,
        "desk/review/import.html",
        {
            "translation": translation,
            "problem": problem,
            "name": name,
            "rows": _rows(translation, report) if report else [],
            "report": report,
            "counts": report.counts if report else {},
        },
        status=422 if problem else 200,
    )


def _rows(translation: Translation, report: Report) -> list[dict[str, object]]:
    sources = dict(translation.current_units().values_list("segment__key", "segment__text"))
    return [
        {"verdict": verdict, "reason": _(verdict.reason), "source": sources.get(verdict.key, "")}
        for verdict in report.verdicts
    ]


def _say(request: HttpRequest, report: Report) -> None:
    count = len(report.applied)
    messages.success(
        request,
        ngettext("%(count)d unit taken over.", "%(count)d units taken over.", count) % {"count": count},
    )
