"""Restricted articles: people are named in the form and on the article's page."""

from typing import Any

import pytest
from django.test import Client

from tests.api.conftest import caller as caller
from tests.conftest import TINY, person
from workflow.accounts.models import User
from workflow.articles.models import Article
from workflow.drafting.models import Translation
from workflow.review.assignment import assign

pytestmark = pytest.mark.django_db


def sees(client: Client, user: User, article: Article) -> bool:
    client.force_login(user)
    return bool(client.get(f"/desk/articles/{article.pk}/").status_code == 200)


def test_people_are_named_in_the_form(client: Client, editor: User, amina: User, karim: User) -> None:
    client.force_login(editor)
    assert "amina" in client.get("/desk/submit/").content.decode()
    client.post(
        "/desk/submit/", {"text": TINY, "locales": ["ar"], "restricted": "on", "people": [amina.pk, "x"]}
    )
    article = Article.objects.get()
    assert sees(client, amina, article)
    assert not sees(client, karim, article)


def test_what_was_chosen_is_still_chosen_when_a_document_is_refused(
    client: Client, editor: User, amina: User
) -> None:
    client.force_login(editor)
    page = client.post("/desk/submit/", {"text": "", "restricted": "on", "people": [amina.pk]})
    assert page.status_code == 422
    assert f'name="people" value="{amina.pk}" checked' in page.content.decode()


def test_an_editor_changes_on_the_page_who_sees_it(
    client: Client, article: Article, editor: User, amina: User, karim: User
) -> None:
    other = person("omar", "editor")
    arabic = article.translations.get(locale="ar")
    assign(arabic, karim, by=editor)
    client.force_login(other)
    client.post(f"/desk/articles/{article.pk}/people", {"restricted": "on", "people": [amina.pk]})
    for user, expected in ((amina, True), (editor, True), (other, True), (karim, False)):
        assert sees(client, user, article) is expected, user
    # Karim may not open what he had: it is free for who may.
    assert Translation.objects.get(pk=arabic.pk).assignee is None
    client.force_login(editor)
    assert f'value="{amina.pk}" checked' in client.get(f"/desk/articles/{article.pk}/").content.decode()
    client.post(f"/desk/articles/{article.pk}/people", {})
    assert sees(client, karim, article)


def test_who_may_not_see_an_article_names_nobody(client: Client, submitted: Any, amina: User) -> None:
    article = submitted(restricted=True)
    stranger = person("eve", "editor")
    for user in (stranger, amina):
        client.force_login(user)
        assert client.post(f"/desk/articles/{article.pk}/people", {"people": [user.pk]}).status_code == 403
    assert not article.people.exists()
