"""With many articles a page asks the database as little as with few."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.publishing.conftest import written
from workflow.accounts.models import User
from workflow.publishing.models import Edition
from workflow.publishing.publish import publish

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/en/", 1),
        ("/en/library-opens-in-rabat", 3),
        ("/ar/افتتاح-مكتبة-في-الرباط", 3),
        ("/en/archive/", 1),
        ("/en/search?q=library", 1),
        ("/en/feed.atom", 2),
        ("/ar/feed.atom", 3),
        ("/sitemap.xml", 1),
        ("/robots.txt", 0),
    ],
)
def test_queries_do_not_grow_with_the_archive(
    client: Client,
    editor: User,
    published: Callable[..., dict[str, Edition]],
    django_assert_max_num_queries: Callable,
    path: str,
    most: int,
) -> None:
    published()
    for n in range(20):
        publish(written(f"<h1>Number {n}</h1><p>A library.</p>", f"Number {n}"), "en", editor)
    with django_assert_max_num_queries(most):
        assert client.get(path).status_code == 200


def test_a_long_month_has_several_pages(client: Client, editor: User, db: None) -> None:
    for n in range(51):
        edition = publish(written(f"<h1>Number {n}</h1><p>Text.</p>", f"Number {n}"), "en", editor)
    first = f"/en/archive/{edition.published_at:%Y/%m}/"
    page = client.get(first).content.decode()
    assert "Number 50" in page and "Number 0<" not in page
    assert f'href="{first}2/" rel="next"' in page
    assert "Number 0<" in client.get(first + "2/").content.decode()
