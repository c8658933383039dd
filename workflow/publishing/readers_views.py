"""The editors' page about readers' satisfaction."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from workflow.accounts.access import role_required

from . import locales, readers

PERIODS = ((7, _("7 days")), (30, _("30 days")), (90, _("90 days")), (365, _("a year")))


@require_safe
@role_required("editor")
def satisfaction(request: HttpRequest) -> HttpResponse:
    """Satisfaction by locale, week and article, and what readers wrote: `?days=30&locale=ar&page=1`."""
    days = next((days for days, _name in PERIODS if str(days) == request.GET.get("days")), 30)
    locale = request.GET.get("locale", "")
    locale = locale if locale in locales.codes() else ""
    feedback = readers.feedback_since(timezone.now() - timedelta(days=days), locale)
    return render(
        request,
        "desk/publishing/readers.html",
        {
            "nav": "figures",
            "days": days,
            "locale": locale,
            "periods": PERIODS,
            "languages": [locales.language(code) for code in locales.codes()],
            "by_locale": readers.by_locale(feedback),
            "by_week": readers.by_week(feedback),
            "by_article": readers.by_article(feedback),
            "words": Paginator(readers.words(feedback), 30).get_page(request.GET.get("page")),
        },
    )
