"""The administrators' page of API tokens: which there are, when they were used, and an end to one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from workflow.accounts.access import role_required

from .models import Token


@role_required("administrator")
def tokens(request: HttpRequest) -> HttpResponse:
    """Every token, the newest first."""
    return render(
        request,
        "desk/accounts/tokens.html",
        {"nav": "people", "tokens": Token.objects.select_related("user")},
    )


@role_required("administrator")
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets a token open nothing from now on."""
    token = get_object_or_404(Token, pk=pk)
    Token.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())
    messages.success(request, _("The token “%(name)s” is revoked.") % {"name": token.name})
    return redirect("tokens")
