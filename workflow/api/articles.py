"""Articles over the API: submit, revise, look, publish, withdraw."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import File, Form, Query, Router, Status
from ninja.errors import HttpError
from ninja.files import UploadedFile
from ninja.pagination import paginate

from workflow.accounts.access import may_edit_newsroom, may_see, require, signed_in
from workflow.articles.models import Article
from workflow.drafting.progress import status
from workflow.intake.documents.reading import SourceDocument, read
from workflow.intake.sources.addresses import canonical
from workflow.intake.submit import revise, submit_once
from workflow.publishing.models import Edition, ScheduledPublication
from workflow.publishing.publish import publish, withdraw
from workflow.publishing.schedule import cancel, schedule
from workflow.review.assignment import visible_translations
from workflow.review.restriction import name_people

from .models import Scope
from .pages import Pages
from .problems import REFUSED
from .security import Bearer, idempotent
from .shapes import (
    AnyLocale,
    ArticleLine,
    ArticleOut,
    EditionOut,
    Line,
    Number,
    PeopleBody,
    PeopleOut,
    Problem,
    PublishBody,
    RevisionBody,
    ScheduledOut,
    SubmitBody,
    UploadForm,
    WithdrawBody,
    people_called,
)

router = Router(tags=["articles"])
EXTENSION = {"markdown": ".md", "html": ".html", "text": ".txt"}


@router.post(
    "",
    auth=Bearer(Scope.SUBMIT),
    response={200: ArticleOut, 201: ArticleOut, REFUSED: Problem},
    summary="Submit an article",
)
@idempotent
def submit_article(request: HttpRequest, body: SubmitBody) -> Any:
    """Takes an article in and queues its drafts. Answered at once; the drafts come by themselves.

    A text that is here already is answered with its article (200); another text at a known address is
    refused (409, with the article's number), or taken as its new revision if the body says `revise`.
    """
    require(may_edit_newsroom(signed_in(request)))
    document = _read(body.name, body.content, body.format)
    return _take_in(request, document, body, f"api: {request.auth.name}")  # type: ignore[attr-defined]


@router.post(
    "/upload",
    auth=Bearer(Scope.SUBMIT),
    response={200: ArticleOut, 201: ArticleOut, REFUSED: Problem},
    summary="Submit a file",
)
@idempotent
def upload_article(request: HttpRequest, form: Form[UploadForm], file: UploadedFile = File(...)) -> Any:
    """Takes a DOCX, HTML, Markdown or text file in; known articles are answered as by “Submit an article”."""
    require(may_edit_newsroom(signed_in(request)))
    unread = sorted(set(request.POST) - set(UploadForm.model_fields))
    if unread:
        raise HttpError(422, f"There is no field “{unread[0]}”.")
    document = read(file.name or "file", file.read())
    return _take_in(request, document, form, f"api: {file.name}")


@router.get(
    "", auth=Bearer(Scope.READ), response={200: list[ArticleLine], REFUSED: Problem}, summary="List articles"
)
@paginate(Pages)
def list_articles(request: HttpRequest, url: Line = Query("")) -> Any:
    """The articles the token's person may see, newest first; `url` finds one by its canonical address."""
    visible = visible_translations(signed_in(request)).values("article_id")
    articles = Article.objects.filter(pk__in=visible)
    return articles.filter(canonical_url=canonical(url)) if url else articles


@router.get(
    "/{article_id}",
    auth=Bearer(Scope.READ),
    response={200: ArticleOut, REFUSED: Problem},
    summary="State",
)
def read_article(request: HttpRequest, article_id: Number) -> Any:
    """The article with the state of each of its translations."""
    return ArticleOut(**status(_visible(request, article_id)))


@router.post(
    "/{article_id}/revisions",
    auth=Bearer(Scope.SUBMIT),
    response={201: ArticleOut, REFUSED: Problem},
    summary="Submit a new revision",
)
@idempotent
def revise_article(request: HttpRequest, article_id: Number, body: RevisionBody) -> Any:
    """Gives the article a new source text; only what changed is drafted again."""
    article = _visible(request, article_id)
    require(may_edit_newsroom(signed_in(request), article))
    document = _read(article.title[:60], body.content, body.format)
    revise(article, document, by=signed_in(request), minor=body.minor, reason=body.reason)
    return Status(201, ArticleOut(**status(article)))


@router.get(
    "/{article_id}/people",
    auth=Bearer(Scope.READ),
    response={200: PeopleOut, REFUSED: Problem},
    summary="Who may see it",
)
def read_people(request: HttpRequest, article_id: Number) -> Any:
    """Who is named on the article, and whether only they may see it."""
    return _people(_visible(request, article_id))


@router.put(
    "/{article_id}/people",
    auth=Bearer(Scope.SUBMIT),
    response={200: PeopleOut, REFUSED: Problem},
    summary="Say who may see it",
)
@idempotent
def put_people(request: HttpRequest, article_id: Number, body: PeopleBody) -> Any:
    """Names people on the article; restricted, only they, its submitter and the caller see it."""
    article = _visible(request, article_id)
    by = signed_in(request)
    name_people(article, people_called(body.people), restricted=body.restricted, by=by)
    return Status(200, _people(article))


@router.get(
    "/{article_id}/editions",
    auth=Bearer(Scope.READ),
    response={200: list[EditionOut], REFUSED: Problem},
    summary="Editions",
)
def list_editions(request: HttpRequest, article_id: Number) -> Any:
    """Every edition ever published of the article, newest first."""
    return list(_visible(request, article_id).editions.select_related("article"))


@router.post(
    "/{article_id}/publish",
    auth=Bearer(Scope.PUBLISH),
    response={201: EditionOut, 202: ScheduledOut, REFUSED: Problem},
    summary="Publish a locale",
)
@idempotent
def publish_article(request: HttpRequest, article_id: Number, body: PublishBody) -> Any:
    """Publishes the approved text of one locale (or the English source): now (201) or at `publish_at` (202)."""
    article, person = _visible(request, article_id), signed_in(request)
    if body.publish_at is not None:
        planned = schedule(article, body.locale, body.publish_at, person, body.presentation())
        return Status(202, ScheduledOut.from_orm(planned))
    return Status(201, EditionOut.from_orm(publish(article, body.locale, person, body.presentation())))


@router.delete(
    "/{article_id}/schedule/{locale}",
    auth=Bearer(Scope.PUBLISH),
    response={204: None, REFUSED: Problem},
    summary="Take a planned publication back",
)
@idempotent
def cancel_publication(request: HttpRequest, article_id: Number, locale: AnyLocale) -> Any:
    """What waits for its time in one locale waits no more."""
    article = _visible(request, article_id)
    waiting = article.schedule.filter(locale=locale, state=ScheduledPublication.State.WAITING)
    cancel(get_object_or_404(waiting), signed_in(request))
    return Status(204, None)


@router.post(
    "/{article_id}/withdraw",
    auth=Bearer(Scope.PUBLISH),
    response={200: EditionOut, REFUSED: Problem},
    summary="Withdraw a locale",
)
@idempotent
def withdraw_article(request: HttpRequest, article_id: Number, body: WithdrawBody) -> Any:
    """Takes the live edition of one locale off the site, with the reason."""
    article = _visible(request, article_id)
    edition = get_object_or_404(Edition, article=article, locale=body.locale, live=True)
    withdraw(edition, signed_in(request), body.reason)
    edition.refresh_from_db()
    return Status(200, EditionOut.from_orm(edition))


def _take_in(
    request: HttpRequest, document: SourceDocument, body: SubmitBody | UploadForm, origin: str
) -> Any:
    wishes = body.wishes(restricted=body.restricted, language_confirmed=body.language_confirmed)
    article, new = submit_once(
        document,
        wishes,
        by=signed_in(request),
        origin=origin,
        canonical_url=body.canonical_url,
        revised=body.revise,
    )
    return Status(201 if new else 200, ArticleOut(**status(article)))


def _visible(request: HttpRequest, article_id: int) -> Article:
    article = get_object_or_404(Article.objects.select_related("current"), pk=article_id)
    require(may_see(signed_in(request), article))
    return article


def _people(article: Article) -> PeopleOut:
    named = article.people.order_by("username").values_list("username", flat=True)
    return PeopleOut(restricted=article.restricted, people=list(named))


def _read(name: str, content: str, form: str) -> SourceDocument:
    return read(name if "." in name else name + EXTENSION[form], content.encode())
