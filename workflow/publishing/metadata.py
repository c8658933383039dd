"""What machines read of an article's page: Open Graph properties and schema.org NewsArticle as JSON-LD."""

import json
import re
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from . import addresses, locales
from .alternates import Alternates
from .body import Body
from .models import Edition
from .provenance import Provenance, Way

_BY = re.compile(r"^(by|par|بقلم[:\s]?)\s+", re.IGNORECASE)


def site_name() -> str:
    """The name of the newspaper: the installation's, or a word that stands for one."""
    return settings.SITE_NAME or _("The Newsroom")


def open_graph(edition: Edition, summary: str, body: Body, alternates: Alternates) -> list[tuple[str, str]]:
    """Open Graph properties (ogp.me) of an article, in order."""
    properties = [
        ("og:type", "article"),
        ("og:site_name", site_name()),
        ("og:title", edition.social_title or edition.title),
        ("og:description", summary),
        ("og:url", addresses.absolute(addresses.article(edition))),
        ("og:locale", locales.language(edition.locale).open_graph),
    ]
    properties += [
        ("og:locale:alternate", locales.language(alternate.locale).open_graph)
        for alternate in alternates.all
        if alternate.locale != edition.locale
    ]
    properties += [
        ("article:published_time", edition.published_at.isoformat(timespec="seconds")),
        ("article:modified_time", edition.issued_at.isoformat(timespec="seconds")),
    ]
    for picture in body.pictures[:1]:
        properties.append(("og:image", addresses.absolute(picture.address)))
        if picture.alternative:
            properties.append(("og:image:alt", picture.alternative))
    return properties


def news_article(
    edition: Edition,
    summary: str,
    body: Body,
    provenance: Provenance,
    live: list[Edition],
) -> dict[str, Any]:
    """The schema.org NewsArticle of an edition; `live` are all live editions of its article."""
    url = addresses.absolute(addresses.article(edition))
    publisher = {"@type": "NewsMediaOrganization", "name": site_name(), "url": addresses.absolute("/")}
    byline = _BY.sub("", body.byline)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        "headline": edition.title,
        "description": summary,
        "inLanguage": edition.locale,
        "datePublished": edition.published_at.isoformat(timespec="seconds"),
        "dateModified": edition.issued_at.isoformat(timespec="seconds"),
        "author": {"@type": "Person", "name": byline} if byline else publisher,
        "publisher": publisher,
        "isAccessibleForFree": True,
    }
    if body.pictures:
        data["image"] = [addresses.absolute(picture.address) for picture in body.pictures]
    if edition.correction:
        data["correction"] = {
            "@type": "CorrectionComment",
            "text": edition.correction,
            "datePublished": (edition.corrected_at or edition.issued_at).isoformat(timespec="seconds"),
        }
    source_locale = edition.article.source_locale
    if provenance.way == Way.ORIGINAL:
        translations = [_named(other) for other in live if other.locale != edition.locale]
        if translations:
            data["workTranslation"] = translations
        return data
    names = provenance.people or (provenance.approver,)
    data["translator"] = [{"@type": "Person", "name": name} for name in names]
    source = next((other for other in live if other.locale == source_locale), None)
    if source is not None:
        data["translationOfWork"] = _named(source)
    else:
        data["translationOfWork"] = {"@type": "NewsArticle", "inLanguage": source_locale}
        if edition.article.canonical_url:
            data["translationOfWork"]["url"] = edition.article.canonical_url
    return data


def as_script(data: dict[str, Any]) -> SafeString:
    """JSON that cannot end the script element it stands in."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return mark_safe(text)


def _named(edition: Edition) -> dict[str, Any]:
    url = addresses.absolute(addresses.article(edition))
    return {
        "@type": "NewsArticle",
        "@id": url,
        "url": url,
        "headline": edition.title,
        "inLanguage": edition.locale,
    }
