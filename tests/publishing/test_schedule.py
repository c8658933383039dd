"""Embargoes: published when due, once, or refused with the reason kept."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from workflow.accounts.models import User
from workflow.articles.models import Article
from workflow.articles.revisions import SourceText, add_revision
from workflow.publishing.models import Edition, ScheduledPublication
from workflow.publishing.publish import NotPublishable, Presentation, publish
from workflow.publishing.schedule import publish_due, schedule

pytestmark = pytest.mark.django_db
NOW = timezone.now()
SOON = NOW + timedelta(hours=1)
LATER = NOW + timedelta(hours=2)


def test_it_is_published_when_it_is_due_and_only_once(article: Article, editor: User) -> None:
    planned = schedule(article, "en", SOON, editor, Presentation(summary="In short."))
    assert publish_due(NOW) == 0
    assert publish_due(LATER) == 1
    assert publish_due(LATER) == 0
    planned.refresh_from_db()
    assert planned.state == "done"
    assert Edition.objects.get().summary == "In short."


def test_what_was_said_when_planning_is_said_and_the_rest_is_kept(article: Article, editor: User) -> None:
    publish(article, "en", editor, Presentation(summary="In short.", correction="Sorry."))
    add_revision(article, SourceText("New", "<h1>New</h1><p>All is new.</p>"), by=editor)
    schedule(article, "en", SOON, editor, Presentation(summary=""))
    assert publish_due(LATER) == 1
    live = Edition.objects.live().get()
    assert (live.title, live.summary, live.correction) == ("New", "", "Sorry.")


def test_what_is_approved_when_the_time_comes_is_published(
    article: Article, editor: User, translated: Callable[..., object]
) -> None:
    schedule(article, "ar", SOON, editor)
    translated(article, "ar")
    assert publish_due(LATER) == 1


def test_what_is_not_approved_in_time_is_refused_and_the_others_are_published(
    article: Article, editor: User
) -> None:
    schedule(article, "ar", SOON, editor)
    schedule(article, "en", SOON, editor)
    assert publish_due(LATER) == 1
    refused = ScheduledPublication.objects.get(locale="ar")
    assert refused.state == "refused"
    assert "no translation" in refused.outcome
    notice = editor.notices.get()
    assert notice.urgent and "no translation" in notice.text


def test_an_editor_who_left_does_not_publish_any_more(article: Article, editor: User) -> None:
    schedule(article, "en", SOON, editor)
    editor.is_editor = False
    editor.save()
    assert publish_due(LATER) == 0
    assert ScheduledPublication.objects.get().state == "refused"


def test_a_bug_in_one_does_not_hold_up_the_others(
    article: Article, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    schedule(article, "en", SOON, editor)

    def broken(*_args: object) -> None:
        raise RuntimeError("bug")

    monkeypatch.setattr("workflow.publishing.schedule.publish", broken)
    assert publish_due(LATER) == 0
    assert ScheduledPublication.objects.get().state == "waiting"


def test_it_is_refused_for_the_past_twice_or_by_others(
    article: Article, editor: User, people: dict[str, User]
) -> None:
    with pytest.raises(NotPublishable, match="past"):
        schedule(article, "en", NOW - timedelta(minutes=1), editor)
    schedule(article, "en", SOON, editor)
    with pytest.raises(NotPublishable, match="already"):
        schedule(article, "en", LATER, editor)
    with pytest.raises(PermissionDenied):
        schedule(article, "fr", SOON, people["claire"])
