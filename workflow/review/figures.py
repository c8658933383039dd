"""Quality figures: how much people change the machine's drafts, how long a unit takes, what the checks find.

Edit rate: word edits (insertions, deletions, substitutions) from draft to final over the words of the final
text; HTER (Snover et al. 2006) without its block shifts. chrF: sacrebleu's, final text as the reference.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from django.db.models import QuerySet
from django.utils import timezone
from rapidfuzz.distance import Levenshtein
from sacrebleu.metrics.chrf import CHRF

from workflow.articles import codes
from workflow.drafting.models import TranslationUnit, UnitState

# Enough for every figure to be steady, few enough to be counted while somebody waits.
MOST_UNITS = 5000


@dataclass(frozen=True)
class Figures:
    """Figures over some confirmed units; rates are shares (0 to 1 for most), times seconds a unit."""

    name: str
    units: int
    edit_rate: float
    chrf: float
    untouched: float
    seconds: float


def confirmed_units(*, days: int = 90, locale: str = "") -> QuerySet[TranslationUnit]:
    """The confirmed units with a machine draft of the last `days` days, newest first."""
    units = TranslationUnit.objects.filter(
        state=UnitState.CONFIRMED, confirmed_at__gte=timezone.now() - timedelta(days=days)
    ).exclude(draft="")
    if locale:
        units = units.filter(translation__locale=locale)
    return units.select_related("translation__article", "segment").order_by("-confirmed_at")


def by_locale(units: Iterable[TranslationUnit]) -> list[Figures]:
    return _grouped((unit.translation.locale, unit) for unit in units)


def by_model(units: Iterable[TranslationUnit]) -> list[Figures]:
    return _grouped((unit.draft_model, unit) for unit in units)


def by_week(units: Iterable[TranslationUnit]) -> list[Figures]:
    """The figures of each week, oldest first; named after its Monday (ISO 8601)."""
    return sorted(_grouped((_monday(unit), unit) for unit in units), key=lambda figures: figures.name)


def findings(units: Iterable[TranslationUnit]) -> list[tuple[str, int]]:
    """How often each check has something to say of the units, most often first."""
    return Counter(finding["check"] for unit in units for finding in unit.findings).most_common()


def edit_rate(draft: str, final: str) -> float:
    """Word edits from draft to final over the words of the final text; 0.0 is untouched."""
    words = codes.plain(final).split()
    return Levenshtein.distance(codes.plain(draft).split(), words) / max(1, len(words))


def chrf(pairs: Iterable[tuple[str, str]]) -> float:
    """chrF of drafts against final texts, 0 to 100 (Popović 2015, as in sacrebleu)."""
    drafts, finals = zip(*((codes.plain(draft), codes.plain(final)) for draft, final in pairs), strict=True)
    return float(CHRF().corpus_score(list(drafts), [list(finals)]).score)


def _grouped(named: Iterable[tuple[str, TranslationUnit]]) -> list[Figures]:
    groups: dict[str, list[TranslationUnit]] = defaultdict(list)
    for name, unit in named:
        groups[name].append(unit)
    return [_figures(name, units) for name, units in sorted(groups.items())]


def _figures(name: str, units: list[TranslationUnit]) -> Figures:
    pairs = [(unit.draft, unit.target) for unit in units]
    words = sum(len(codes.plain(final).split()) for _draft, final in pairs)
    edits = sum(edit_rate(draft, final) * len(codes.plain(final).split()) for draft, final in pairs)
    return Figures(
        name=name,
        units=len(units),
        edit_rate=edits / max(1, words),
        chrf=chrf(pairs),
        untouched=sum(unit.untouched for unit in units) / len(units),
        seconds=float(median(unit.seconds for unit in units)),
    )


def _monday(unit: TranslationUnit) -> str:
    day: date = timezone.localtime(unit.confirmed_at).date()
    return (day - timedelta(days=day.weekday())).isoformat()


def post_edited(units: Iterable[TranslationUnit]) -> Iterator[dict[str, object]]:
    """Source, MT output and final text of each unit, for later training (ISO 18587 keeps all three)."""
    for unit in units:
        if not unit.translation.article.restricted:
            yield {
                "source": codes.plain(unit.segment.text),
                "draft": codes.plain(unit.draft),
                "final": codes.plain(unit.target),
                "locale": unit.translation.locale,
                "model": unit.draft_model,
                "article": unit.translation.article_id,
                "confirmed": unit.confirmed_at.isoformat() if unit.confirmed_at else None,
            }
