"""What an exported site is searched in, by js/search.js: every live article of a locale with its folded words."""

import json
import re
from collections.abc import Callable

from django.http import HttpResponse
from django.utils import translation

from . import addresses
from .models import Edition
from .pages import render
from .templatetags.newspaper import day, stamp

# The newest; about two kilobytes each, which a reader's browser fetches when it searches.
MOST_ARTICLES = 5000


def page(locale: str) -> HttpResponse:
    """The search page of an exported locale."""
    context = {"section": "search", "noindex": True, "articles_address": addresses.searched_articles(locale)}
    return render("site/search_exported.html", locale, context)


def articles(locale: str, link: Callable[[str], str]) -> str:
    """The script with the list, the newest article first.

    A script and not bare JSON, for a browser lets no page in a folder read the file beside it.

    Args:
        link: gives a path of the site as it is written on the search page.
    """
    editions = Edition.objects.live().filter(locale=locale).defer("html")[:MOST_ARTICLES]
    with translation.override(locale):
        rows = [
            {
                "title": edition.title,
                "summary": edition.summary or edition.lead,
                "address": link(addresses.article(edition)),
                "date": stamp(edition.published_at),
                "day": day(edition.published_at),
                "words": " ".join(sorted(set(re.findall(r"\w+", edition.search_text)))),
            }
            for edition in editions
        ]
    return f"const articles = {json.dumps(rows, ensure_ascii=False, separators=(',', ':'))};\n"
