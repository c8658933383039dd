"""The termbase's pages: search, one concept, proposals, import and export, the log of changes."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from workflow.accounts.access import role_required
from workflow.messages import gettext_noop, in_words, kept

from . import decisions, exchange
from .forms import ConceptForm, ImportForm, ProposalForm, SearchForm, TermFormSet
from .models import Change, Concept, Status, Term
from .store import ADDED, record

PAGE = 50
MOST_ERRORS = 200
CHANGED = gettext_noop("Changed in the form.")


@login_required
def search(request: HttpRequest) -> HttpResponse:
    """Concepts by any of their terms, in any locale."""
    form = SearchForm(request.GET)
    concepts = Concept.objects.select_related("glossary").prefetch_related("terms")
    if form.is_valid():
        words = form.cleaned_data["q"].strip()
        if words:
            concepts = concepts.filter(Q(terms__text__icontains=words) | Q(identifier__iexact=words))
        if form.cleaned_data["glossary"]:
            concepts = concepts.filter(glossary=form.cleaned_data["glossary"])
        if form.cleaned_data["status"]:
            concepts = concepts.filter(terms__status=form.cleaned_data["status"])
    page = Paginator(concepts.distinct(), PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "desk/terms/search.html",
        {
            "form": form,
            "page": page,
            "rows": [row_of(concept) for concept in page],
            "proposed": Term.objects.filter(status=Status.PROPOSED).exclude(locale="en").count(),
        },
    )


@login_required
def concept(request: HttpRequest, pk: int) -> HttpResponse:
    """One concept: its terms, and what was decided about it."""
    found = get_object_or_404(Concept.objects.select_related("glossary").prefetch_related("terms"), pk=pk)
    terms = list(found.terms.all())
    return render(
        request,
        "desk/terms/concept.html",
        {
            "concept": found,
            "heading": next((term.text for term in terms if term.locale == "en"), found.identifier),
            "terms": terms,
            "changes": Change.objects.filter(concept=found.identifier).select_related("by")[:50],
        },
    )


@role_required("terminologist")
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Changes a concept and its terms; without `pk`, makes a new one."""
    found = get_object_or_404(Concept, pk=pk) if pk else Concept()
    form = ConceptForm(request.POST or None, instance=found)
    terms = TermFormSet(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid() and terms.is_valid():
        with transaction.atomic():
            saved = form.save()
            terms.instance = saved
            terms.save()
            record(saved.glossary, saved.identifier, CHANGED if pk else ADDED, request.user)
        messages.success(request, _("Saved."))
        return redirect("concept", pk=saved.pk)
    return render(
        request, "desk/terms/edit.html", {"form": form, "terms": terms, "concept": found if pk else None}
    )


@login_required
def propose(request: HttpRequest) -> HttpResponse:
    """Anybody on the desk proposes a term; terminologists decide."""
    form = ProposalForm(request.POST or None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        try:
            decisions.propose(
                form.cleaned_data["english"],
                form.cleaned_data["locale"],
                form.cleaned_data["text"],
                by=request.user,
                source=form.cleaned_data["source"],
            )
        except decisions.AlreadyThere as error:
            form.add_error("text", str(error))
        else:
            messages.success(request, _("Proposed. A terminologist will decide."))
            return redirect("terminology")
    return render(request, "desk/terms/propose.html", {"form": form})


@role_required("terminologist")
def proposals(request: HttpRequest) -> HttpResponse:
    """The terms that wait for a decision, oldest first."""
    waiting = (
        Term.objects.filter(status=Status.PROPOSED)
        .exclude(locale="en")
        .select_related("concept", "proposed_by")
        .prefetch_related("concept__terms")
        .order_by("pk")
    )
    rows = [
        {"term": term, "english": [t.text for t in term.concept.terms.all() if t.locale == "en"]}
        for term in waiting
    ]
    return render(request, "desk/terms/proposals.html", {"rows": rows})


@role_required("terminologist")
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Approves a proposal as preferred, admitted or forbidden, or refuses it."""
    term = get_object_or_404(Term, pk=pk, status=Status.PROPOSED)
    decision = request.POST.get("decision", "")
    if decision == "refuse":
        decisions.refuse(term, by=request.user)
    elif decision in (Status.PREFERRED, Status.ADMITTED, Status.FORBIDDEN):
        decisions.approve(term, Status(decision), by=request.user)
    return redirect("term-proposals")


@role_required("terminologist")
def bring_in(request: HttpRequest) -> HttpResponse:
    """Imports a glossary file, after a dry run that shows every row with an error."""
    form = ImportForm(request.POST or None, request.FILES or None)
    report: exchange.Report | None = None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            report = exchange.bring_in(
                file.name,
                file.read(exchange.MAX_BYTES + 1),
                form.cleaned_data["glossary"],
                by=request.user,
                dry_run=form.cleaned_data["dry_run"],
                all_or_nothing=form.cleaned_data["all_or_nothing"],
            )
        except exchange.GlossaryFormatError as error:
            form.add_error("file", in_words(kept(error.message, **error.params)))
    left_out = [
        (error.line, in_words(kept(error.reason.message, **error.reason.params)))
        for error in (report.errors if report else [])[:MOST_ERRORS]
    ]
    return render(request, "desk/terms/import.html", {"form": form, "report": report, "left_out": left_out})


@login_required
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The termbase (or one glossary) as CSV, TBX or XLSX."""
    if form not in exchange.MEDIA_TYPES:
        raise Http404
    data = exchange.export(form, request.GET.get("glossary") or None)
    response = HttpResponse(data, content_type=exchange.MEDIA_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="termbase.{form}"'
    return response


@login_required
def changes(request: HttpRequest) -> HttpResponse:
    """The log of the termbase, newest first."""
    page = Paginator(Change.objects.select_related("by", "glossary"), PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/terms/changes.html", {"page": page})


def row_of(concept: Concept) -> dict[str, Any]:
    """A concept as the list shows it: terms by locale, preferred first."""
    by_locale: dict[str, list[Term]] = {}
    for term in concept.terms.all():
        by_locale.setdefault(term.locale, []).append(term)
    return {
        "concept": concept,
        "en": by_locale.get("en", []),
        "fr": by_locale.get("fr", []),
        "ar": by_locale.get("ar", []),
    }
