"""The desk for one translation, and the steps taken with the whole of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from workflow.accounts.access import may_edit_newsroom, may_see, may_translate, require, safe_next, signed_in
from workflow.accounts.models import User
from workflow.drafting import queue
from workflow.drafting.models import State, Translation
from workflow.drafting.progress import translation_status
from workflow.drafting.transitions import CLOSED, IllegalTransition
from workflow.messages import gettext_noop

from ..approval import NotApprovable, approve, reopen
from ..assignment import AlreadyClaimed, assign, claim, held, release, return_to_colleague
from ..confirmation import InTheWay, Left, confirm_all, confirm_others
from ..conversation import threads
from ..desk import unit_view


def visible(request: HttpRequest, pk: int) -> Translation:
    """The translation, if this person may see its article (else 403, or 404 when there is none)."""
    translation = get_object_or_404(
        Translation.objects.select_related("article", "revision", "assignee", "last_edited_by"), pk=pk
    )
    require(may_see(signed_in(request), translation.article))
    return translation


@login_required
@never_cache
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole article in order, source beside target; opening it claims it when it is free."""
    translation = visible(request, pk)
    user = signed_in(request)
    editable = may_translate(user, translation.article, translation.locale)
    if user.works_in(translation.locale) and not held(translation) and translation.state == State.IN_REVIEW:
        try:
            claim(translation, user)
        except AlreadyClaimed as error:
            messages.info(request, str(error))
        translation.refresh_from_db()
    units = list(translation.current_units().select_related("edited_by", "confirmed_by"))
    comments_of, comments = threads(translation)
    return render(
        request,
        "desk/review/translation.html",
        {
            "nav": "work",
            "translation": translation,
            "article": translation.article,
            "revision": translation.revision,
            "status": translation_status(translation),
            "units": [
                unit_view(unit, translation.locale, number=number, comments=comments_of[unit.pk])
                for number, unit in enumerate(units, start=1)
            ],
            "words": sum(len(unit.segment.text.split()) for unit in units),
            "findings_left": sum(len(unit.errors) for unit in units),
            "warnings_left": sum(
                finding["severity"] == "warning" for unit in units for finding in unit.findings
            ),
            "held": held(translation),
            "mine": held(translation) and translation.assignee_id == user.pk,
            "editable": editable and translation.state == State.IN_REVIEW,
            "may_approve": editable and translation.state == State.IN_REVIEW,
            "may_reopen": editable and translation.state in CLOSED,
            "needs_override": translation.last_edited_by_id == user.pk,
            "may_publish": may_edit_newsroom(user, translation.article),
            "comments": comments,
            "may_settle": editable,
            "colleagues": User.objects.filter(
                is_translator=True, is_active=True, working_locales__locale=translation.locale
            ).exclude(pk=user.pk),
        },
    )


@login_required
def progress(request: HttpRequest, pk: int) -> JsonResponse:
    """How far the translation is, for the page that watches a draft being made."""
    return JsonResponse(translation_status(visible(request, pk)))


@login_required
@require_POST
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One step with the whole translation: claim, release, hand over, confirm, approve, reopen, return, retry."""
    translation = visible(request, pk)
    user = signed_in(request)
    reason = request.POST.get("reason", "")
    said = ""
    try:
        match name:
            case "claim":
                claim(translation, user)
            case "release":
                release(translation, user)
            case "assign":
                assign(
                    translation, get_object_or_404(User, pk=request.POST.get("to")), by=user, reason=reason
                )
            case "confirm-all":
                said = _confirmed(confirm_all(translation, user))
            case "confirm-others":
                count, left = confirm_others(translation, user)
                said = _left_over(request, translation, _confirmed(count), left)
            case "approve":
                approve(translation, user, override_reason=reason)
                said = _("Approved.")
            case "reopen":
                reopen(translation, user)
                said = _("Reopened.")
            case "return":
                return_to_colleague(translation, by=user, reason=reason)
                said = _("Returned.")
            case "retry":
                require(may_edit_newsroom(user, translation.article))
                queue.retry(translation, user)
            case "cancel":
                require(may_edit_newsroom(user, translation.article))
                queue.cancel(translation, user, reason or gettext_noop("cancelled by an editor"))
    except InTheWay as error:
        messages.error(request, _left_over(request, translation, str(error), error.left, error.others))
    except (NotApprovable, AlreadyClaimed, IllegalTransition, ValueError) as error:
        messages.error(request, str(error))
    else:
        if said:
            messages.success(request, said)
    return redirect(safe_next(request) or reverse("desk", args=[pk]))


def _confirmed(count: int) -> str:
    return ngettext("%(count)d unit confirmed.", "%(count)d units confirmed.", count) % {"count": count}


def _left_over(
    request: HttpRequest, translation: Translation, said: str, left: list[Left], others: int = 0
) -> str:
    """What was done, and which units it left and why, each a step away; a message with links."""
    if not left:
        return said
    by_reason = sorted(left, key=lambda one: one.reason)
    context = {
        "translation": translation,
        "said": said,
        "first": left[0],
        "left": by_reason,
        "others": others,
    }
    return render_to_string("desk/review/_left.html", context, request)
