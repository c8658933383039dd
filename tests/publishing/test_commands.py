"""Publishing and withdrawing from the command line."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from workflow.accounts.models import User
from workflow.articles.models import Article
from workflow.publishing.models import Edition, ScheduledPublication

pytestmark = pytest.mark.django_db


def test_an_approved_text_is_published_and_withdrawn(
    article: Article,
    people: dict[str, User],
    translated: Callable[..., object],
    capsys: pytest.CaptureFixture[str],
) -> None:
    translated(article, "ar")
    call_command("publish", article.pk, locale="ar", user="nadia", slug="مكتبة", summary="ملخص")
    call_command("withdraw", article.pk, locale="ar", user="nadia", reason="wrong")
    assert capsys.readouterr().out.split("\n")[:2] == ["Published: /ar/مكتبة", "Withdrawn: /ar/مكتبة"]
    assert Edition.objects.get().withdrawal_reason == "wrong"


def test_a_publication_can_be_scheduled(article: Article, people: dict[str, User]) -> None:
    tomorrow = timezone.localtime() + timedelta(days=1)
    call_command("publish", str(article.pk), "--locale=en", "--as=nadia", f"--at={tomorrow:%Y-%m-%dT%H:%M}")
    planned = ScheduledPublication.objects.get()
    assert abs(planned.due_at - tomorrow) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("command", "options", "says"),
    [
        ("publish", {"locale": "ar", "user": "nadia"}, "no translation"),
        ("publish", {"locale": "en", "user": "amina"}, "role"),
        ("publish", {"locale": "en", "user": "who"}, "nobody"),
        ("publish", {"locale": "en", "user": "nadia", "slug": "search"}, "cannot be an address"),
        ("withdraw", {"locale": "en", "user": "nadia", "reason": "x"}, "not live"),
        ("withdraw", {"locale": "en", "user": "who", "reason": "x"}, "nobody"),
    ],
)
def test_a_refusal_is_one_line(
    article: Article, people: dict[str, User], command: str, options: dict, says: str
) -> None:
    with pytest.raises(CommandError, match=says):
        call_command(command, article.pk, **options)


def test_an_unknown_article_is_said(people: dict[str, User]) -> None:
    with pytest.raises(CommandError, match="no article 77"):
        call_command("publish", 77, locale="en", user="nadia")
