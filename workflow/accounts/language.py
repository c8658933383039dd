"""The interface speaks the language of the signed-in person's profile, on every device; before that the browser's."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation


class SpeakTheBrowsersLanguage(LocaleMiddleware):
    """Django's choice among the interface's languages, that leaves what caches may share as it is.

    Readers' pages are in the language of their address. `Vary: Accept-Language` on them would make every
    cache keep a copy for each list of languages a browser can send; the few that choose say so themselves.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if "public" in response.headers.get("Cache-Control", ""):
            return response
        return super().process_response(request, response)


def speak_the_persons_language(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware for behind the authentication: readers' pages keep the language of their address."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(("/desk/", "/accounts/")) and request.user.is_authenticated:
            translation.activate(request.user.interface_language)
            request.LANGUAGE_CODE = translation.get_language()
        return get_response(request)

    return middleware
