"""Deadlines and corrections: told in time, once, to the right people, in their language."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.conftest import TINY
from workflow.accounts.models import Notice, User
from workflow.articles.models import Article
from workflow.drafting.models import Translation
from workflow.intake.documents.reading import read
from workflow.intake.submit import revise
from workflow.review.reminders import remind

pytestmark = pytest.mark.django_db


@pytest.fixture
def arabic(drafted: Article, amina: User) -> Translation:
    drafted.translations.filter(locale="fr").delete()
    Translation.objects.filter(article=drafted).update(assignee=amina)
    return drafted.translations.get()


def due(article: Article, hours: float) -> None:
    Article.objects.filter(pk=article.pk).update(deadline=timezone.now() + timedelta(hours=hours))


def test_who_has_it_is_told_a_day_before_and_once(arabic: Translation, amina: User, editor: User) -> None:
    due(arabic.article, 30)
    assert remind(timezone.now()) == 0
    due(arabic.article, 20)
    assert remind(timezone.now()) == 1
    assert remind(timezone.now()) == 0
    assert Notice.objects.get().user == amina


def test_when_it_is_late_the_editors_are_told_too(arabic: Translation, amina: User, editor: User) -> None:
    due(arabic.article, -1)
    remind(timezone.now())
    assert {notice.user for notice in Notice.objects.all()} == {amina, editor}
    assert all(notice.urgent for notice in Notice.objects.all())


def test_a_deadline_that_moves_is_told_again_and_finished_work_is_left_alone(
    arabic: Translation, amina: User
) -> None:
    due(arabic.article, 20)
    remind(timezone.now())
    due(arabic.article, 10)
    assert remind(timezone.now()) == 1
    Translation.objects.update(state="published")
    due(arabic.article, 5)
    assert remind(timezone.now()) == 0


def test_a_notice_speaks_the_language_of_who_reads_it(arabic: Translation, amina: User) -> None:
    User.objects.filter(pk=amina.pk).update(interface_language="ar")
    due(arabic.article, 20)
    remind(timezone.now())
    assert "is due soon" not in Notice.objects.get().text


def test_a_correction_of_the_source_is_told_at_once(arabic: Translation, amina: User, editor: User) -> None:
    changed = TINY.replace("5,000 books", "6,000 books")
    revise(arabic.article, read("tiny.md", changed.encode()), by=editor)
    notice = Notice.objects.get()
    assert notice.user == amina and notice.urgent
