"""My work, the editors' board, and the page of one article."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
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

from ..assignment import assign, candidates, held, route, visible_translations
from ..restriction import name_people

PAGE = 40


@login_required
def my_work(request: HttpRequest) -> HttpResponse:
    """What waits for this person, by deadline and priority; filters live in the address."""
    user = signed_in(request)
    locales = user.locales or ([] if not user.is_editor else None)
    rows = visible_translations(user).exclude(state=State.PUBLISHED)
    if locales is not None:
        rows = rows.filter(locale__in=locales)
    scope = request.GET.get("show", "all")
    free = Q(assignee__isnull=True) | Q(claim_expires__lt=timezone.now())
    counts = {
        "mine": rows.filter(assignee=user).count(),
        "free": rows.filter(free).count(),
        "all": rows.count(),
    }
    if scope == "mine":
        rows = rows.filter(assignee=user)
    elif scope == "free":
        rows = rows.filter(free)
    rows = _filtered(rows, request)
    page = Paginator(by_urgency(with_counts(rows)), PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "desk/work.html",
        {
            "nav": "work",
            "page": page,
            "rows": [row_of(translation, user) for translation in page],
            "scope": scope,
            "counts": counts,
            "filters": _filters(request),
            "locales": user.locales,
        },
    )


@role_required("editor", "administrator")
def board(request: HttpRequest) -> HttpResponse:
    """All articles with the state of each locale; late ones first."""
    user = signed_in(request)
    translations = _filtered(visible_translations(user), request)
    articles = Article.objects.filter(pk__in=translations.values("article_id")).order_by(
        Case(When(deadline__lt=timezone.now(), then=Value(0)), default=Value(1), output_field=IntegerField()),
        "priority",
        F("deadline").asc(nulls_last=True),
        "-created_at",
    )
    page = Paginator(articles, PAGE).get_page(request.GET.get("page"))
    by_article: dict[int, dict[str, dict[str, Any]]] = {}
    for translation in with_counts(visible_translations(user).filter(article__in=[a.pk for a in page])):
        by_article.setdefault(translation.article_id, {})[translation.locale] = row_of(translation, user)
    locales = sorted({locale for cells in by_article.values() for locale in cells})
    states = visible_translations(user).values("state").annotate(count=Count("pk", distinct=True))
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
                    "late": bool(article.deadline and article.deadline < timezone.now()),
                    "cells": [by_article.get(article.pk, {}).get(locale) for locale in locales],
                }
                for article in page
            ],
            "states": {row["state"]: row["count"] for row in states},
            "filters": _filters(request),
            "people": User.objects.filter(is_translator=True, is_active=True),
        },
    )


@role_required("editor")
@require_POST
def bulk_assign(request: HttpRequest) -> HttpResponse:
    """Assigns the ticked translations to one person, or routes each by rule (`to=auto`)."""
    user = signed_in(request)
    chosen = visible_translations(user).filter(pk__in=request.POST.getlist("translation"))
    chosen = chosen.exclude(state=State.PUBLISHED)
    to = request.POST.get("to", "")
    person = None if to == "auto" else get_object_or_404(User, pk=to)
    for translation in chosen:
        if person is None:
            route(translation, by=user)
        elif person.works_in(translation.locale):
            assign(translation, person, by=user)
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
            "rows": [row_of(translation, user) for translation in translations],
            "candidates": {
                t.locale: [(person, in_words(reason)) for person, reason in candidates(t)]
                for t in translations
            }
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


def by_urgency(rows: QuerySet[Translation]) -> QuerySet[Translation]:
    """Late first, then by priority, deadline and age."""
    return rows.order_by(
        "article__priority", F("article__deadline").asc(nulls_last=True), "article__created_at", "locale"
    )


def row_of(translation: Translation, user: User) -> dict[str, Any]:
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
        "late": bool(deadline and deadline < timezone.now() and translation.state != State.PUBLISHED),
        # What readers have nobody works on; a correction reopens it first.
        "assignable": translation.state != State.PUBLISHED,
        "assignee": translation.assignee if held(translation) else None,
        "mine": held(translation) and translation.assignee_id == user.pk,
        "outdated": not translation.follows_current_source,
    }


def _filtered(rows: QuerySet[Translation], request: HttpRequest) -> QuerySet[Translation]:
    chosen = _filters(request)
    if chosen["state"] in State.values:
        rows = rows.filter(state=chosen["state"])
    if chosen["locale"]:
        rows = rows.filter(locale=chosen["locale"])
    if chosen["priority"].isdigit() and int(chosen["priority"]) in Priority.values:
        rows = rows.filter(article__priority=int(chosen["priority"]))
    if chosen["q"]:
        rows = rows.filter(article__title__icontains=chosen["q"])
    return rows


def _filters(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "").strip() for name in ("state", "locale", "priority", "q")}
