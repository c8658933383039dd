"""What people decide about terms: propose, approve, refuse, change; each logged with who and when."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from workflow.messages import gettext_noop

from .models import Concept, Glossary, Status, Term
from .store import record

PROPOSALS = "proposals"
DECIDED = {
    Status.PREFERRED: gettext_noop("“%(term)s” (%(locale)s) is the preferred term."),
    Status.ADMITTED: gettext_noop("“%(term)s” (%(locale)s) is an admitted term."),
    Status.FORBIDDEN: gettext_noop("“%(term)s” (%(locale)s) is a forbidden term."),
    "refused": gettext_noop("“%(term)s” (%(locale)s) was refused."),
}


class AlreadyThere(Exception):
    """The termbase has this term for this concept already."""


def propose(english: str, locale: str, text: str, *, by: Any, source: str = "") -> Term:
    """Adds a proposed term to the concept of the English term, or to a new one among the proposals.

    A proposed term is matched by nobody until a terminologist approves it.

    Raises:
        AlreadyThere: the concept has the term, whatever its status.
    """
    english, text = " ".join(english.split()), " ".join(text.split())
    with transaction.atomic():
        known = Term.objects.filter(locale="en", text__iexact=english).select_related("concept").first()
        concept = known.concept if known else _new_concept(english, by)
        present = concept.terms.filter(locale=locale, text=text).first()
        if present is not None:
            raise AlreadyThere(
                _("“%(term)s” is in the termbase already (%(status)s).")
                % {"term": text, "status": present.get_status_display()}
            )
        return Term.objects.create(
            concept=concept, locale=locale, text=text, status=Status.PROPOSED, proposed_by=by, source=source
        )


def approve(term: Term, status: Status, *, by: Any) -> None:
    """Makes a proposed term preferred, admitted or forbidden; an earlier preferred one becomes admitted."""
    with transaction.atomic():
        concept = term.concept
        if status == Status.PREFERRED:
            concept.terms.filter(locale=term.locale, status=Status.PREFERRED).exclude(pk=term.pk).update(
                status=Status.ADMITTED
            )
        concept.terms.filter(locale="en", status=Status.PROPOSED).update(
            status=Status.PREFERRED, approved_by=by
        )
        term.status, term.approved_by = status, by
        term.save(update_fields=["status", "approved_by"])
        record(concept.glossary, concept.identifier, DECIDED[status], by, term=term.text, locale=term.locale)


def refuse(term: Term, *, by: Any) -> None:
    """Takes a proposal away; the log keeps that it was made."""
    with transaction.atomic():
        concept = term.concept
        record(
            concept.glossary, concept.identifier, DECIDED["refused"], by, term=term.text, locale=term.locale
        )
        term.delete()
        if not concept.terms.exclude(locale="en", status=Status.PROPOSED).exists():
            concept.delete()


def _new_concept(english: str, by: Any) -> Concept:
    glossary, _created = Glossary.objects.get_or_create(name=PROPOSALS)
    number = glossary.concepts.count() + 1
    while Concept.objects.filter(identifier=f"prop-{number:03}").exists():
        number += 1
    concept = Concept.objects.create(glossary=glossary, identifier=f"prop-{number:03}")
    Term.objects.create(concept=concept, locale="en", text=english, status=Status.PROPOSED, proposed_by=by)
    return concept
