"""What holds for every request: the content security policy, and no NUL characters in what people send."""

from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, QueryDict
from django.utils.translation import gettext as _

POLICY = (
    "default-src 'self'; img-src 'self'; style-src 'self'; script-src 'self'; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)


def content_security_policy(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that adds the policy where a view set none (CSP Level 3)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response

    return middleware


def refuse_nul(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: no text has a NUL character in it, and PostgreSQL cannot store one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        form = request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data")
        sent = [request.GET, request.POST] if form else [request.GET]
        if "\x00" in request.path or any("\x00" in text for fields in sent for text in _texts(fields)):
            refusal = _("The request has a NUL character in it.")
            return HttpResponseBadRequest(refusal, content_type="text/plain; charset=utf-8")
        return get_response(request)

    return middleware


def _texts(fields: QueryDict) -> Iterator[str]:
    for name, values in fields.lists():
        yield name
        yield from (value for value in values if isinstance(value, str))
