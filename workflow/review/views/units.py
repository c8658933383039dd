"""What happens to one unit while a person works on it; JSON in, JSON out, for the desk's script."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from workflow.accounts.access import may_see, may_translate, signed_in
from workflow.accounts.models import User
from workflow.accounts.notices import tell
from workflow.articles.alignment import word_diff
from workflow.drafting import lineage, memory, queue
from workflow.drafting.findings import find_in
from workflow.drafting.models import Translation, TranslationUnit
from workflow.drafting.progress import translation_status
from workflow.drafting.transitions import IllegalTransition
from workflow.drafting.units import (
    SourceChanged,
    StaleVersion,
    Unconfirmable,
    accept_finding,
    save_target,
    unconfirm,
)

from ..desk import alternatives_view, origin_label, shown_findings
from ..models import Comment
from .comments import comment_html

LONGEST_TARGET = 20_000

UnitView = Callable[[HttpRequest, TranslationUnit], JsonResponse]


def on_unit(*, write: bool) -> Callable[[UnitView], Callable[..., JsonResponse]]:
    """Decorator: finds the unit, checks the person's right, and turns refusals into JSON answers.

    401 not signed in, or as somebody else than the page's person (the script keeps the text and asks to sign
    in), 403 no right, 404 no such unit, 409 somebody else saved in the meantime (with the unit as it is now),
    410 the source has changed and another unit goes on from this one, 422 refused with the reason.
    """

    def decorate(view: UnitView) -> Callable[..., JsonResponse]:
        @wraps(view)
        def answered(request: HttpRequest, pk: int) -> JsonResponse:
            page_of = request.headers.get("X-Desk-User", str(request.user.pk))
            if not request.user.is_authenticated or page_of != str(request.user.pk):
                return JsonResponse({"error": _("You are signed out.")}, status=401)
            unit = get_object_or_404(
                TranslationUnit.objects.select_related("segment", "translation__article"), pk=pk
            )
            article, locale = unit.translation.article, unit.translation.locale
            user = signed_in(request)
            allowed = may_translate(user, article, locale) if write else may_see(user, article)
            if not allowed:
                return JsonResponse({"error": _("Your role does not allow this.")}, status=403)
            try:
                return view(request, unit)
            except StaleVersion as stale:
                return JsonResponse(_conflict(stale), status=409)
            except SourceChanged as changed:
                return JsonResponse({"error": str(changed), "code": "source_changed"}, status=410)
            except (Unconfirmable, IllegalTransition, ValueError) as refused:
                return JsonResponse({"error": str(refused)}, status=422)

        return answered

    return decorate


@require_POST
@on_unit(write=True)
def save(request: HttpRequest, unit: TranslationUnit) -> JsonResponse:
    """Autosave, and confirmation with `confirm=1`: `target` written for `version`."""
    target = _target(request)
    if len(target) > LONGEST_TARGET:
        raise ValueError(_("This text is too long for one segment."))
    unit = save_target(
        unit.pk,
        version=_whole(request, "version"),
        target=target,
        by=signed_in(request),
        confirm=request.POST.get("confirm") == "1",
        seconds=_whole(request, "seconds"),
    )
    return _state(unit)


@require_POST
@on_unit(write=True)
def take_back(request: HttpRequest, unit: TranslationUnit) -> JsonResponse:
    """Takes the confirmation of a unit back."""
    return _state(unconfirm(unit.pk, version=_whole(request, "version"), by=signed_in(request)))


@require_POST
@on_unit(write=True)
def accept(request: HttpRequest, unit: TranslationUnit) -> JsonResponse:
    """Accepts one finding of the present text, by its name, with a reason that is kept."""
    unit = accept_finding(
        unit.pk,
        version=_whole(request, "version"),
        finding=request.POST.get("finding", ""),
        reason=request.POST.get("reason", ""),
        by=signed_in(request),
    )
    return _state(unit)


@require_POST
@on_unit(write=True)
def check(request: HttpRequest, unit: TranslationUnit) -> JsonResponse:
    """The findings for a text that is still being typed, accepted ones marked; nothing is stored."""
    target = _target(request)[:LONGEST_TARGET]
    found = (
        find_in(
            unit.segment.text,
            target,
            unit.translation.locale,
            domain=unit.translation.article.domain,
            draft=unit.draft,
        )
        if target.strip()
        else []
    )
    return JsonResponse({"findings": shown_findings(unit, [each.as_dict() for each in found], target)})


@require_POST
@on_unit(write=True)
def draft_again(request: HttpRequest, unit: TranslationUnit) -> JsonResponse:
    """Asks the machine for a fresh draft; it arrives as an alternative, never over a person's text."""
    item = queue.enqueue_again(unit, signed_in(request).pk)
    return JsonResponse({"item": item.pk, "state": item.state}, status=202)


@require_GET
@on_unit(write=False)
def state(request: HttpRequest, unit: TranslationUnit) -> JsonResponse:
    """The unit as it is on the server now."""
    return _state(unit)


@require_GET
@on_unit(write=False)
def matches(request: HttpRequest, unit: TranslationUnit) -> JsonResponse:
    """Translation memory matches, best first, with the difference between the two sources."""
    found = memory.fuzzy(unit.segment.text, unit.translation.locale, except_unit=unit.pk)
    return JsonResponse(
        {
            "matches": [
                {
                    "source": match.source,
                    "target": match.target,
                    "similarity": match.similarity,
                    "article": match.article,
                    "by": match.confirmed_by,
                    "on": match.confirmed_on,
                    "diff": word_diff(match.source, unit.segment.text),
                }
                for match in found
            ]
        }
    )


@require_POST
@on_unit(write=True)
def ask_alternatives(request: HttpRequest, unit: TranslationUnit) -> JsonResponse:
    """Asks the machine for other drafts of the unit; `alternatives` tells when they are there."""
    queue.ask_alternatives(unit)
    return JsonResponse(alternatives_view(unit), status=202)


@require_GET
@on_unit(write=False)
def alternatives(request: HttpRequest, unit: TranslationUnit) -> JsonResponse:
    """The other drafts asked for so far: whether the machine is still at it, and what it has found."""
    return JsonResponse(alternatives_view(unit))


@require_GET
@on_unit(write=False)
def history(request: HttpRequest, unit: TranslationUnit) -> JsonResponse:
    """Every version of the unit, through the earlier revisions of the source, newest first; each with its
    difference from the one before."""
    versions = list(lineage.versions(unit).select_related("author")[:100])
    return JsonResponse(
        {
            "versions": [
                {
                    "number": version.number,
                    "target": version.target,
                    "state": version.get_state_display(),
                    "origin": version.get_origin_display(),
                    "author": str(version.author or _("machine")),
                    "at": version.created_at.isoformat(),
                    "note": _(version.note) if version.note else "",
                    "diff": word_diff(
                        versions[i + 1].target if i + 1 < len(versions) else "", version.target
                    ),
                }
                for i, version in enumerate(versions)
            ]
        }
    )


@require_POST
@on_unit(write=False)
def comment(request: HttpRequest, unit: TranslationUnit) -> JsonResponse:
    """A remark on the unit; people named with @username are told."""
    text = request.POST.get("text", "").strip()[:4000]
    if not text:
        raise ValueError(_("Write something first."))
    author = signed_in(request)
    made = Comment.objects.create(translation=unit.translation, unit=unit, author=author, text=text)
    named = [word[1:].strip(".,;:!?،؛؟") for word in text.split() if word.startswith("@")]
    for person in User.objects.filter(username__in=named).exclude(pk=author.pk):
        if may_see(person, unit.translation.article):
            tell(
                person,
                "%(by)s mentions you: %(text)s",
                by=str(author),
                text=text[:200],
                address=f"/desk/translations/{unit.translation_id}/#unit-{unit.pk}",
            )
    return JsonResponse({"id": made.pk, "html": comment_html(request, made)}, status=201)


def _target(request: HttpRequest) -> str:
    return request.POST.get("target", "").replace("\r\n", "\n")


def _whole(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "0")
    if not text.isdigit():
        raise ValueError(_("“%(name)s” must be a whole number.") % {"name": name})
    return int(text)


def _state(unit: TranslationUnit) -> JsonResponse:
    return JsonResponse(_now(unit))


def _now(unit: TranslationUnit) -> dict[str, Any]:
    # Read anew, with its relations in one query, as this is every autosave.
    translation = Translation.objects.select_related("article", "revision", "assignee").get(
        pk=unit.translation_id
    )
    return {
        "id": unit.pk,
        "version": unit.version,
        "state": unit.state,
        "state_label": unit.get_state_display(),
        "origin_label": origin_label(unit),
        "target": unit.target,
        "draft": unit.draft,
        "findings": shown_findings(unit),
        "empty_reason": unit.empty_reason,
        "drafting": unit.items.filter(state__in=queue.OPEN).exclude(options=queue.ALTERNATIVES).exists(),
        "translation": translation_status(translation),
    }


def _conflict(stale: StaleVersion) -> dict[str, Any]:
    unit = stale.unit
    return {
        **_now(unit),
        "error": str(stale),
        "author": str(unit.edited_by or _("machine")),
        "at": unit.edited_at.isoformat() if unit.edited_at else None,
    }
