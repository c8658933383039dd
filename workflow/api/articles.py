"""Articles over the API: submit, revise, look, publish, withdraw."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import File, Form, Query, Router, Status
from ninja.files import UploadedFile
from ninja.pagination import paginate

from workflow.accounts.access import may_edit_newsroom, may_see, require, signed_in
from workflow.articles.models import Article, Priority
from workflow.drafting.progress import status
from workflow.intake.documents.reading import SourceDocument, read
from workflow.intake.sources.addresses import canonical
from workflow.intake.submit import Wishes, revise, submit_once
from workflow.publishing.models import Edition
from workflow.publishing.publish import Presentation, publish, withdraw
from workflow.review.assignment import visible_translations

from .models import Scope
from .pages import Pages
from .problems import REFUSED
from .security import Bearer, idempotent
from .shapes import (
    ArticleLine,
    ArticleOut,
    EditionOut,
    Line,
    Number,
    Problem,
    PublishBody,
    RevisionBody,
    SubmitBody,
    WithdrawBody,
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
    wishes = Wishes(
        locales=body.locales,
        priority=Priority[body.priority.upper()],
        deadline=body.deadline,
        domain=body.domain,
        restricted=body.restricted,
        language_confirmed=body.language_confirmed,
    )
    article, new = submit_once(
        document,
        wishes,
        by=signed_in(request),
        origin=f"api: {request.auth.name}",  # type: ignore[attr-defined]
        canonical_url=body.canonical_url,
        revised=body.revise,
    )
    return Status(201 if new else 200, ArticleOut(**status(article)))


@router.post(
    "/upload",
    auth=Bearer(Scope.SUBMIT),
    response={200: ArticleOut, 201: ArticleOut, REFUSED: Problem},
    summary="Submit a file",
)
@idempotent
def upload_article(
    request: HttpRequest,
    file: UploadedFile = File(...),
    locales: Line = Form("ar,fr"),
    language_confirmed: bool = Form(False),
) -> Any:
    """Takes a DOCX, HTML, Markdown or text file in."""
    require(may_edit_newsroom(signed_in(request)))
    wishes = Wishes(
        locales=[locale for locale in locales.split(",") if locale], language_confirmed=language_confirmed
    )
    document = read(file.name or "file", file.read())
    article, new = submit_once(document, wishes, by=signed_in(request), origin=f"api: {file.name}")
    return Status(201 if new else 200, ArticleOut(**status(article)))


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
    response={201: EditionOut, REFUSED: Problem},
    summary="Publish a locale",
)
@idempotent
def publish_article(request: HttpRequest, article_id: Number, body: PublishBody) -> Any:
    """Publishes the approved text of one locale (or the English source)."""
    edition = publish(
        _visible(request, article_id),
        body.locale,
        signed_in(request),
        Presentation(correction=body.correction),
    )
    return Status(201, EditionOut.from_orm(edition))


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


def _visible(request: HttpRequest, article_id: int) -> Article:
    article = get_object_or_404(Article.objects.select_related("current"), pk=article_id)
    require(may_see(signed_in(request), article))
    return article


def _read(name: str, content: str, form: str) -> SourceDocument:
    return read(name if "." in name else name + EXTENSION[form], content.encode())
