"""The termbase over the API: read concepts, check a pair of texts."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router
from ninja.pagination import paginate

from glossaries.models import Concept
from workflow.drafting.findings import find_in

from .models import Scope
from .pages import Pages
from .problems import REFUSED
from .security import Bearer
from .shapes import CheckBody, ConceptOut, FindingOut, Line, Problem

router = Router(tags=["terms"])


@router.get(
    "/concepts",
    auth=Bearer(Scope.READ),
    response={200: list[ConceptOut], REFUSED: Problem},
    summary="Concepts",
)
@paginate(Pages)
def list_concepts(request: HttpRequest, q: Line = Query("")) -> Any:
    """The concepts with their terms; `q` searches the terms of every locale."""
    concepts = Concept.objects.prefetch_related("terms")
    return concepts.filter(terms__text__icontains=q).distinct() if q else concepts


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
