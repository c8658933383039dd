"""The editors' publishing page: what it offers in each state, its steps, and who may take them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from workflow.accounts.models import User
from workflow.articles.models import Article
from workflow.drafting.models import State, Translation
from workflow.publishing.models import Edition, ScheduledPublication
from workflow.publishing.publish import Presentation, reissue

pytestmark = pytest.mark.django_db
Publish = Callable[..., dict[str, Edition]]
Translate = Callable[..., object]


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def test_an_editor_publishes_an_approved_text(desk: Client, article: Article, translated: Translate) -> None:
    approval = translated(article, "ar")
    page = desk.get(f"/desk/articles/{article.pk}/publish").content.decode()
    assert f'action="/desk/articles/{article.pk}/publish/ar/publish"' in page
    response = desk.post(
        f"/desk/articles/{article.pk}/publish/ar/publish",
        {"summary": "ملخص", "slug": "مكتبة الرباط", "social_title": "", "approval": approval.pk},  # type: ignore[attr-defined]
    )
    assert response.status_code == 302
    edition = Edition.objects.get(article=article, locale="ar")
    assert (edition.live, edition.summary, edition.slug) == (True, "ملخص", "مكتبة-الرباط")


def test_an_unapproved_text_is_refused_on_the_page(desk: Client, article: Article) -> None:
    response = desk.post(f"/desk/articles/{article.pk}/publish/ar/publish", {})
    assert response.status_code == 422
    assert "no translation" in response.content.decode()
    assert not Edition.objects.exists()


def test_a_text_approved_anew_behind_the_editors_back_is_not_published_unseen(
    desk: Client, article: Article, translated: Translate
) -> None:
    translated(article, "ar")
    response = desk.post(f"/desk/articles/{article.pk}/publish/ar/publish", {"approval": 999})
    assert response.status_code == 422
    assert "approved anew" in response.content.decode()


def test_an_address_of_another_article_is_refused(
    desk: Client, article: Article, editor: User, published: Publish
) -> None:
    from tests.publishing.conftest import written

    published("en")
    second = written("<h1>Other</h1><p>Text of the other.</p>", "Other")
    response = desk.post(f"/desk/articles/{second.pk}/publish/en/publish", {"slug": "library-opens-in-rabat"})
    assert response.status_code == 422
    assert "library-opens-in-rabat" in response.content.decode()


@pytest.mark.parametrize("slug", ["archive", "search", "feedback", "!!!"])
def test_an_address_the_site_needs_is_refused(desk: Client, article: Article, slug: str) -> None:
    response = desk.post(f"/desk/articles/{article.pk}/publish/en/publish", {"slug": slug})
    assert response.status_code == 422


def test_a_correction_is_a_new_edition(desk: Client, article: Article, published: Publish) -> None:
    published("en")
    desk.post(f"/desk/articles/{article.pk}/publish/en/reissue", {"correction": "Twelve, not 21."})
    live = Edition.objects.live().get(article=article, locale="en")
    assert (live.number, live.correction) == (2, "Twelve, not 21.")


def test_the_form_begins_with_what_readers_see_and_can_empty_it(
    desk: Client, article: Article, editor: User, published: Publish
) -> None:
    edition = published("en")["en"]
    reissue(edition, editor, Presentation(summary="In short.", correction="Twelve, not 21."))
    page = desk.get(f"/desk/articles/{article.pk}/publish").content.decode()
    assert "Twelve, not 21.</textarea>" in page and "In short.</textarea>" in page
    emptied = {"slug": "", "summary": "", "social_title": "", "correction": ""}
    desk.post(f"/desk/articles/{article.pk}/publish/en/reissue", emptied)
    live = Edition.objects.live().get(article=article, locale="en")
    assert (live.number, live.slug, live.summary, live.correction) == (3, edition.slug, "", "")


def test_the_preview_shows_what_is_typed_and_stores_nothing(
    desk: Client, article: Article, published: Publish
) -> None:
    published("en")
    address = f"/desk/articles/{article.pk}/preview/en"
    typed = {"summary": "A new standfirst.", "correction": "Twelve, not 21."}
    page = desk.post(address, typed).content.decode()
    assert "Preview of the source" in page
    assert "A new standfirst." in page and "Twelve, not 21." in page
    assert desk.post(address, {"correction": "x" * 2001}).status_code == 422
    assert "Twelve" not in desk.get(address).content.decode()
    assert Edition.objects.get().correction == ""


def test_a_withdrawal_needs_a_reason(desk: Client, article: Article, published: Publish) -> None:
    published("en")
    assert desk.post(f"/desk/articles/{article.pk}/publish/en/withdraw", {"reason": " "}).status_code == 422
    assert Edition.objects.live().exists()
    desk.post(f"/desk/articles/{article.pk}/publish/en/withdraw", {"reason": "wrong"})
    assert not Edition.objects.live().exists()


def test_a_publication_is_scheduled_and_cancelled(desk: Client, article: Article) -> None:
    soon = timezone.localtime() + timedelta(hours=2)
    address = f"/desk/articles/{article.pk}/publish/en"
    assert desk.post(f"{address}/schedule", {"due_at": f"{soon:%Y-%m-%dT%H:%M}"}).status_code == 302
    assert desk.post(f"{address}/schedule", {"due_at": f"{soon:%Y-%m-%dT%H:%M}"}).status_code == 422
    assert "To be published on" in desk.get(f"/desk/articles/{article.pk}/publish").content.decode()
    assert desk.post(f"{address}/cancel", {}).status_code == 302
    assert ScheduledPublication.objects.get().state == "cancelled"
    assert desk.post(f"{address}/cancel", {}).status_code == 422


def test_an_unknown_step_or_locale_is_not_found(desk: Client, article: Article) -> None:
    assert desk.post(f"/desk/articles/{article.pk}/publish/en/explode", {}).status_code == 404
    assert desk.post(f"/desk/articles/{article.pk}/publish/xx/publish", {}).status_code == 404
    assert desk.get(f"/desk/articles/{article.pk}/publish/en/publish").status_code == 405


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_a_preview_is_the_page_and_known_to_nobody(
    desk: Client, article: Article, translated: Translate, locale: str
) -> None:
    translated(article, "ar")
    response = desk.get(f"/desk/articles/{article.pk}/preview/{locale}")
    page = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{locale}"' in page
    assert "noindex" in page and 'rel="canonical"' not in page and "ld+json" not in page
    assert "<form method" not in page
    assert "no-store" in response["Cache-Control"]
    assert not Edition.objects.exists()


def test_a_preview_of_unapproved_text_says_how_it_was_made_and_that_nobody_approved_it(
    desk: Client, article: Article, translated: Translate
) -> None:
    translated(article, "ar")
    translation = article.translations.get(locale="ar")
    Translation.objects.filter(pk=translation.pk).update(state=State.IN_REVIEW)
    address = f"/desk/articles/{article.pk}/preview/ar"
    page = desk.get(address).content.decode()
    assert "ترجمة آلية راجعها <bdi>Amina Alaoui</bdi>؛ لم يُعتمد النص بعد." in page
    assert 'dir="rtl"' in page and 'class="masthead"' in page
    assert "Karim Mansour" not in page
    translation.units.update(confirmed_by=None)
    assert "لم يراجعها أحد" in desk.get(address).content.decode()
    Translation.objects.filter(pk=translation.pk).update(state=State.APPROVED)
    assert "Karim Mansour" in desk.get(address).content.decode()


def test_a_preview_of_what_is_not_translated_is_not_found(desk: Client, article: Article) -> None:
    assert desk.get(f"/desk/articles/{article.pk}/preview/fr").status_code == 404


# who may do what: role → status of each endpoint

READS = {
    "/desk/articles/{article}/publish": {"editor": 200},
    "/desk/articles/{article}/preview/en": {"editor": 200, "translator": 200, "administrator": 200},
    "/desk/readers/": {"editor": 200},
    "/desk/destinations/": {"editor": 200, "administrator": 200},
    "/desk/destinations/new": {"administrator": 200},
}
WRITES = {
    "/desk/articles/{article}/publish/en/publish": {"editor": 422},
    "/desk/articles/{article}/publish/en/reissue": {"editor": 302},
    "/desk/articles/{article}/publish/en/schedule": {"editor": 422},
    "/desk/articles/{article}/publish/en/cancel": {"editor": 422},
    "/desk/articles/{article}/publish/en/withdraw": {"editor": 422},
    "/desk/editions/{edition}/send": {"editor": 302},
    "/desk/deliveries/77/retry": {"editor": 404},
    "/desk/destinations/new": {"administrator": 422},
}
WHO = {"editor": "nadia", "translator": "claire", "administrator": "ada"}


@pytest.mark.parametrize("role", [*WHO, "nobody"])
@pytest.mark.parametrize(
    ("method", "address", "allowed"),
    [("get", path, roles) for path, roles in READS.items()]
    + [("post", path, roles) for path, roles in WRITES.items()],
)
def test_each_endpoint_answers_each_role_as_it_should(
    client: Client,
    people: dict[str, User],
    article: Article,
    published: Publish,
    role: str,
    method: str,
    address: str,
    allowed: dict[str, int],
) -> None:
    edition = published("en")["en"]
    if role != "nobody":
        client.force_login(people[WHO[role]])
    data = {"slug": "archive"} if address.endswith("en/publish") else {}
    response = getattr(client, method)(address.format(article=article.pk, edition=edition.pk), data)
    expected = allowed.get(role, 302 if role == "nobody" else 403)
    assert response.status_code == expected
    if role == "nobody":
        assert response["Location"].startswith("/accounts/login/")


def test_a_restricted_article_is_for_those_named_on_it(
    desk: Client, editor: User, article: Article, people: dict[str, User]
) -> None:
    article.restricted = True
    article.save()
    for path in ("publish", "preview/en"):
        assert desk.get(f"/desk/articles/{article.pk}/{path}").status_code == 403
    assert desk.post(f"/desk/articles/{article.pk}/publish/en/publish", {}).status_code == 403
    article.people.add(editor)
    assert desk.get(f"/desk/articles/{article.pk}/publish").status_code == 200
