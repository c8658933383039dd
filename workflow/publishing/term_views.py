"""The terminologist's view of published pages: where a concept is used, and how many pages a change touches."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from glossaries.models import Concept
from glossaries.termbase import plain_concept
from workflow.accounts.access import may_see, signed_in

from .term_usage import PageUse, usage


@login_required
def term_usage(request: HttpRequest, pk: int) -> HttpResponse:
    """The live editions that have the concept, with how each renders it."""
    concept = get_object_or_404(Concept.objects.prefetch_related("terms"), pk=pk)
    return render(
        request, "desk/terms/usage.html", {"concept": concept, "pages": _visible_pages(request, concept)}
    )


@login_required
def term_reach(request: HttpRequest, pk: int) -> HttpResponse:
    """One sentence for the concept's pages: how many published pages a change of it touches."""
    concept = get_object_or_404(Concept.objects.prefetch_related("terms"), pk=pk)
    return render(
        request,
        "desk/terms/_reach.html",
        {"concept": concept, "count": len(_visible_pages(request, concept))},
    )


def _visible_pages(request: HttpRequest, concept: Concept) -> list[PageUse]:
    user = signed_in(request)
    return [page for page in usage(plain_concept(concept)) if may_see(user, page.edition.article)]
