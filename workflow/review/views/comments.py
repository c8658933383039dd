"""A comment resolved or reopened at the desk; the answer is the comment as it is shown then."""

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from workflow.accounts.access import signed_in

from ..conversation import may_settle, reopen, resolve
from ..models import Comment


@require_POST
def settle(request: HttpRequest, pk: int) -> JsonResponse:
    """Resolves the comment (`resolved=1`) or reopens it; 401 not signed in, 403 no right, 404 no such comment."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": _("You are signed out.")}, status=401)
    comment = get_object_or_404(
        Comment.objects.select_related("translation__article", "author", "resolved_by"), pk=pk
    )
    user = signed_in(request)
    if not may_settle(user, comment):
        return JsonResponse({"error": _("Your role does not allow this.")}, status=403)
    if request.POST.get("resolved") == "1":
        resolve(comment, user)
    else:
        reopen(comment)
    return JsonResponse({"html": comment_html(request, comment)})


def comment_html(request: HttpRequest, comment: Comment) -> str:
    """The comment as the desk shows it to who may settle it."""
    return render_to_string("partials/comment.html", {"comment": comment, "may_settle": True}, request)
