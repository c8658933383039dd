"""The compiled termbase of one target locale and domain, built from the database once per glossary version."""

from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock

from django.db.models import Count, Q, Sum

from .matching import Concept as PlainConcept
from .matching import Mode as PlainMode
from .matching import Status as PlainStatus
from .matching import Term as PlainTerm
from .matching import Termbase
from .models import Concept, Glossary, Status

# A termbase of 100,000 terms takes about 100 MB: what was not asked for longest makes room.
MOST_KEPT = 6


class _Shelf:
    """The compiled termbases of the present version, by locale and domain, those used last at the end."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.version: tuple[int, int] | None = None
        self.domains: frozenset[str] = frozenset()
        self.termbases: OrderedDict[tuple[str, str], Termbase] = OrderedDict()


_shelf = _Shelf()


def version() -> tuple[int, int]:
    """What the compiled termbases depend on: any change of any glossary changes it."""
    row = Glossary.objects.aggregate(versions=Sum("version"), glossaries=Count("pk"))
    return row["versions"] or 0, row["glossaries"]


def compiled(locale: str, domain: str = "") -> Termbase:
    """The termbase for translating English of a domain into `locale`, as of now.

    It holds the concepts without a domain and those of this one. Without a domain, or with one that no concept
    has, it holds all of them: a domain somebody made up must not switch the terminology off.
    """
    current = version()
    with _shelf.lock:
        if _shelf.version != current:
            _shelf.termbases.clear()
            _shelf.domains = frozenset(map(str.casefold, domains()))
            _shelf.version = current
        scope = domain.strip().casefold()
        key = (locale, scope if scope in _shelf.domains else "")
        if key not in _shelf.termbases:
            _shelf.termbases[key] = _compile(*key)
            if len(_shelf.termbases) > MOST_KEPT:
                _shelf.termbases.popitem(last=False)
        _shelf.termbases.move_to_end(key)
        return _shelf.termbases[key]


def domains() -> list[str]:
    """The domains that concepts have, in order."""
    found = Concept.objects.exclude(domain="").order_by("domain")
    return list(found.values_list("domain", flat=True).distinct())


def _compile(locale: str, scope: str) -> Termbase:
    concepts = Concept.objects.prefetch_related("terms")
    if scope:
        # Folded here, for SQLite folds the letters of ASCII only.
        within = [domain for domain in domains() if domain.casefold() == scope]
        concepts = concepts.filter(Q(domain="") | Q(domain__in=within))
    plain = [plain_concept(concept, locales=("en", locale)) for concept in concepts]
    return Termbase.compile(plain, source="en", target=locale)


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
