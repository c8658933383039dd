"""My work, the editors' board, and the page of one article."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from workflow.accounts.access import may_edit_newsroom, may_see, require, role_required, safe_next, signed_in
from workflow.accounts.choosing import everybody, ticked
from workflow.accounts.models import User
from workflow.articles import pictures
from workflow.articles.models import Article, Priority
from workflow.drafting.models import State, Transition, Translation, UnitState
from workflow.messages import in_words

from ..assignment import (
    Candidates,
    NobodyFits,
    assign,
    candidates,
    held,
    in_force,
    route,
    visible_translations,
)
from ..reminders import OPEN
from ..restriction import name_people

PAGE = 40
NOBODY = "nobody"
ON_TABS = (State.IN_REVIEW, State.APPROVED, State.PUBLISHED, State.DRAFTING, State.FAILED)


@dataclass(frozen=True)
class Filters:
    """What a list of translations is narrowed to; it lives in the address."""

    state: str = ""
    locale: str = ""
    priority: str = ""
    who: str = ""
    q: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> "Filters":
        """The filters of the request's address; what is no state or priority is left out."""
        asked = {field.name: request.GET.get(field.name, "").strip() for field in fields(cls)}
        if asked["state"] not in State.values:
            asked["state"] = ""
        if asked["priority"] not in map(str, Priority.values):
            asked["priority"] = ""
        if asked["who"] != NOBODY and not asked["who"].isdecimal():
            asked["who"] = ""
        return cls(**asked)

    @property
    def any(self) -> bool:
        return self != Filters()

    def narrow(self, rows: QuerySet[Translation], now: datetime) -> QuerySet[Translation]:
        """The rows that pass every filter."""
        if self.state:
            rows = rows.filter(state=self.state)
        if self.locale:
            rows = rows.filter(locale=self.locale)
        if self.priority:
            rows = rows.filter(article__priority=int(self.priority))
        if self.who == NOBODY:
            rows = rows.filter(~in_force(now), state__in=OPEN)
        elif self.who:
            rows = rows.filter(in_force(now), assignee=int(self.who))
        if self.q:
            rows = rows.filter(article__title__icontains=self.q)
        return rows

    def address(self, **changed: str) -> str:
        """The query of an address with these filters, some of them changed or others added."""
        return "?" + urlencode({name: value for name, value in {**asdict(self), **changed}.items() if value})

    def before_page(self, **also: str) -> str:
        """What stands in the address of a list's other pages before their number."""
        query = self.address(**also)[1:]
        return f"{query}&" if query else ""


@dataclass(frozen=True)
class Tab:
    """One tab over a list: its key, name and address, and how many rows it leads to."""

    key: str
    name: str
    address: str
    count: int | None = None


@login_required
def my_work(request: HttpRequest) -> HttpResponse:
    """What waits for this person, late ones first; tabs and filters live in the address and combine."""
    user = signed_in(request)
    now = timezone.now()
    locales = user.locales or (settings.TARGET_LOCALES if user.is_editor else [])
    rows = visible_translations(user).filter(locale__in=locales).exclude(state=State.PUBLISHED)
    filters = Filters.of(request)
    rows = filters.narrow(rows, now)
    scopes = {
        "mine": rows.filter(in_force(now), assignee=user),
        "free": rows.filter(~in_force(now), state=State.IN_REVIEW),
        "all": rows,
    }
    scope = request.GET.get("show", "")
    scope = scope if scope in scopes else "all"
    urgent = by_urgency(with_counts(scopes[scope]), now)
    page = Paginator(urgent, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "desk/work.html",
        {
            "nav": "work",
            "page": page,
            "rows": [row_of(translation, user, now) for translation in page],
            "scope": scope,
            "tabs": [
                Tab(scope, name, filters.address(show=scope), scopes[scope].count())
                for scope, name in (("mine", _("Mine")), ("free", _("Free to take")), ("all", _("All")))
            ],
            "filters": filters,
            "query": filters.before_page(show=scope),
            "locales": locales,
            "states": [State(state) for state in State.values if state != State.PUBLISHED],
        },
    )


@role_required("editor", "administrator")
def board(request: HttpRequest) -> HttpResponse:
    """All articles with the state of each locale; late ones first."""
    user = signed_in(request)
    now = timezone.now()
    filters = Filters.of(request)
    mine = visible_translations(user)
    open_work = mine.filter(article=OuterRef("pk"), state__in=OPEN)
    articles = (
        Article.objects.filter(pk__in=filters.narrow(mine, now).values("article_id"))
        .annotate(late=Exists(open_work.filter(late(now))), open=Exists(open_work))
        .order_by("-late", "-open", "priority", F("deadline").asc(nulls_last=True), "-created_at")
    )
    page = Paginator(articles, PAGE).get_page(request.GET.get("page"))
    by_article: dict[int, dict[str, dict[str, Any]]] = {}
    for translation in with_counts(mine.filter(article__in=[a.pk for a in page])):
        by_article.setdefault(translation.article_id, {})[translation.locale] = row_of(translation, user, now)
    locales = sorted({locale for cells in by_article.values() for locale in cells})
    others = replace(filters, state="").narrow(mine, now)
    # Without the model's own order, which would be counted apart.
    counted = others.order_by().values_list("state").annotate(count=Count("pk", distinct=True))
    states = dict(counted)
    return render(
        request,
        "desk/board.html",
        {
            "nav": "board",
            "page": page,
            "locales": locales,
            "rows": [
                {
                    "article": article,
                    "late": article.late,  # type: ignore[attr-defined]
                    "cells": [by_article.get(article.pk, {}).get(locale) for locale in locales],
                }
                for article in page
            ],
            "tabs": [
                Tab("", _("All"), filters.address(state="")),
                *(
                    Tab(state, str(state.label), filters.address(state=state), states.get(state, 0))
                    for state in ON_TABS
                    if state != State.FAILED or states.get(state) or filters.state == state
                ),
            ],
            "filters": filters,
            "query": filters.before_page(),
            "states": State,
            "all_locales": settings.TARGET_LOCALES,
            "people": User.objects.filter(is_translator=True, is_active=True).prefetch_related(
                "working_locales"
            ),
        },
    )


@role_required("editor")
@require_POST
def bulk_assign(request: HttpRequest) -> HttpResponse:
    """Assigns the ticked translations to one person, or routes each by rule (`to=auto`); says what came of it."""
    user = signed_in(request)
    chosen = visible_translations(user).filter(pk__in=_numbers(request.POST.getlist("translation")))
    chosen = chosen.exclude(state=State.PUBLISHED)
    to = request.POST.get("to", "")
    person = None if to == "auto" else get_object_or_404(User, pk__in=_numbers([to]))
    given: Counter[str] = Counter()
    for translation in chosen:
        try:
            if person is None:
                given[str(route(translation, by=user))] += 1
            else:
                assign(translation, person, by=user)
                given[str(person)] += 1
        except (NobodyFits, PermissionDenied) as refusal:
            named = {"title": translation.article.title, "locale": translation.locale, "reason": refusal}
            messages.error(request, _("“%(title)s” (%(locale)s): %(reason)s") % named)
    if given:
        names = " · ".join(f"{name} {count}" for name, count in given.items())
        messages.success(request, _("Assigned: %(names)s") % {"names": names})
    elif not chosen:
        messages.warning(request, _("Choose translations first."))
    return redirect(safe_next(request) or "board")


@login_required
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """One article: its source, its translations with who has what, its revisions, its history."""
    user = signed_in(request)
    found = get_object_or_404(Article.objects.select_related("current", "submitted_by"), pk=pk)
    require(may_see(user, found))
    translations = list(with_counts(found.translations.select_related("assignee", "revision", "article")))
    return render(
        request,
        "desk/articles/article.html",
        {
            "nav": "board",
            "article": found,
            "revision": found.current,
            "source_html": pictures.shown(found.pk, found.current.html) if found.current else "",
            "pictures_lacking": pictures.lacking(found),
            "revisions": found.revisions.select_related("created_by").order_by("-number"),
            "rows": [row_of(translation, user, timezone.now()) for translation in translations],
            "candidates": {t.locale: _in_words(candidates(t)) for t in translations}
            if user.is_editor
            else {},
            "history": Transition.objects.filter(Q(translation__article=found) | Q(source=found))
            .select_related("actor", "translation__article", "source")
            .order_by("-id")[:50],
            "may_edit": may_edit_newsroom(user, found),
            "named": set(found.people.values_list("pk", flat=True)),
            "everybody": everybody(),
            "drafting": any(t.state in (State.QUEUED, State.DRAFTING) for t in translations),
        },
    )


@require_POST
@role_required("editor")
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Says who is named on an article, and whether only they may see it."""
    found = get_object_or_404(Article, pk=pk)
    restricted = request.POST.get("restricted") == "on"
    name_people(found, ticked(request), restricted=restricted, by=signed_in(request))
    messages.success(request, _("Saved."))
    return redirect("article", pk=pk)


def with_counts(rows: QuerySet[Translation]) -> QuerySet[Translation]:
    """Adds `total`, `confirmed` and `drafted` counts of the current units to each translation."""
    current = Q(units__segment__revision_id=F("revision_id"))
    return rows.annotate(
        total=Count("units", filter=current, distinct=True),
        confirmed=Count("units", filter=current & Q(units__state=UnitState.CONFIRMED), distinct=True),
        drafted=Count("units", filter=current & ~Q(units__state=UnitState.EMPTY), distinct=True),
    )


def by_urgency(rows: QuerySet[Translation], now: datetime) -> QuerySet[Translation]:
    """Late first, then other open work, then the rest; each by priority, deadline and age."""
    return rows.annotate(late=late(now), open=Q(state__in=OPEN)).order_by(
        "-late",
        "-open",
        "article__priority",
        F("article__deadline").asc(nulls_last=True),
        "article__created_at",
        "locale",
    )


def late(now: datetime) -> Q:
    """The condition of a translation that is late: its deadline has passed and work on it is still open."""
    # Without the first, no deadline would be unknown rather than false, and PostgreSQL sorts that first.
    return Q(article__deadline__isnull=False, article__deadline__lt=now, state__in=OPEN)


def row_of(translation: Translation, user: User, now: datetime) -> dict[str, Any]:
    """What a list shows of one translation (annotated by `with_counts`)."""
    total = translation.total or 1  # type: ignore[attr-defined]
    drafting = translation.state in (State.QUEUED, State.DRAFTING)
    done = translation.drafted if drafting else translation.confirmed  # type: ignore[attr-defined]
    deadline = translation.article.deadline
    return {
        "translation": translation,
        "article": translation.article,
        "locale": translation.locale,
        "state": translation.state,
        "done": done,
        "total": translation.total,  # type: ignore[attr-defined]
        "percent": round(100 * done / total),
        "drafting": drafting,
        "late": bool(deadline and deadline < now and translation.state in OPEN),
        # What readers have nobody works on; a correction reopens it first.
        "assignable": translation.state != State.PUBLISHED,
        "assignee": translation.assignee if held(translation) else None,
        # A claim that has run out explains nothing any more.
        "why": translation.why_assigned if held(translation) or not translation.assignee_id else "",
        "mine": held(translation) and translation.assignee_id == user.pk,
        "outdated": not translation.follows_current_source,
    }


def _numbers(texts: Iterable[str]) -> list[int]:
    return [int(text) for text in texts if text.isdecimal()]


def _in_words(found: Candidates) -> dict[str, Any]:
    """The candidates for a form: each with the reason, or why there is nobody, in the interface language."""
    return {
        "people": [(person, in_words(reason)) for person, reason in found.ranked],
        "nobody": in_words(found.nobody) if found.nobody else "",
    }
