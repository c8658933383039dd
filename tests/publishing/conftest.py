"""A small newsroom with one article, translated by machine and revised by people, ready to publish."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from pytest_django import Settings

from tests.conftest import person
from workflow.accounts.models import User
from workflow.articles.models import Article, Segment
from workflow.articles.revisions import SourceText, add_revision
from workflow.drafting.models import Origin, State, Translation, TranslationUnit, UnitState
from workflow.publishing.models import Edition
from workflow.publishing.publish import publish
from workflow.review.approval import approve
from workflow.review.models import Approval

ENGLISH = (
    "<h1>Library Opens in Rabat</h1>"
    '<p class="byline">By the Press Office</p>'
    '<p class="dateline">RABAT, 9 July 2025</p>'
    "<p>The minister opened <strong>a new library</strong> on Wednesday, in the presence of 12 writers.</p>"
    "<h2>The books</h2>"
    "<ul><li>novels;</li><li>poems.</li></ul>"
    "<blockquote><p>“A library is a door,” she said.</p></blockquote>"
    '<p>See <a href="https://example.org/library?a=1&amp;b=2">the page of the library</a>.</p>'
)
TEXTS = {
    "ar": (
        "افتتاح مكتبة في الرباط",
        "المكتب الصحفي",
        "الرباط، 9 يوليو 2025",
        "افتتحت الوزيرة <1>مكتبة جديدة</1> يوم الأربعاء، بحضور 12 كاتبا.",
        "الكتب",
        "روايات؛",
        "قصائد.",
        "وقالت: «المكتبة باب».",
        "انظر <1>صفحة المكتبة</1>.",
    ),
    "fr": (
        "Une bibliothèque ouvre à Rabat",
        "Par le Bureau de presse",
        "RABAT, le 9 juillet 2025",
        "La ministre a inauguré mercredi <1>une nouvelle bibliothèque</1>, en présence de 12 écrivains.",
        "Les livres",
        "des romans ;",
        "des poèmes.",
        "« Une bibliothèque est une porte », a-t-elle dit.",
        "Voir <1>la page de la bibliothèque</1>.",
    ),
}
TRANSLATORS = {"ar": "amina", "fr": "claire"}
APPROVERS = {"ar": "karim", "fr": "louis"}


@pytest.fixture(autouse=True)
def a_site_of_its_own(settings: Settings) -> None:
    settings.PUBLIC_URL = "https://news.example"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


@pytest.fixture
def people(db: None) -> dict[str, User]:
    """Everybody by user name."""
    staff = {
        "nadia": person("nadia", "editor"),
        "amina": person("amina", "translator", locales=("ar",)),
        "karim": person("karim", "translator", locales=("ar",)),
        "claire": person("claire", "translator", locales=("fr",)),
        "louis": person("louis", "translator", locales=("fr",)),
        "ada": person("ada", "administrator"),
    }
    full = {"amina": "Amina Alaoui", "karim": "Karim Mansour", "claire": "Claire Fontaine"}
    for user, name in full.items():
        staff[user].first_name, staff[user].last_name = name.split()
        staff[user].save()
    return staff


@pytest.fixture
def editor(people: dict[str, User]) -> User:
    return people["nadia"]


@pytest.fixture
def article(people: dict[str, User]) -> Article:
    return written(ENGLISH)


def written(html: str, title: str = "Library Opens in Rabat") -> Article:
    """An article with that text, submitted by nobody in particular."""
    article = Article.objects.create(title=title)
    add_revision(article, SourceText(title, html), by=None)
    return article


@pytest.fixture
def translated(people: dict[str, User]) -> Callable[..., Approval]:
    """Translates an article into a locale and has it approved by a colleague."""

    def into(
        article: Article,
        locale: str,
        *,
        texts: tuple[str, ...] | None = None,
        machine: bool = True,
        untouched: bool = False,
        approver: str = "",
    ) -> Approval:
        texts = texts or TEXTS[locale]
        translator = people[TRANSLATORS[locale]]
        translation = Translation.objects.create(
            article=article,
            locale=locale,
            revision=article.current,
            state=State.IN_REVIEW,
            last_edited_by=translator,
        )
        segments = Segment.objects.filter(revision=article.current)
        for segment, text in zip(segments, texts, strict=True):
            TranslationUnit.objects.create(
                translation=translation,
                segment=segment,
                state=UnitState.CONFIRMED,
                target=text,
                draft=(text if untouched else "…") if machine else "",
                draft_model="en-xx@0123456789ab" if machine else "",
                origin=Origin.MACHINE if machine and untouched else Origin.PERSON,
                confirmed_by=translator,
            )
        by = people[approver or APPROVERS[locale]]
        return approve(translation, by, override_reason="alone" if by == translator else "")

    return into


@pytest.fixture
def published(
    article: Article, editor: User, translated: Callable[..., Approval]
) -> Callable[..., dict[str, Edition]]:
    """Publishes the article in some locales: locale → edition."""

    def in_locales(*wanted: str, of: Article | None = None) -> dict[str, Edition]:
        chosen = of or article
        editions = {}
        for locale in wanted or ("en", "fr", "ar"):
            if locale != "en":
                translated(chosen, locale)
            editions[locale] = publish(chosen, locale, editor)
        return editions

    return in_locales
