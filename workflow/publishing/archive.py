"""The public site's archive: the months that have articles, and each month's articles page by page."""

from datetime import date

from django.db.models import Count, F
from django.db.models.functions import TruncMonth
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import get_current_timezone

from . import addresses, locales
from .alternates import Alternates, of_page
from .models import Edition
from .pages import cached, everywhere, render
from .site import live_in, not_found_page, story

ON_PAGE = 50


@cached
def index(request: HttpRequest, locale: str) -> HttpResponse:
    """The months that have articles, the newest first, with how many."""
    return render(
        "site/archive.html",
        locale,
        {
            "section": "archive",
            "months": [
                {
                    "month": month,
                    "count": count,
                    "address": addresses.archive(locale, month),
                }
                for month, count in months(locale)
            ],
        },
        alternates=everywhere(addresses.archive, locale),
    )


@cached
def month_page(request: HttpRequest, locale: str, year: int, month: int, page: int = 1) -> HttpResponse:
    """The articles first published in a month, the newest first."""
    if not 1 <= month <= 12 or not 1 <= year <= 9999 or page < 1:
        return not_found_page(locale)
    first = date(year, month, 1)
    within = live_in(locale).filter(**{"published_at__year": year, "published_at__month": month})
    total = within.count()
    pages = -(-total // ON_PAGE)
    if page > pages:
        return not_found_page(locale)
    editions = within[(page - 1) * ON_PAGE : page * ON_PAGE]
    return render(
        "site/archive_month.html",
        locale,
        {
            "section": "archive",
            "month": first,
            "stories": [story(edition) for edition in editions],
            "total": total,
            "page": page,
            "pages": pages,
            "previous_address": addresses.archive(locale, first, page - 1) if page > 1 else "",
            "next_address": addresses.archive(locale, first, page + 1) if page < pages else "",
        },
        alternates=_month_alternates(locale, first, page),
    )


def months(locale: str) -> list[tuple[date, int]]:
    """The months with live editions of a locale: (first day, how many), the newest first."""
    rows = (
        Edition.objects.live()
        .filter(locale=locale)
        .annotate(month=TruncMonth("published_at", tzinfo=get_current_timezone()))
        .values("month")
        .annotate(count=Count("id"))
        .order_by(F("month").desc())
    )
    return [(row["month"].date(), row["count"]) for row in rows]


def _month_alternates(locale: str, month: date, page: int) -> Alternates:
    """The other locales' pages of a month, where there are articles; a further page is only itself."""
    have = set(
        Edition.objects.live()
        .filter(published_at__year=month.year, published_at__month=month.month)
        .values_list("locale", flat=True)
    )
    wanted = [code for code in locales.codes() if code in have] if page == 1 else [locale]
    paths = {code: addresses.archive(code, month, page) for code in wanted}
    return of_page(paths, locale, next(iter(paths.values())))
