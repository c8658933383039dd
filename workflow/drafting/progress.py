"""How far an article is: plain data for the command line, the API and the progress bars."""

from typing import Any

from django.db.models import Count, Q, Sum

from workflow.articles.models import Article

from .models import ItemState, State, Translation, UnitState


def status(article: Article) -> dict[str, Any]:
    """The article and each of its translations: states and counts of units and open draft items."""
    article.refresh_from_db()
    translations = [
        translation_status(translation)
        for translation in article.translations.select_related("revision", "assignee").order_by("locale")
    ]
    return {
        "id": article.pk,
        "title": article.title,
        "revision": article.current.number if article.current else None,
        "segments": article.current.segments.count() if article.current else 0,
        "drafting": any(row["state"] in (State.QUEUED, State.DRAFTING) for row in translations),
        "translations": translations,
    }


def translation_status(translation: Translation) -> dict[str, Any]:
    """One translation: its state, the units by state, and what still waits for a worker."""
    counts = translation.current_units().aggregate(
        total=Count("pk", distinct=True),
        **{
            state: Count("pk", filter=Q(state=state), distinct=True)
            for state in (UnitState.EMPTY, UnitState.DRAFT, UnitState.EDITED, UnitState.CONFIRMED)
        },
        waiting=Count(
            "items", filter=Q(items__state__in=(ItemState.WAITING, ItemState.LEASED)), distinct=True
        ),
    )
    # On its own: joined with the items, a unit's time would count once for each of them.
    seconds = translation.current_units().aggregate(seconds=Sum("seconds"))["seconds"]
    return {
        "id": translation.pk,
        "locale": translation.locale,
        "state": translation.state,
        "failure": translation.failure,
        "revision": translation.revision.number,
        "outdated": not translation.follows_current_source,
        "assignee": translation.assignee.username if translation.assignee else None,
        "units": {key: counts[key] for key in ("total", "empty", "draft", "edited", "confirmed")},
        "waiting": counts["waiting"],
        "seconds": seconds or 0,
    }
