"""Values at the ends of their range: refused as problems, never a failure of the server."""

from typing import Any

import pytest

from tests.api.test_articles import body
from workflow.accounts.models import User
from workflow.articles.models import Article

pytestmark = pytest.mark.django_db

HUGE = ["9223372036854775807", "99999999999999999999", "1000001", "0", "-1"]


@pytest.mark.parametrize("page", HUGE)
@pytest.mark.parametrize("path", ["/articles", "/terms/concepts"])
def test_a_page_out_of_reach_is_refused(caller: Any, editor: User, path: str, page: str) -> None:
    assert caller(editor, "get", f"{path}?page={page}").status_code == 422
    assert caller(editor, "get", f"{path}?page_size={page}").status_code == 422


def test_the_last_page_there_can_be_is_empty(caller: Any, editor: User, article: Article) -> None:
    told = caller(editor, "get", "/articles?page=1000000&page_size=100").json()
    assert told == {"items": [], "count": 1}


@pytest.mark.parametrize(
    "deadline", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026-01-01T10:00:00", "soon"]
)
def test_a_deadline_out_of_reach_or_without_a_zone_is_refused(
    caller: Any, editor: User, deadline: str
) -> None:
    assert caller(editor, "post", "/articles", body(deadline=deadline)).status_code == 422
    assert not Article.objects.exists()


def test_a_deadline_is_kept_whatever_its_zone(caller: Any, editor: User) -> None:
    told = caller(editor, "post", "/articles", body(deadline="2026-03-01T10:00:00+05:00")).json()
    assert Article.objects.get(pk=told["id"]).deadline.isoformat() == "2026-03-01T05:00:00+00:00"
