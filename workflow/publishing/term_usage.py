"""Where a concept occurs in what readers see now, and how each published page renders it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Q

from glossaries.matching import Concept, Termbase
from workflow.articles import codes

from .models import Edition

# A term much used is on many pages; a terminologist reads a sample, and the count is of that sample.
MOST_PAGES = 500


@dataclass
class PageUse:
    """One live edition that has the concept in its source: how often it is rendered how, and an example."""

    edition: Edition
    counts: Counter[str] = field(default_factory=Counter)
    source: str = ""
    target: str = ""


def usage(concept: Concept) -> list[PageUse]:
    """The live translated editions whose source has the concept, newest first."""
    english = [term.text for term in concept.designations("en")]
    if not english:
        return []
    likely = Q()
    for text in english:
        # The database only narrows down; the matcher decides.
        likely |= Q(revision__html__icontains=max(text.split(), key=len)[:6])
    termbases = {}
    found = []
    editions = Edition.objects.filter(likely, live=True, approval__isnull=False)
    for edition in editions.select_related("approval", "article", "revision")[:MOST_PAGES]:
        if edition.locale not in termbases:
            termbases[edition.locale] = Termbase.compile([concept], source="en", target=edition.locale)
        page = PageUse(edition)
        for source, target in _pairs(edition):
            for use in termbases[edition.locale].check(source, target):
                page.counts[use.status] += 1
                if not page.source or use.status != "ok":
                    page.source, page.target = source, target
        if page.counts:
            found.append(page)
    return found


def _pairs(edition: Edition) -> Iterator[tuple[str, str]]:
    targets = edition.approval.targets if edition.approval else {}
    for segment in edition.revision.segments.all():
        if segment.key in targets:
            yield codes.plain(segment.text), codes.plain(targets[segment.key]["target"])
