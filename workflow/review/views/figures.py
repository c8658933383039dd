"""The figures' page, and the export of post-edited pairs."""

import json
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import get_language_bidi, get_language_info
from django.utils.translation import gettext as _

from workflow.accounts.access import role_required, signed_in
from workflow.checks.kinds import KINDS
from workflow.drafting.models import MemoryEntry
from workflow.drafting.tmx import TmxUnit, write_tmx

from .. import figures
from ..assignment import visible_translations
from ..plots import column_plot

PERIODS = (7, 30, 90, 365)
MOST_ARTICLES = 50


@role_required("editor", "administrator")
def overview(request: HttpRequest) -> HttpResponse:
    """TER, chrF, untouched drafts and time: altogether, by language, model and article, week by week; and
    findings by kind. `?days=90&locale=ar&model=…&article=7`, of what the person may see."""
    asked = {name: request.GET.get(name, "") for name in ("days", "locale", "model", "article")}
    days = int(asked["days"]) if asked["days"] in map(str, PERIODS) else 90
    article = int(asked["article"]) if asked["article"].isdecimal() else None
    mine = visible_translations(signed_in(request))
    in_time = figures.confirmed_units(mine, days=days)
    chosen = figures.confirmed_units(
        mine, days=days, locale=asked["locale"], model=asked["model"], article=article
    )
    units = figures.measured(chosen[: figures.MOST_UNITS])
    titles = {str(unit.translation.article_id): unit.translation.article.title for unit, _its in units}
    weeks = figures.by_week(units)
    found = figures.findings(units)
    return render(
        request,
        "desk/figures.html",
        {
            "nav": "figures",
            "days": days,
            "periods": PERIODS,
            "locale": asked["locale"],
            "locales": settings.TARGET_LOCALES,
            "model": asked["model"],
            "models": in_time.order_by("draft_model").values_list("draft_model", flat=True).distinct(),
            "article": article,
            "article_title": titles.get(str(article), ""),
            "capped": len(units) == figures.MOST_UNITS,
            "all": figures.overall(units),
            "by_locale": [Row(_language(row.key), "", row) for row in figures.by_locale(units)],
            "by_model": [Row(row.key, "", row) for row in figures.by_model(units)],
            "by_article": [
                Row(titles[row.key], "?" + urlencode({**asked, "days": days, "article": row.key}), row)
                for row in figures.by_article(units)[:MOST_ARTICLES]
            ],
            "by_week": [Row(_day(row.key), "", row) for row in weeks],
            "plot": column_plot(
                [(_day(row.key), row.ter_percent) for row in weeks], right_to_left=get_language_bidi()
            ),
            "findings": [
                (_(KINDS.get(check, check)), times, round(100 * times / found[0][1]))
                for check, times in found
            ],
        },
    )


@dataclass(frozen=True)
class Row:
    """A row of figures with its name in the reader's language, and where the name leads."""

    name: str
    address: str
    figures: figures.Figures


def _language(locale: str) -> str:
    return str(get_language_info(locale)["name_translated"]).capitalize()


def _day(iso: str) -> str:
    return date_format(date.fromisoformat(iso), "j M")


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
