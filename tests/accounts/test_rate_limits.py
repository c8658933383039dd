"""Too many attempts end on a page of the desk, in the language of who made them."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests.conftest import person
from workflow.accounts.models import User

pytestmark = pytest.mark.django_db

# Twenty requests a minute from one address, allauth's own limit for passwords.
ENOUGH = 21


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "Too many attempts"), ("fr", "Trop de tentatives"), ("ar", "محاولات كثيرة")],
)
def test_a_visitor_who_asks_too_often_is_told_in_the_browsers_language(
    client: Client, language: str, title: str
) -> None:
    cache.clear()
    form = {"email": "nobody@example.org"}
    for _attempt in range(ENOUGH):
        response = client.post("/accounts/password/reset/", form, headers={"accept-language": language})
    page = response.content.decode()
    assert response.status_code == 429
    assert f"<h1>{title}</h1>" in page
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page


def test_a_member_is_told_in_the_language_of_the_profile(client: Client) -> None:
    cache.clear()
    user = person("amina", "translator")
    User.objects.filter(pk=user.pk).update(interface_language="ar")
    client.force_login(User.objects.get(pk=user.pk))
    for _attempt in range(ENOUGH):
        response = client.post("/accounts/password/change/", {"oldpassword": "wrong"})
    assert response.status_code == 429
    assert "<h1>محاولات كثيرة</h1>" in response.content.decode()
