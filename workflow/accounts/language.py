"""The interface speaks the language of the signed-in person's profile, on every device."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation


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
