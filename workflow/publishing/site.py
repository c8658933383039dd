"""The public site's pages: language choice, home, article, search, about; and what stands for them
when there is nothing to show."""

from unicodedata import normalize

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.encoding import iri_to_uri
from django.utils.safestring import mark_safe
from django.views.defaults import page_not_found

from workflow.articles.pictures import files_of

from . import addresses, locales, metadata, provenance, search
from .alternates import of_articles, of_editions
from .body import take_apart
from .folding import LONGEST_QUERY
from .models import Edition, EditionQuerySet, Satisfaction
from .pages import cached, everywhere, render

ON_HOME = 13
# The first part of addresses that are not the readers'.
NEWSROOM = frozenset({"desk", "accounts", "api", "health", "i18n"})
ON_SEARCH_PAGE = 30


@cached
def choose_language(request: HttpRequest) -> HttpResponse:
    """Sends a visitor of / to the home page in the language their browser asks for."""
    chosen = locales.preferred(request.headers.get("Accept-Language", ""))
    response = HttpResponseRedirect(addresses.home(chosen))
    patch_vary_headers(response, ["Accept-Language"])
    return response


@cached
def home(request: HttpRequest, locale: str) -> HttpResponse:
    """The newest live editions of a locale."""
    editions = list(live_in(locale)[: ON_HOME + 1])
    return render(
        "site/home.html",
        locale,
        {
            "section": "home",
            "stories": [story(edition) for edition in editions[:ON_HOME]],
            "more_address": addresses.archive(locale) if len(editions) > ON_HOME else "",
        },
        alternates=everywhere(addresses.home, locale, "/"),
    )


@cached
def home_without_slash(request: HttpRequest, locale: str) -> HttpResponse:
    """The home page has a slash at its end, so that it can hold the others."""
    return HttpResponsePermanentRedirect(addresses.home(locale))


@cached
def article(request: HttpRequest, locale: str, slug: str) -> HttpResponse:
    """The live edition at an address; 301 from an address it had, 410 when it was withdrawn."""
    slug = normalize("NFKC", slug)
    edition = (
        Edition.objects.live()
        .filter(locale=locale, slug=slug)
        .select_related("article__current", "revision", "approval__approver")
        .first()
    )
    return article_page(edition) if edition else gone_elsewhere(locale, slug)


@cached
def article_with_slash(request: HttpRequest, locale: str, slug: str) -> HttpResponse:
    """The address an exported site gives an article leads to the one it has here."""
    return HttpResponsePermanentRedirect(iri_to_uri(addresses.article_at(locale, slug)))


def article_page(edition: Edition, *, preview: str = "") -> HttpResponse:
    """The page of an edition. With `preview` (what it is a preview of) nothing tells machines about it."""
    live = of_articles([edition.article_id])[edition.article_id]
    alternates = of_editions(live, edition.locale, edition.article.source_locale)
    body = take_apart(edition.html, files_of(edition.article_id, edition.html))
    summary = edition.summary or body.lead
    made = provenance.of(edition)
    context = {
        "edition": edition,
        "story": {**story(edition), "summary": summary},
        "title": edition.title,
        "description": summary,
        "byline": body.byline,
        "dateline": body.dateline,
        "standfirst": edition.summary,
        "body_html": mark_safe(body.html),  # sanitised when it came in, escaped when it was rendered
        "corrected": bool(edition.correction),
        "updated": edition.issued_at if edition.number > 1 else None,
        **provenance.printed(edition, made, live),
        "passages": body.passages,
        "steps": Satisfaction.choices,
        "feedback_address": "" if preview else addresses.feedback(edition),
        "preview": preview,
    }
    if not preview:
        context["open_graph"] = metadata.open_graph(edition, summary, body, alternates)
        context["json_ld"] = metadata.as_script(metadata.news_article(edition, summary, body, made, live))
    return render(
        "site/article.html",
        edition.locale,
        context,
        alternates=None if preview else alternates,
        modified=max((other.issued_at for other in live), default=None),
    )


@cached
def search_page(request: HttpRequest, locale: str) -> HttpResponse:
    """The live editions that hold every word of `?q=`."""
    query = " ".join(request.GET.get("q", "")[:LONGEST_QUERY].split())
    found = list(search.find(locale, query)[: ON_SEARCH_PAGE + 1])
    response = render(
        "site/search.html",
        locale,
        {
            "section": "search",
            "query": query,
            "stories": [story(edition) for edition in found[:ON_SEARCH_PAGE]],
            "more": len(found) > ON_SEARCH_PAGE,
            "shown": min(len(found), ON_SEARCH_PAGE),
            "noindex": True,
        },
    )
    response["X-Robots-Tag"] = "noindex"
    return response


@cached
def about(request: HttpRequest, locale: str) -> HttpResponse:
    """How translations are made here, with the figures of what is live."""
    translated = Edition.objects.live().filter(locale=locale, approval__isnull=False)
    return render(
        "site/about_translation.html",
        locale,
        {
            "section": "about",
            "translated": translated.count(),
            "unchanged": translated.filter(approval__untouched_share__gte=1).count(),
            "takes_feedback": addresses.takes_feedback(),
        },
        alternates=everywhere(addresses.about, locale),
    )


@cached
def nothing_there(request: HttpRequest, locale: str, rest: str = "") -> HttpResponse:
    """Whatever else is asked for under a locale: the 404 page in that language."""
    return not_found_page(locale)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The product's handler404: the newsroom's page for its own addresses, and for all others the
    readers', in the language of the path or the one the browser asks for."""
    first = request.path.split("/")[1]
    if first in NEWSROOM:
        return page_not_found(request, exception)
    known = first if first in locales.codes() else ""
    response = not_found_page(known or locales.preferred(request.headers.get("Accept-Language", "")))
    if not known:
        patch_vary_headers(response, ["Accept-Language"])
    return response


def not_found_page(locale: str) -> HttpResponse:
    """The 404 page of a locale."""
    return render("site/404.html", locale, {"noindex": True}, status=404)


def story(edition: Edition) -> dict[str, object]:
    """An edition as lists show it."""
    return {
        "title": edition.title,
        "summary": edition.summary or edition.lead,
        "address": addresses.article(edition),
        "published_at": edition.published_at,
        "updated_at": edition.issued_at,
    }


def live_in(locale: str) -> EditionQuerySet:
    """The live editions of a locale, without the columns that lists do not show."""
    return Edition.objects.live().light().filter(locale=locale)


def gone_elsewhere(locale: str, slug: str) -> HttpResponse:
    """For an address without a live edition: where the article is now, that it was withdrawn, or 404."""
    known = Edition.objects.filter(locale=locale, slug=slug).select_related("article").light().order_by("-id")
    past = known.first()
    if past is None:
        return not_found_page(locale)
    live = of_articles([past.article_id])[past.article_id]
    here = next((edition for edition in live if edition.locale == locale), None)
    if here is not None:
        return HttpResponsePermanentRedirect(iri_to_uri(addresses.article(here)))
    withdrawn = (
        Edition.objects.filter(article_id=past.article_id, locale=locale, withdrawn_at__isnull=False)
        .light()
        .order_by("-withdrawn_at")
        .first()
    )
    return render(
        "site/withdrawn.html",
        locale,
        {
            "withdrawn_at": withdrawn.withdrawn_at if withdrawn else None,
            "elsewhere": [_switch_entry(edition) for edition in live],
            "noindex": True,
        },
        status=410,
    )


def _switch_entry(edition: Edition) -> dict[str, str]:
    return {
        "locale": edition.locale,
        "name": locales.language(edition.locale).name,
        "title": edition.title,
        "address": addresses.article(edition),
    }
