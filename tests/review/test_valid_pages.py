"""Every page of the desk is valid HTML: found by following links, as people find them; the readers' beside them."""

import re
from collections import deque
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from glossaries.models import Glossary
from tests.conftest import person
from tests.valid_html import JAVA, checked_by_nu, faults
from workflow.accounts.models import Notice
from workflow.articles.models import Article
from workflow.intake.models import Source
from workflow.publishing.models import Destination
from workflow.publishing.publish import publish
from workflow.review.models import Comment

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(client: Client, drafted: Article) -> dict[str, str]:
    """One page of every kind the desk links to, by address, as somebody with every role gets them."""
    roles = ("translator", "editor", "terminologist", "administrator")
    user = person("all", *roles, locales=("ar", "fr"))
    person("zoe", "translator", locales=("ar",))
    client.force_login(user)
    translation = drafted.translations.get(locale="ar")
    Comment.objects.create(translation=translation, author=user, text="Look <here>.")
    Notice.objects.create(user=user, text="New.", address="/desk/")
    glossary = Glossary.objects.create(name="test")
    concept = glossary.concepts.create(identifier="library", definition="A house of books")
    concept.terms.create(locale="en", text="library")
    Source.objects.create(name="Feed", kind=Source.Kind.FEED, address="https://news.example/feed")
    Destination.objects.create(name="Files", kind="folder", folder="/tmp")
    publish(drafted, "en", user)
    found: dict[str, str] = {}
    for language in ("en", "ar"):
        user.interface_language = language
        user.save()
        seen: set[str] = set()
        waiting = deque(["/desk/"])
        while waiting:
            address = waiting.popleft()
            kind = _kind(address)
            if kind in seen:
                continue
            seen.add(kind)
            response = client.get(address)
            if not response.get("Content-Type", "").startswith("text/html"):
                continue
            html = response.content.decode()
            if "<html" in html:
                found[f"{language} {address}"] = html
            waiting.extend(unescape(link) for link in re.findall(r'href="(/(?:desk|accounts)/[^"#]*)', html))
    signed_out = Client()
    public = ("/en/", "/en/search?q=library", "/ar/search?q=x", "/fr/nothing")
    for address in ("/accounts/login/", "/accounts/password/reset/", "/desk/nothing", *public):
        found[address] = signed_out.get(address).content.decode()
    return found


def _kind(address: str) -> str:
    try:
        return resolve(address.split("?")[0]).route
    except Resolver404:
        return address


def test_the_desks_pages_are_valid_html(pages: dict[str, str], tmp_path: Path) -> None:
    assert len(pages) > 40
    assert {name: found for name, html in pages.items() if (found := faults(html))} == {}
    if JAVA is None:
        pytest.skip("the Nu Html Checker needs Java")
    assert "\n".join(checked_by_nu(pages, tmp_path)) == ""
