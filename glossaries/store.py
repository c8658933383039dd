"""Concepts into the database and out of it; every change is logged and raises the glossary's version."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F

from workflow.messages import gettext_noop

from .formats import csv
from .matching import Concept as PlainConcept
from .models import Change, Concept, Glossary, Term
from .termbase import plain_concept

ADDED = gettext_noop("Added to the termbase.")
PUT = gettext_noop("Changed by a program.")
IMPORTED = gettext_noop("Import: added %(added)d, changed %(changed)d.")
SHIPPED = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Stored:
    """What an import did, in counts of concepts."""

    added: int
    changed: int
    unchanged: int

    def __str__(self) -> str:
        return f"{self.added} added, {self.changed} changed, {self.unchanged} unchanged"


def store(concepts: Iterable[PlainConcept], glossary_name: str, *, by: Any = None) -> Stored:
    """Adds or replaces concepts by their identifier, in one transaction; none is deleted.

    Terms that people proposed and nobody has decided on stay.
    """
    added = changed = unchanged = 0
    with transaction.atomic():
        glossary, _created = Glossary.objects.get_or_create(name=glossary_name)
        incoming = list(concepts)
        present = _present(plain.id for plain in incoming)
        for plain in incoming:
            concept = present.get(plain.id)
            if concept is not None and plain_concept(concept) == plain:
                unchanged += 1
                continue
            if concept is None:
                added += 1
                concept = Concept(identifier=plain.id, glossary=glossary)
            else:
                changed += 1
            _write(concept, plain, by)
        if added or changed:
            record(
                glossary,
                "",
                IMPORTED,
                by,
                added=added,
                changed=changed,
            )
    return Stored(added, changed, unchanged)


def put(plain: PlainConcept, glossary_name: str, *, by: Any = None) -> tuple[Concept, bool]:
    """Adds or replaces one concept by its identifier; (concept, whether it is new).

    A concept that is there stays in its glossary. Terms that people proposed stay until they are decided on.
    """
    with transaction.atomic():
        concept = _present([plain.id]).get(plain.id)
        new = concept is None
        if concept is None:
            glossary, _created = Glossary.objects.get_or_create(name=glossary_name)
            concept = Concept(identifier=plain.id, glossary=glossary)
        elif plain_concept(concept) == plain:
            return concept, False
        _write(concept, plain, by)
        record(concept.glossary, concept.identifier, ADDED if new else PUT, by)
    return concept, new


def load_shipped() -> None:
    """Loads the shipped glossaries once: a glossary that exists belongs to its terminologists."""
    for path in sorted(SHIPPED.glob("*.csv")):
        if not Glossary.objects.filter(name=path.stem).exists():
            concepts, _errors = csv.read(path.read_bytes())
            store(concepts, path.stem)


def record(glossary: Glossary, concept: str, what: str, by: Any, **params: Any) -> None:
    """Logs one change and raises the version, so that compiled termbases are made anew.

    `what` is a gettext msgid with %(name)s places for `params`.
    """
    Glossary.objects.filter(pk=glossary.pk).update(version=F("version") + 1)
    Change.objects.create(glossary=glossary, concept=concept, what=what, params=params, by=by)


def _present(identifiers: Iterable[str]) -> dict[str, Concept]:
    """The concepts of these identifiers that are there, with their terms."""
    return Concept.objects.prefetch_related("terms").in_bulk(list(identifiers), field_name="identifier")


def _write(concept: Concept, plain: PlainConcept, by: Any) -> None:
    concept.domain, concept.definition, concept.note = plain.domain, plain.definition, plain.note
    concept.save()
    _replace_terms(concept, plain, by)


def _replace_terms(concept: Concept, plain: PlainConcept, by: Any) -> None:
    concept.terms.exclude(status="proposed").delete()
    Term.objects.bulk_create(
        [
            Term(
                concept=concept,
                locale=term.locale,
                text=term.text,
                status=term.status.value,
                part_of_speech=term.pos,
                mode=term.mode.value,
                case_sensitive=term.case_sensitive,
                forms=list(term.forms),
                approved_by=by,
                position=position,
            )
            for position, term in enumerate(plain.terms)
        ],
        ignore_conflicts=True,
    )
