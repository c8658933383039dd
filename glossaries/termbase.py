"""The compiled termbase of one target locale, built from the database once per glossary version."""

from collections.abc import Iterable
from threading import Lock

from django.db.models import Count, Sum

from .matching import Concept as PlainConcept
from .matching import Mode as PlainMode
from .matching import Status as PlainStatus
from .matching import Term as PlainTerm
from .matching import Termbase
from .models import Concept, Glossary, Status

_compiled: dict[str, tuple[tuple[int, int], Termbase]] = {}
_lock = Lock()


def version() -> tuple[int, int]:
    """What the compiled termbases depend on: any change of any glossary changes it."""
    row = Glossary.objects.aggregate(versions=Sum("version"), glossaries=Count("pk"))
    return row["versions"] or 0, row["glossaries"]


def compiled(locale: str) -> Termbase:
    """The termbase for translating English into `locale`, as of now."""
    current = version()
    with _lock:
        known = _compiled.get(locale)
        if known is None or known[0] != current:
            concepts = Concept.objects.prefetch_related("terms")
            plain = [plain_concept(concept, locales=("en", locale)) for concept in concepts]
            known = (current, Termbase.compile(plain, source="en", target=locale))
            _compiled[locale] = known
        return known[1]


def plain_concept(concept: Concept, *, locales: Iterable[str] | None = None) -> PlainConcept:
    """A stored concept as plain data: its decided terms, in all locales or only in `locales`."""
    return PlainConcept(
        id=concept.identifier,
        domain=concept.domain,
        definition=concept.definition,
        note=concept.note,
        terms=tuple(
            PlainTerm(
                locale=term.locale,
                text=term.text,
                status=PlainStatus(term.status),
                pos=term.part_of_speech,
                mode=PlainMode(term.mode),
                case_sensitive=term.case_sensitive,
                forms=tuple(term.forms),
            )
            for term in concept.terms.all()
            if term.status != Status.PROPOSED and (locales is None or term.locale in locales)
        ),
    )
