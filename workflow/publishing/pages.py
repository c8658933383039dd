"""Renders the readers' pages: in the locale of the address, without cookies, with the headers caches need."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from . import addresses, locales, metadata
from .alternates import Alternates, of_page

# A withdrawn article must be gone within a minute, from every cache on the way.
FRESH_SECONDS = 60
View = Callable[..., HttpResponse]


def render(
    template: str,
    locale: str,
    context: dict[str, Any],
    *,
    alternates: Alternates | None = None,
    status: int = 200,
    modified: datetime | None = None,
) -> HttpResponse:
    """A page of the public site.

    Rendered without the request: no session, no signed-in person and no cookie can find its way into what
    a cache hands to everybody.
    """
    with translation.override(locale):
        html = render_to_string(template, {**_frame(locale, alternates), **context})
    response = HttpResponse(html, status=status)
    response["Content-Language"] = locale
    if modified is not None:
        response["Last-Modified"] = http_date(modified.timestamp())
    return response


def cached(view: View) -> View:
    """Decorator of a readers' view: GET and HEAD only, publicly cacheable, an entity tag and 304."""

    @require_safe
    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", f"public, max-age={FRESH_SECONDS}")
        if response.status_code != 200:
            return response
        response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        conditional = get_conditional_response(request, etag=response["ETag"], response=response)
        return conditional or response

    return answering


def everywhere(path: Callable[[str], str], current: str, x_default: str = "") -> Alternates:
    """The alternates of a page that every locale has; `path` gives its path in a locale."""
    paths = {code: path(code) for code in locales.codes()}
    return of_page(paths, current, x_default or paths[locales.codes()[0]])


def _frame(locale: str, alternates: Alternates | None) -> dict[str, Any]:
    """What site/base.html needs."""
    exporting = addresses.exporting()
    shown = alternates or everywhere(addresses.home, locale, "/")
    current = next((a for a in shown.all if a.current), None)
    return {
        "site_name": metadata.site_name(),
        "exporting": exporting,
        "today": None if exporting else timezone.localdate(),
        "editions": shown.all,
        "home_address": addresses.home(locale),
        "archive_address": addresses.archive(locale),
        "about_address": addresses.about(locale),
        "search_address": addresses.search(locale),
        "feed_address": addresses.feed(locale),
        # Only pages that have alternates of their own are named to search engines.
        "canonical": current.absolute if alternates and current else "",
        "alternates": [{"locale": a.locale, "address": a.absolute} for a in shown.all] if alternates else [],
        "x_default": alternates.absolute_default if alternates else "",
    }
