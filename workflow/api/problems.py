"""Errors as problem details (RFC 9457), whatever raised them; the messages are the product's own."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from glossaries.decisions import AlreadyThere
from workflow.articles.revisions import EmptySource
from workflow.drafting.transitions import IllegalTransition
from workflow.drafting.units import StaleVersion, Unconfirmable
from workflow.intake.documents.reading import Refused
from workflow.intake.submit import AlreadyHere, NeedsConfirmation, NotMinor, UnknownLocale
from workflow.publishing.publish import NotPublishable
from workflow.review.approval import NotApprovable

MEDIA_TYPE = "application/problem+json"
PREFIX = "/api/"
# What every operation may answer, for the OpenAPI document.
REFUSED = frozenset({400, 401, 403, 404, 409, 413, 415, 422})

# What a body is written in, by how an operation declares that it reads one.
MEDIA_TYPES = {
    "file": "multipart/form-data",
    "form": "application/x-www-form-urlencoded",
    "body": "application/json",
}

# What is said of refusals that are made outside the API's own code, by the server around it.
SENTENCES = {
    400: "The request cannot be understood.",
    404: "Nothing is found under this address.",
    405: "This address does not take %(method)s.",
    500: "Something went wrong here. It is in the log; please try again later.",
}

# What the product refuses, and how HTTP says so.
REFUSALS: dict[type[Exception], HTTPStatus] = {
    Refused: HTTPStatus.UNPROCESSABLE_ENTITY,
    EmptySource: HTTPStatus.UNPROCESSABLE_ENTITY,
    NeedsConfirmation: HTTPStatus.UNPROCESSABLE_ENTITY,
    UnknownLocale: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotMinor: HTTPStatus.UNPROCESSABLE_ENTITY,
    Unconfirmable: HTTPStatus.UNPROCESSABLE_ENTITY,
    AlreadyThere: HTTPStatus.CONFLICT,
    IllegalTransition: HTTPStatus.CONFLICT,
    NotApprovable: HTTPStatus.CONFLICT,
    NotPublishable: HTTPStatus.CONFLICT,
    PermissionDenied: HTTPStatus.FORBIDDEN,
    ObjectDoesNotExist: HTTPStatus.NOT_FOUND,
    Http404: HTTPStatus.NOT_FOUND,
}


def problem(status: int, detail: str, **extra: Any) -> HttpResponse:
    """A problem+json answer: title from the status, detail for a person to read."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **extra,
    }
    return JsonResponse(body, status=status, content_type=MEDIA_TYPE)


def register(api: NinjaAPI) -> None:
    """Makes the API answer every refusal of the product as a problem."""
    for refusal, status in REFUSALS.items():
        api.exception_handler(refusal)(_answer_with(status))

    @api.exception_handler(StaleVersion)
    def stale(request: HttpRequest, error: StaleVersion) -> HttpResponse:
        unit = error.unit
        return problem(409, str(error), version=unit.version, target=unit.target)

    @api.exception_handler(AlreadyHere)
    def already_here(request: HttpRequest, error: AlreadyHere) -> HttpResponse:
        address = reverse("api-v1:revise_article", args=[error.article.pk])
        return problem(409, str(error), article=error.article.pk, revisions=address)

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        errors = [
            {"where": ".".join(str(part) for part in one["loc"]), "what": str(one["msg"])}
            for one in error.errors
        ]
        return problem(422, "The request does not have the expected form.", errors=errors)

    @api.exception_handler(AuthenticationError)
    def unauthenticated(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        response = problem(401, "A valid token is needed: Authorization: Bearer desk_…")
        response["WWW-Authenticate"] = "Bearer"
        return response

    @api.exception_handler(HttpError)
    def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(error.status_code, str(error))


def _answer_with(status: HTTPStatus) -> Callable[[HttpRequest, Exception], HttpResponse]:
    def answer(request: HttpRequest, error: Exception) -> HttpResponse:
        detail = str(error) or status.phrase
        return problem(status, SENTENCES[404] if status == 404 else detail)

    return answer


def as_problems(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: every refusal under /api/ is a problem, whoever refuses; too much is refused unread."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PREFIX):
            return get_response(request)
        length = request.META.get("CONTENT_LENGTH") or ""
        if length.isdigit() and int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            megabytes = settings.MAX_DOCUMENT_BYTES // 1024 // 1024
            return problem(413, f"The request is too large: a document may have {megabytes} MB.")
        response = get_response(request)
        if response.status_code < 400 or response.headers.get("Content-Type") == MEDIA_TYPE:
            return response
        status = response.status_code
        sentence = SENTENCES.get(status, HTTPStatus(status).phrase) % {"method": request.method}
        answer = problem(status, sentence)
        for name in ("Allow", "Retry-After", "WWW-Authenticate"):
            if name in response.headers:
                answer.headers[name] = response.headers[name]
        return answer

    return middleware


def takes_its_media_type(run: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorator for all operations: a body in another format than the operation reads is 415, not misread."""
    sources = {model.__ninja_param_source__ for model in run.__self__.models}  # type: ignore[attr-defined]
    wanted = next((MEDIA_TYPES[source] for source in ("file", "form", "body") if source in sources), None)

    @wraps(run)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if wanted is not None and request.content_type != wanted:
            return problem(415, f"This address takes {wanted}, not “{request.content_type}”.")
        return run(request, *args, **kwargs)

    return checked
