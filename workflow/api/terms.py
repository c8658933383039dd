"""The termbase over the API: read and put concepts, propose terms, check a pair of texts."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router, Status
from ninja.errors import HttpError
from ninja.pagination import paginate
from pydantic import StringConstraints

from glossaries import decisions, matching
from glossaries.models import Concept, Term
from glossaries.store import put
from workflow.accounts.access import require, signed_in
from workflow.drafting.findings import find_in

from .models import Scope
from .pages import Pages
from .problems import REFUSED
from .security import Bearer, idempotent
from .shapes import CheckBody, ConceptBody, ConceptOut, FindingOut, Line, Problem, ProposalBody, TermOut

router = Router(tags=["terms"])
Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.:-]{0,79}$")]


@router.get(
    "/concepts",
    auth=Bearer(Scope.READ),
    response={200: list[ConceptOut], REFUSED: Problem},
    summary="Concepts",
)
@paginate(Pages)
def list_concepts(request: HttpRequest, q: Line = Query("")) -> Any:
    """The concepts with their terms; `q` searches the terms of every locale."""
    concepts = Concept.objects.select_related("glossary").prefetch_related("terms")
    return concepts.filter(terms__text__icontains=q).distinct() if q else concepts


@router.get(
    "/concepts/{identifier}",
    auth=Bearer(Scope.READ),
    response={200: ConceptOut, REFUSED: Problem},
    summary="Concept",
)
def read_concept(request: HttpRequest, identifier: Path[Identifier]) -> Any:
    """One concept with its terms."""
    return _concept(identifier)


@router.put(
    "/concepts/{identifier}",
    auth=Bearer(Scope.TERMS),
    response={200: ConceptOut, 201: ConceptOut, REFUSED: Problem},
    summary="Put a concept",
)
@idempotent
def put_concept(request: HttpRequest, identifier: Path[Identifier], body: ConceptBody) -> Any:
    """Makes a concept and its terms what the body says: new (201), or in place of what was (200).

    For terminologists. A concept that is there stays in its glossary; proposed terms stay proposed.
    """
    person = signed_in(request)
    require(person.is_terminologist)
    _concept_put, new = put(_plain(identifier, body), " ".join(body.glossary.split()), by=person)
    return Status(201 if new else 200, ConceptOut.from_orm(_concept(identifier)))


@router.post(
    "/proposals",
    auth=Bearer(Scope.TERMS),
    response={201: TermOut, REFUSED: Problem},
    summary="Propose a term",
)
@idempotent
def propose_term(request: HttpRequest, body: ProposalBody) -> Any:
    """Proposes a term for an English one; nobody is held to it until a terminologist decides."""
    term: Term = decisions.propose(
        body.english, body.locale, body.text, by=signed_in(request), source=body.source
    )
    return Status(201, TermOut.from_orm(term))


@router.post(
    "/check", auth=Bearer(Scope.READ), response={200: list[FindingOut], REFUSED: Problem}, summary="Check"
)
def check_texts(request: HttpRequest, body: CheckBody) -> Any:
    """What the checks and the termbase say of a source and a target."""
    return [
        FindingOut(
            check=finding.check,
            severity=finding.severity,
            message=finding.message % finding.params if finding.params else finding.message,
            suggestion=finding.suggestion,
        )
        for finding in find_in(body.source, body.target, body.locale)
    ]


def _concept(identifier: str) -> Concept:
    concepts = Concept.objects.select_related("glossary").prefetch_related("terms")
    return get_object_or_404(concepts, identifier=identifier)


def _plain(identifier: str, body: ConceptBody) -> matching.Concept:
    """The body as the termbase takes it.

    Raises:
        HttpError: 422, a term is there twice.
    """
    terms = tuple(
        matching.Term(
            locale=term.locale,
            text=" ".join(term.text.split()),
            status=matching.Status(term.status),
            pos=term.part_of_speech,
            mode=matching.Mode(term.mode),
            case_sensitive=term.case_sensitive,
            forms=tuple(term.forms),
        )
        for term in body.terms
    )
    if len({(term.locale, term.text) for term in terms}) < len(terms):
        raise HttpError(422, "A term is in the concept twice.")
    return matching.Concept(identifier, body.domain, body.definition, body.note, terms)
