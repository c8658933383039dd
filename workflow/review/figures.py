"""Quality figures: how much people change the machine's drafts, how long it takes, what the checks find.

TER (Snover et al. 2006): the fewest insertions, deletions, substitutions and shifts of word runs from the draft
to the final text, over the words of the final text; with the post-edited text as the reference it is called HTER.
Cased, punctuation left on the words. chrF (Popović 2015) of the draft against the final text. Both by sacrebleu.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import timezone
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER

from workflow.articles import codes
from workflow.drafting.models import Translation, TranslationUnit, UnitState

from .exchange.units import digest

# Enough for every figure to be steady, few enough to be counted while somebody waits.
MOST_UNITS = 2000
# The measure of a pair of texts never changes; it is kept while it may be asked for again.
KEPT_FOR = 60 * 60 * 24 * 100

_ter, _chrf = TER(case_sensitive=True), CHRF()


@dataclass(frozen=True)
class Measure:
    """What became of one draft: the edits (shifts included), the words of the final text, chrF (0 to 100)."""

    edits: float
    words: float
    chrf: float


@dataclass(frozen=True)
class Figures:
    """Figures over some confirmed units.

    Attributes:
        key: what they were grouped by.
        ter: edits over words of the final texts; a share, 0 is untouched.
        chrf: mean of the units' chrF, each by its words; 0 to 100.
        untouched: the share of units that are exactly the machine's output.
        seconds: median time of a unit, of those on which time was spent.
        seconds_per_word: time over source words, of the same.
    """

    key: str
    units: int
    ter: float
    chrf: float
    untouched: float
    seconds: float
    seconds_per_word: float

    @property
    def ter_percent(self) -> float:
        return 100 * self.ter

    @property
    def untouched_percent(self) -> float:
        return 100 * self.untouched


Measured = tuple[TranslationUnit, Measure]


def confirmed_units(
    of: QuerySet[Translation] | None = None,
    *,
    days: int = 90,
    locale: str = "",
    model: str = "",
    article: int | None = None,
) -> QuerySet[TranslationUnit]:
    """The confirmed units with a machine draft of the last `days` days, newest first."""
    units = TranslationUnit.objects.filter(
        state=UnitState.CONFIRMED, confirmed_at__gte=timezone.now() - timedelta(days=days)
    ).exclude(draft="")
    if of is not None:
        units = units.filter(translation__in=of.order_by().values("pk"))
    if locale:
        units = units.filter(translation__locale=locale)
    if model:
        units = units.filter(draft_model=model)
    if article is not None:
        units = units.filter(translation__article=article)
    return units.select_related("translation__article", "segment").order_by("-confirmed_at")


def measured(units: Iterable[TranslationUnit]) -> list[Measured]:
    """Each unit with its measure, kept in the cache: a shift search takes milliseconds a unit."""
    pairs = [(unit, codes.plain(unit.draft), codes.plain(unit.target)) for unit in units]
    places = ["measure:" + digest(f"{draft}\0{final}") for _unit, draft, final in pairs]
    known: dict[str, Measure] = cache.get_many(places)
    found = {
        place: measure(draft, final)
        for place, (_unit, draft, final) in zip(places, pairs, strict=True)
        if place not in known
    }
    cache.set_many(found, KEPT_FOR)
    known |= found
    return [(unit, known[place]) for place, (unit, _draft, _final) in zip(places, pairs, strict=True)]


def measure(draft: str, final: str) -> Measure:
    """The measure of a draft, both texts without codes."""
    if draft == final:
        return Measure(0, len(final.split()), 100)
    score = _ter.sentence_score(draft, [final])
    return Measure(score.num_edits, score.ref_length, _chrf.sentence_score(draft, [final]).score)


def by_locale(units: Iterable[Measured]) -> list[Figures]:
    return _grouped(units, lambda unit: unit.translation.locale)


def by_model(units: Iterable[Measured]) -> list[Figures]:
    return _grouped(units, lambda unit: unit.draft_model)


def by_article(units: Iterable[Measured]) -> list[Figures]:
    """The figures of each article (its number is the key), the most edited first."""
    found = _grouped(units, lambda unit: str(unit.translation.article_id))
    return sorted(found, key=lambda figures: -figures.ter)


def by_week(units: Iterable[Measured]) -> list[Figures]:
    """The figures of each week, oldest first; the key is its Monday (ISO 8601)."""
    return _grouped(units, _monday)


def overall(units: Iterable[Measured]) -> Figures | None:
    """The figures of all the units together; None when there are none."""
    return next(iter(_grouped(units, lambda _unit: "")), None)


def findings(units: Iterable[Measured]) -> list[tuple[str, int]]:
    """How often each check has something to say of the units, most often first."""
    return Counter(finding["check"] for unit, _measure in units for finding in unit.findings).most_common()


def _grouped(units: Iterable[Measured], key: Callable[[TranslationUnit], str]) -> list[Figures]:
    groups: dict[str, list[Measured]] = defaultdict(list)
    for unit, its in units:
        groups[key(unit)].append((unit, its))
    return [_figures(key, members) for key, members in sorted(groups.items())]


def _figures(key: str, members: list[Measured]) -> Figures:
    words = max(1.0, sum(its.words for _unit, its in members))
    timed = [unit for unit, _its in members if unit.seconds]
    source_words = sum(len(codes.plain(unit.segment.text).split()) for unit in timed)
    return Figures(
        key=key,
        units=len(members),
        ter=sum(its.edits for _unit, its in members) / words,
        chrf=sum(its.chrf * its.words for _unit, its in members) / words,
        untouched=sum(unit.untouched for unit, _its in members) / len(members),
        seconds=float(median(unit.seconds for unit in timed)) if timed else 0.0,
        seconds_per_word=sum(unit.seconds for unit in timed) / max(1, source_words),
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
