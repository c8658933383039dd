"""The submit form: files or pasted text in, queued articles out."""

import re
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from glossaries import termbase
from workflow.accounts.access import may_edit_newsroom, require, role_required, signed_in
from workflow.accounts.choosing import everybody, ticked
from workflow.articles.models import Article, Picture, Priority
from workflow.articles.revisions import EmptySource
from workflow.messages import in_words, kept

from .documents.reading import Refused, SourceDocument, read
from .sources import pictures
from .submit import NeedsConfirmation, NotMinor, UnknownLocale, Wishes, revise, submit_once

MOST_FILES = 50


@role_required("editor")
def submit_form(request: HttpRequest) -> HttpResponse:
    """Takes several files and one pasted text; each is accepted or refused on its own, with the reason."""
    problems: list[str] = []
    confirm = False
    if request.method == "POST":
        taken: list[tuple[Article, bool]] = []
        for name, data, pasted in _documents(request):
            try:
                taken.append(_take_in(request, name, data, pasted))
            except NeedsConfirmation as error:
                confirm = True
                problems.append(str(error))
            except Refused as error:
                problems.append(_refusal(error))
            except (UnknownLocale, EmptySource, ValueError) as error:
                problems.append(str(error))
        if not taken and not problems:
            problems.append(_("Choose a file, or paste a text."))
        for article, new in taken:
            said = _("“%(title)s” is queued.") if new else _("“%(title)s” is here already.")
            messages.success(request, said % {"title": article.title})
        if not problems:
            return redirect("article", pk=taken[0][0].pk) if len(taken) == 1 else redirect("board")
    return render(
        request,
        "desk/articles/submit.html",
        {
            "nav": "submit",
            "problems": problems,
            "needs_confirmation": confirm,
            "locales": settings.TARGET_LOCALES,
            "domains": termbase.domains(),
            "priorities": Priority.choices,
            "values": request.POST,
            "chosen_locales": request.POST.getlist("locales") or settings.TARGET_LOCALES,
            "everybody": everybody().exclude(pk=signed_in(request).pk),
            "named": {person.pk for person in ticked(request)},
            "max_megabytes": settings.MAX_DOCUMENT_BYTES // 1024 // 1024,
        },
        status=422 if problems else 200,
    )


@role_required("editor")
def revise_form(request: HttpRequest, pk: int) -> HttpResponse:
    """A new source revision of an article, from a file or a pasted text."""
    article = get_object_or_404(Article, pk=pk)
    require(may_edit_newsroom(signed_in(request), article))
    problems: list[str] = []
    if request.method == "POST":
        documents = _documents(request)
        if len(documents) != 1:
            problems.append(_("Choose one file, or paste one text."))
        for name, data, pasted in documents[:1]:
            try:
                revise(
                    article,
                    read(name, data, max_bytes=settings.MAX_DOCUMENT_BYTES, headed=pasted),
                    by=signed_in(request),
                    minor=request.POST.get("minor") == "on",
                    reason=request.POST.get("reason", ""),
                )
            except Refused as error:
                problems.append(_refusal(error))
            except (NotMinor, EmptySource) as error:
                problems.append(str(error))
        if not problems:
            return redirect("article", pk=pk)
    return render(
        request,
        "desk/articles/revise.html",
        {
            "article": article,
            "problems": problems,
            "values": request.POST,
            "html": article.current.html if article.current else "",
        },
        status=422 if problems else 200,
    )


@require_POST
@role_required("editor")
def picture_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks once more for a picture that is missing."""
    picture = get_object_or_404(Picture.objects.select_related("article"), pk=pk)
    require(may_edit_newsroom(signed_in(request), picture.article))
    pictures.try_again(picture)
    return redirect("article", pk=picture.article_id)


def _refusal(error: Refused) -> str:
    return f"{error.name}: {in_words(kept(error.reason, **error.params))}"


def _documents(request: HttpRequest) -> list[tuple[str, bytes, bool]]:
    """What was handed in: name, bytes, and whether it was pasted."""
    documents = []
    for file in request.FILES.getlist("files")[:MOST_FILES]:
        # One byte more than allowed is read, so that a larger file is refused without being loaded.
        documents.append((file.name or "file", file.read(settings.MAX_DOCUMENT_BYTES + 1), False))
    pasted = request.POST.get("html", "").strip()
    text = request.POST.get("text", "").strip()
    if pasted:
        documents.append((_("pasted text") + ".html", pasted.encode(), True))
    elif text:
        # Word processors put no empty line between paragraphs, which Markdown would join into one.
        markdown = text.startswith(("#", "---")) or re.search(r"\n\s*\n", text)
        documents.append((_("pasted text") + (".md" if markdown else ".txt"), text.encode(), True))
    return documents


def _take_in(request: HttpRequest, name: str, data: bytes, pasted: bool) -> tuple[Article, bool]:
    document: SourceDocument = read(name, data, max_bytes=settings.MAX_DOCUMENT_BYTES, headed=pasted)
    priority = request.POST.get("priority", "")
    wishes = Wishes(
        locales=request.POST.getlist("locales"),
        priority=int(priority) if priority.isdigit() else Priority.NORMAL,
        deadline=_deadline(request.POST.get("deadline", "")),
        domain=request.POST.get("domain", "").strip()[:60],
        restricted=request.POST.get("restricted") == "on",
        people=ticked(request),
        language_confirmed=request.POST.get("language_confirmed") == "on",
    )
    return submit_once(document, wishes, by=signed_in(request), origin=f"form: {name}")


def _deadline(text: str) -> datetime | None:
    if not text:
        return None
    moment = parse_datetime(text)
    if moment is None:
        raise ValueError(_("“%(text)s” is no date and time.") % {"text": text})
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment
