"""The pages of sources: administrators set them up, editors see what came in and decide what is held."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from glossaries import termbase
from workflow.accounts.access import may_edit_newsroom, may_see, require, role_required, signed_in
from workflow.intake.models import Item, Source

from . import decisions
from .forms import SourceForm

PER_PAGE = 50
POLLS_SHOWN = 20


@require_safe
@role_required("editor", "administrator")
def sources(request: HttpRequest) -> HttpResponse:
    """All sources, how they do, and how much in them waits for an editor."""
    counted = Source.objects.annotate(
        waiting=Count("items", filter=Q(items__state=Item.State.PLANNED)),
        held=Count("items", filter=Q(items__state=Item.State.HELD)),
        failed=Count("items", filter=Q(items__state=Item.State.FAILED)),
    )
    return render(request, "desk/sources/sources.html", {"nav": "sources", "sources": counted})


@require_safe
@role_required("editor", "administrator")
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """One source: the log of looks at it, and its items; of a restricted one only for those named on it."""
    found = get_object_or_404(Source, pk=pk)
    context: dict[str, object] = {"nav": "sources", "source": found, "visible": _may_see(request, found)}
    if context["visible"]:
        state = request.GET.get("state", "")
        items = found.items.select_related("article").defer("html")
        if state in Item.State.values:
            items = items.filter(state=state)
        page = Paginator(items, PER_PAGE).get_page(request.GET.get("page"))
        person = signed_in(request)
        context |= {
            "polls": found.polls.all()[:POLLS_SHOWN],
            "page": page,
            "rows": [(item, item.article is not None and may_see(person, item.article)) for item in page],
            "state": state,
            "states": Item.State.choices,
            "query": f"state={state}&" if state else "",
        }
    return render(request, "desk/sources/source.html", context)


@require_http_methods(["GET", "POST"])
@role_required("administrator")
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Sets a source up; without `pk`, a new one."""
    found = get_object_or_404(Source, pk=pk) if pk else None
    form = SourceForm(request.POST if request.method == "POST" else None, instance=found)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        messages.success(request, _("Saved."))
        return redirect("source", pk=saved.pk)
    context = {"nav": "sources", "form": form, "source": found, "domains": termbase.domains()}
    return render(request, "desk/sources/edit.html", context, status=422 if form.errors else 200)


@require_POST
@role_required("editor", "administrator")
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for a look at the source now; the page shows what came of it a moment later."""
    found = get_object_or_404(Source, pk=pk)
    decisions.ask(found)
    messages.success(request, _("The source is being read. Load this page again to see what came of it."))
    return redirect("source", pk=pk)


@require_POST
@role_required("editor")
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes in an item that needed confirmation."""
    return _decide(
        request, pk, lambda item: decisions.accept(item, signed_in(request)), _("It is being taken in.")
    )


@require_POST
@role_required("editor")
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Tries an item again that failed."""
    return _decide(request, pk, decisions.retry, _("It will be tried again."))


@require_POST
@role_required("editor")
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Leaves an item out for good."""
    return _decide(request, pk, decisions.dismiss, _("It is left out."))


def _decide(request: HttpRequest, pk: int, decision: Callable[[Item], bool], done: str) -> HttpResponse:
    item = get_object_or_404(Item.objects.select_related("source", "article"), pk=pk)
    require(may_edit_newsroom(signed_in(request), item.source))
    require(item.article is None or may_edit_newsroom(signed_in(request), item.article))
    if decision(item):
        messages.success(request, done)
    else:
        messages.error(request, _("Somebody else decided about it already."))
    return redirect("source", pk=item.source_id)


def _may_see(request: HttpRequest, found: Source) -> bool:
    return may_see(signed_in(request), found)
