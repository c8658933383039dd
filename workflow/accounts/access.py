"""Who may do what: one decision a function, used by pages, API and command line alike."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from .models import User


def signed_in(request: HttpRequest) -> User:
    """The signed-in person, where a decorator or a token has made sure that there is one."""
    return cast(User, request.user)


class Restrictable(Protocol):
    """An article, as far as access goes."""

    restricted: bool

    def names(self, user: User) -> bool:
        """Whether the person is named on it."""
        ...


def may_see(user: User, article: Restrictable) -> bool:
    """Whether the person may see an article: a restricted one only when named on it."""
    return user.is_active and (not article.restricted or article.names(user))


def may_translate(user: User, article: Restrictable, locale: str) -> bool:
    """Whether the person may edit the translation of the article into `locale`."""
    return may_see(user, article) and (user.works_in(locale) or user.is_editor)


def may_edit_newsroom(user: User, article: Restrictable | None = None) -> bool:
    """Whether the person may submit, assign, publish and withdraw."""
    return user.is_active and user.is_editor and (article is None or may_see(user, article))


def require(allowed: bool, reason: str | None = None) -> None:
    """Stops with "forbidden" unless allowed.

    Raises:
        PermissionDenied: with the reason shown to the person.
    """
    if not allowed:
        raise PermissionDenied(reason or _("Your role does not allow this."))


View = Callable[..., HttpResponseBase]


def role_required(*roles: str) -> Callable[[View], View]:
    """Decorator: signed in, and holding at least one of the roles (e.g. "editor")."""

    def decorate(view: View) -> View:
        @wraps(view)
        @login_required
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            require(any(getattr(request.user, f"is_{role}") for role in roles))
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def safe_next(request: HttpRequest) -> str:
    """The page a form asks to return to, if it is one of ours; else empty."""
    address = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})
    return address if allowed else ""
