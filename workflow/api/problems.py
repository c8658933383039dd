"""Errors as problem details (RFC 9457), whatever raised them; the messages are the product's own."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from workflow.articles.revisions import EmptySource
from workflow.drafting.transitions import IllegalTransition
from workflow.drafting.units import StaleVersion, Unconfirmable
from workflow.intake.documents.reading import Refused
from workflow.intake.submit import NeedsConfirmation, NotMinor, UnknownLocale
from workflow.publishing.publish import NotPublishable
from workflow.review.approval import NotApprovable

MEDIA_TYPE = "application/problem+json"

# What the product refuses, and how HTTP says so.
REFUSALS: dict[type[Exception], HTTPStatus] = {
    Refused: HTTPStatus.UNPROCESSABLE_ENTITY,
    EmptySource: HTTPStatus.UNPROCESSABLE_ENTITY,
    NeedsConfirmation: HTTPStatus.UNPROCESSABLE_ENTITY,
    UnknownLocale: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotMinor: HTTPStatus.UNPROCESSABLE_ENTITY,
    Unconfirmable: HTTPStatus.UNPROCESSABLE_ENTITY,
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
        return problem(status, "Nothing is found under this address." if status == 404 else detail)

    return answer
