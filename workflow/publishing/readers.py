"""What readers think, added up for editors: by locale, by week, by article; and what they wrote."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Avg, Count, Q, QuerySet
from django.db.models.functions import TruncWeek

from . import locales
from .models import Feedback, Satisfaction


@dataclass(frozen=True)
class Votes:
    """Votes on something: how many, their mean (1 to 5, None without votes), how many at each step."""

    name: str
    count: int
    mean: float | None
    steps: tuple[int, ...]
    address: str = ""

    @property
    def bars(self) -> list[tuple[str, int, int]]:
        """For drawing: the step's name, votes, and their share in percent."""
        return [
            (str(Satisfaction(step).label), votes, round(100 * votes / self.count) if self.count else 0)
            for step, votes in enumerate(self.steps, start=1)
        ]


@dataclass(frozen=True)
class Week:
    """The votes of a week in one locale."""

    monday: date
    locale: str
    count: int
    mean: float

    @property
    def height(self) -> int:
        """The mean as a percentage of the scale, for drawing."""
        return round((self.mean - 1) * 25)


_COUNTS = {f"step{step}": Count("id", filter=Q(satisfaction=step)) for step in Satisfaction.values}


def feedback_since(since: datetime, locale: str = "") -> "QuerySet[Feedback]":
    """Everything readers sent since a moment, in one locale or in all."""
    rows = Feedback.objects.filter(created_at__gte=since)
    return rows.filter(edition__locale=locale) if locale else rows


def by_locale(feedback: "QuerySet[Feedback]") -> list[Votes]:
    """The votes of each locale that has any, in the order of the site."""
    votes = feedback.filter(satisfaction__isnull=False)
    rows = {
        row["edition__locale"]: row
        for row in votes.values("edition__locale")
        .order_by()
        .annotate(n=Count("id"), mean=Avg("satisfaction"), **_COUNTS)
    }
    return [_votes(locales.language(code).name, rows[code]) for code in locales.codes() if code in rows]


def by_week(feedback: "QuerySet[Feedback]") -> list[Week]:
    """The mean of every week and locale, the oldest first."""
    rows = (
        feedback.filter(satisfaction__isnull=False)
        .annotate(week=TruncWeek("created_at"))
        .values("week", "edition__locale")
        .order_by("week", "edition__locale")
        .annotate(n=Count("id"), mean=Avg("satisfaction"))
    )
    return [Week(row["week"].date(), row["edition__locale"], row["n"], row["mean"]) for row in rows]


def by_article(feedback: "QuerySet[Feedback]", most: int = 50) -> list[tuple[int, str, Votes]]:
    """The articles with the least satisfied readers first: (article number, locale, votes)."""
    rows = (
        feedback.filter(satisfaction__isnull=False)
        .values("edition__article", "edition__article__title", "edition__locale")
        .order_by()
        .annotate(n=Count("id"), mean=Avg("satisfaction"), **_COUNTS)
        .order_by("mean", "-n")[:most]
    )
    return [
        (row["edition__article"], row["edition__locale"], _votes(row["edition__article__title"], row))
        for row in rows
    ]


def words(feedback: "QuerySet[Feedback]") -> "QuerySet[Feedback]":
    """What readers wrote or reported, the newest first."""
    written = feedback.exclude(comment="", passage="")
    return written.select_related("edition__approval__translation", "report__unit")


def _votes(name: str, row: Mapping[str, Any]) -> Votes:
    steps = tuple(row[f"step{step}"] for step in Satisfaction.values)
    return Votes(name, row["n"], row["mean"], steps)
