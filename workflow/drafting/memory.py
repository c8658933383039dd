"""The translation memory: only confirmed units enter it; exact and fuzzy matches come out."""

import hashlib
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from .models import MemoryEntry, TranslationUnit, UnitState

# Matches below this similarity help nobody: reading them takes longer than translating.
LOWEST_FUZZY = 70.0


@dataclass(frozen=True)
class MemoryMatch:
    """A remembered translation of a similar source; similarity in percent, 100 = the same text."""

    source: str
    target: str
    similarity: int
    article: str
    confirmed_by: str
    confirmed_on: str


def source_hash(text: str) -> str:
    """The key of exact matches: SHA-256 of the source in text form."""
    return hashlib.sha256(text.encode()).hexdigest()


def remember(unit: TranslationUnit) -> None:
    """Makes the memory hold exactly what is confirmed in this unit: adds, replaces or takes out."""
    if unit.state != UnitState.CONFIRMED:
        MemoryEntry.objects.filter(unit=unit).delete()
        return
    MemoryEntry.objects.update_or_create(
        unit=unit,
        defaults={
            "locale": unit.translation.locale,
            "source_hash": source_hash(unit.segment.text),
            "source": unit.segment.text,
            "target": unit.target,
            "article_id": unit.translation.article_id,
            "confirmed_by": unit.confirmed_by,
        },
    )


def exact(text: str, locale: str) -> MemoryEntry | None:
    """The newest confirmed translation of exactly this source (codes included), if any.

    Restricted articles do not feed others: what is in them is not everybody's to read.
    """
    return (
        MemoryEntry.objects.filter(locale=locale, source_hash=source_hash(text))
        .exclude(article__restricted=True)
        .first()
    )


def fuzzy(text: str, locale: str, *, limit: int = 3, except_unit: int | None = None) -> list[MemoryMatch]:
    """The most similar remembered sources, best first (normalised indel similarity of rapidfuzz)."""
    shortest, longest = len(text) * 0.5, len(text) * 2
    rows = MemoryEntry.objects.filter(locale=locale).exclude(article__restricted=True)
    if except_unit is not None:
        rows = rows.exclude(unit_id=except_unit)
    sources = {
        pk: source for pk, source in rows.values_list("pk", "source") if shortest <= len(source) <= longest
    }
    best = process.extract(text, sources, scorer=fuzz.ratio, score_cutoff=LOWEST_FUZZY, limit=limit)
    entries = MemoryEntry.objects.select_related("article", "confirmed_by").in_bulk([pk for _, _, pk in best])
    return [
        MemoryMatch(
            source=entries[pk].source,
            target=entries[pk].target,
            similarity=int(score),
            article=_title(entries[pk]),
            confirmed_by=str(entries[pk].confirmed_by or ""),
            confirmed_on=entries[pk].confirmed_at.date().isoformat(),
        )
        for _, score, pk in best
    ]


def concordance(words: str, locale: str, *, limit: int = 20) -> list[MemoryEntry]:
    """Remembered pairs whose source or target contains the words, newest first."""
    rows = MemoryEntry.objects.filter(locale=locale).exclude(article__restricted=True)
    found = rows.filter(source__icontains=words) | rows.filter(target__icontains=words)
    return list(found.select_related("article")[:limit])


def _title(entry: MemoryEntry) -> str:
    return entry.article.title if entry.article else ""
