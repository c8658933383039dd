"""Serves the kept pictures: to everybody while a live edition shows them, else to who may see their article."""

from http import HTTPStatus

import structlog
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from workflow.accounts.access import may_see, signed_in
from workflow.articles.models import Picture, PictureFile
from workflow.articles.pictures import uses

from .models import Edition

log = structlog.get_logger(__name__)

# The name is made of the content, so what it names never changes.
_PUBLIC = "public, max-age=31536000, immutable"
_PRIVATE = "private, no-cache"


@require_safe
def picture(request: HttpRequest, digest: str, extension: str) -> HttpResponseBase:
    """The bytes of a picture; 404 for whoever may not see it, so that nobody learns it is here."""
    file = PictureFile.objects.filter(digest=digest, extension=extension).first()
    rows = list(Picture.objects.filter(file=file).select_related("article")) if file else []
    if file is None or not rows:
        raise Http404
    public = _published(rows)
    if not public and not _may_see(request, rows):
        raise Http404
    headers = {
        "ETag": f'"{digest}"',
        "Cache-Control": _PUBLIC if public else _PRIVATE,
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    unchanged = get_conditional_response(
        request, etag=headers["ETag"], response=HttpResponse(headers=headers)
    )
    if unchanged is not None and unchanged.status_code == HTTPStatus.NOT_MODIFIED:
        return unchanged
    try:
        return FileResponse(file.path.open("rb"), content_type=file.media_type, headers=headers)
    except FileNotFoundError as error:
        log.error("picture_file_lost", name=file.name)
        raise Http404 from error


def _published(rows: list[Picture]) -> bool:
    live: dict[int, list[str]] = {}
    editions = Edition.objects.live().filter(article__in={row.article_id for row in rows})
    for article, html in editions.values_list("article_id", "html"):
        live.setdefault(article, []).append(html)
    return any(uses(html, row) for row in rows for html in live.get(row.article_id, []))


def _may_see(request: HttpRequest, rows: list[Picture]) -> bool:
    if not request.user.is_authenticated:
        return False
    return any(may_see(signed_in(request), row.article) for row in rows)
