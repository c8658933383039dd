"""The other languages of a page, from the published set only: one answer for every place that lists them.

Language switch, hreflang, feeds, sitemap and metadata all ask here, so they cannot disagree, and what one
edition says of another that other says back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from . import addresses, locales
from .models import Edition


@dataclass(frozen=True)
class Alternate:
    """The same page in one locale; `address` is a path of the site, `absolute` the same as a URL."""

    locale: str
    name: str
    address: str
    current: bool = False

    @property
    def absolute(self) -> str:
        return addresses.absolute(self.address)


@dataclass(frozen=True)
class Alternates:
    """All locales a page exists in, itself among them, and the one for everybody else."""

    all: tuple[Alternate, ...]
    x_default: str

    @property
    def absolute_default(self) -> str:
        return addresses.absolute(self.x_default)


def of_articles(articles: Iterable[int]) -> dict[int, list[Edition]]:
    """The live editions of a few articles at once: article number → editions in the site's order."""
    wanted = list(articles)
    live = grouped(Edition.objects.live().light().filter(article__in=wanted, locale__in=locales.codes()))
    return {pk: live.get(pk, []) for pk in wanted}


def grouped(editions: Iterable[Edition]) -> dict[int, list[Edition]]:
    """Live editions by article, those of each article in the site's order of locales."""
    order = {code: place for place, code in enumerate(locales.codes())}
    by_article: dict[int, list[Edition]] = {}
    for edition in editions:
        by_article.setdefault(edition.article_id, []).append(edition)
    for several in by_article.values():
        several.sort(key=lambda edition: order[edition.locale])
    return by_article


def of_editions(editions: Sequence[Edition], current: str, source_locale: str) -> Alternates:
    """The alternates of an article's page, given its live editions.

    The default for visitors of other languages is the source edition, or, while that is not live, the
    first there is; it is the same on every page of the set.
    """
    every = tuple(
        Alternate(e.locale, locales.language(e.locale).name, addresses.article(e), e.locale == current)
        for e in editions
    )
    default = next((a for a in every if a.locale == source_locale), every[0] if every else None)
    return Alternates(every, default.address if default else "/")


def of_page(paths: dict[str, str], current: str, x_default: str) -> Alternates:
    """The alternates of a page that exists in every locale, such as the home page: locale → path."""
    every = tuple(
        Alternate(code, locales.language(code).name, path, code == current) for code, path in paths.items()
    )
    return Alternates(every, x_default)
