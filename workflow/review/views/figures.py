"""The figures' page, and the export of post-edited pairs."""

import json

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render

from workflow.accounts.access import role_required
from workflow.drafting.models import MemoryEntry
from workflow.drafting.tmx import TmxUnit, write_tmx

from .. import figures

PERIODS = (7, 30, 90, 365)


@role_required("editor", "administrator")
def overview(request: HttpRequest) -> HttpResponse:
    """Edit rate, chrF, untouched drafts and time a unit: by language, by model, week by week."""
    asked = request.GET.get("days", "")
    days = int(asked) if asked.isdigit() and int(asked) in PERIODS else 90
    locale = request.GET.get("locale", "")
    units = list(figures.confirmed_units(days=days, locale=locale)[: figures.MOST_UNITS])
    weeks = figures.by_week(units)
    return render(
        request,
        "desk/figures.html",
        {
            "nav": "figures",
            "days": days,
            "periods": PERIODS,
            "locale": locale,
            "locales": settings.TARGET_LOCALES,
            "count": len(units),
            "by_locale": figures.by_locale(units),
            "by_model": figures.by_model(units),
            "weeks": [
                (position * 40, round(min(1.0, week.edit_rate) * 100), week)
                for position, week in enumerate(weeks)
            ],
            "week_rows": weeks,
            "width": max(40, 40 * len(weeks)),
            "findings": figures.findings(units)[:20],
        },
    )


@role_required("editor", "administrator")
def pairs(request: HttpRequest, form: str) -> HttpResponseBase:
    """Post-edited pairs as JSON Lines (source, draft, final), or the translation memory as TMX."""
    locale = request.GET.get("locale", "")
    if form == "jsonl":
        units = figures.confirmed_units(days=3650, locale=locale).iterator(chunk_size=500)
        lines = (json.dumps(pair, ensure_ascii=False) + "\n" for pair in figures.post_edited(units))
        response: HttpResponseBase = StreamingHttpResponse(
            lines, content_type="application/jsonl; charset=utf-8"
        )
    elif form == "tmx":
        response = HttpResponse(_memory(locale), content_type="application/x-tmx+xml")
    else:
        raise Http404
    response["Content-Disposition"] = f'attachment; filename="post-edited.{form}"'
    return response


def _memory(locale: str) -> bytes:
    entries = MemoryEntry.objects.exclude(article__restricted=True).select_related("confirmed_by")
    if locale:
        entries = entries.filter(locale=locale)
    return write_tmx(
        TmxUnit(
            entry.source,
            entry.target,
            entry.locale,
            changed_at=entry.confirmed_at,
            author=str(entry.confirmed_by or ""),
            properties=(("article", str(entry.article_id or "")),),
        )
        for entry in entries
    )
