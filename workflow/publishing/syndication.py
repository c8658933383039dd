"""For machines that follow the site: an Atom feed a locale, the sitemap with alternates, robots.txt."""

from typing import Any
from xml.etree import ElementTree

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from workflow.articles.pictures import files_of_articles

from . import addresses, locales, metadata, provenance
from .alternates import Alternates, grouped, of_articles, of_editions
from .body import take_apart
from .models import Edition
from .pages import cached, everywhere
from .whole import whole

IN_FEED = 30
# sitemaps.org allows 50,000 addresses in one file.
IN_SITEMAP = 50_000
SITEMAP_SECONDS = 3600
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


class _Feed(Atom1Feed):
    """Atom (RFC 4287) with the entry's text, and with links to the same article in other languages."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for alternate in item["alternates"]:
            handler.addQuickElement(
                "link",
                "",
                {"rel": "alternate", "hreflang": alternate.locale, "href": alternate.absolute},
            )
        handler.addQuickElement("content", item["content"], {"type": "html", "xml:lang": item["locale"]})


@cached
def feed(request: HttpRequest, locale: str) -> HttpResponse:
    """The newest articles of a locale as Atom."""
    editions = list(
        Edition.objects.live().filter(locale=locale).select_related("article", "approval__approver")[:IN_FEED]
    )
    live = of_articles([edition.article_id for edition in editions])
    illustrated = [edition.article_id for edition in editions if "<img" in edition.html]
    files = files_of_articles(illustrated) if illustrated else {}
    names = provenance.names_in(editions)
    with translation.override(locale):
        atom = _Feed(
            title=metadata.site_name(),
            link=addresses.absolute(addresses.home(locale)),
            description=_("The latest articles"),
            language=locale,
            feed_url=addresses.absolute(addresses.feed(locale)),
            feed_guid=addresses.absolute(addresses.home(locale)),
        )
        for edition in editions:
            others = of_editions(live[edition.article_id], locale, edition.article.source_locale)
            body = take_apart(edition.html, files.get(edition.article_id))
            atom.add_item(
                title=edition.title,
                link=addresses.absolute(addresses.article(edition)),
                description=edition.summary or edition.lead,
                author_name=body.byline or metadata.site_name(),
                pubdate=edition.published_at,
                updateddate=edition.issued_at,
                unique_id=edition.feed_id,
                alternates=[other for other in others.all if not other.current],
                content=whole(edition, body, provenance.of(edition, names), live[edition.article_id]),
                locale=locale,
            )
        response = HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    response["Content-Language"] = locale
    if editions:
        response["Last-Modified"] = http_date(max(e.issued_at for e in editions).timestamp())
    return response


@cached
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page there is, each with its alternates (sitemaps.org, with xhtml:link)."""
    ElementTree.register_namespace("", _SITEMAP)
    ElementTree.register_namespace("xhtml", _XHTML)
    root = ElementTree.Element(f"{{{_SITEMAP}}}urlset")
    for path, default in ((addresses.home, "/"), (addresses.about, "")):
        for code in locales.codes():
            _add(root, path(code), everywhere(path, code, default))
    # The newest that fit into one file; all live ones are read, for the alternates of each.
    everything = list(
        Edition.objects.live()
        .filter(locale__in=locales.codes())
        .select_related("article")
        .only("locale", "slug", "issued_at", "published_at", "article__source_locale")
    )
    live = grouped(everything)
    for edition in everything[: IN_SITEMAP - len(root)]:
        alternates = of_editions(live[edition.article_id], edition.locale, edition.article.source_locale)
        _add(root, addresses.article(edition), alternates, edition.issued_at.isoformat(timespec="seconds"))
    data = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    response = HttpResponse(data, content_type="application/xml; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={SITEMAP_SECONDS}"
    return response


@cached
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt (RFC 9309): the newsroom's own pages are nobody's business."""
    lines = ["User-agent: *", "Disallow: /desk/", "Disallow: /accounts/", "Disallow: /api/"]
    lines += [f"Disallow: {addresses.search(code)}" for code in locales.codes()]
    lines += ["", f"Sitemap: {addresses.absolute('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _add(root: ElementTree.Element, path: str, alternates: Alternates, changed: str = "") -> None:
    url = ElementTree.SubElement(root, f"{{{_SITEMAP}}}url")
    ElementTree.SubElement(url, f"{{{_SITEMAP}}}loc").text = addresses.absolute(path)
    if changed:
        ElementTree.SubElement(url, f"{{{_SITEMAP}}}lastmod").text = changed
    links = [(alternate.locale, alternate.absolute) for alternate in alternates.all]
    for language, href in [*links, ("x-default", alternates.absolute_default)]:
        ElementTree.SubElement(
            url, f"{{{_XHTML}}}link", {"rel": "alternate", "hreflang": language, "href": href}
        )
