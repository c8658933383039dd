"""Editors hear that articles wait for their word: once a look, in their language, as often as they wish."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from tests.conftest import person
from workflow.accounts import digest
from workflow.accounts.models import Notice, User
from workflow.intake.models import Item, Source
from workflow.intake.sources import decisions, taking
from workflow.intake.sources.held import tell_editors

from .conftest import entry, look, read, rss
from .web import Web

Make = Callable[..., Source]
FRENCH = "<p>La ministre a ouvert mercredi une nouvelle bibliothèque, en présence de douze écrivains.</p>" * 3


def french(number: int) -> str:
    return entry(number, f"Bibliothèque {number}", FRENCH, link=f"https://example.org/{number}")


@pytest.fixture
def feed(web: Web, make: Make) -> Source:
    return make(web.put_feed("/feed", rss(french(1), french(2), entry(3))))


def test_one_notice_a_look_counts_what_is_held(feed: Source, web: Web, editor: User, amina: User) -> None:
    read(feed)
    assert tell_editors() == 1
    assert tell_editors() == 0
    notice = Notice.objects.get()
    assert notice.user == editor and not notice.urgent
    assert notice.text == "Articles of “Newsroom” that need your confirmation: 2."
    read(feed)
    assert tell_editors() == 0
    web.put_feed("/feed", rss(french(1), french(2), french(4)))
    read(feed)
    assert tell_editors() == 1
    assert Notice.objects.latest("pk").text.endswith(": 1.")


def test_it_waits_until_the_look_is_taken_in_and_forgets_what_was_decided(feed: Source, editor: User) -> None:
    look(feed)
    first, second, english = feed.items.order_by("pk")
    taking.take(first.pk)
    assert tell_editors() == 0
    taking.take(second.pk)
    taking.take(english.pk)
    assert decisions.dismiss(first)
    tell_editors()
    assert Notice.objects.get().text.endswith(": 1.")


def test_an_item_held_later_is_told_with_the_next_look(feed: Source, editor: User) -> None:
    look(feed)
    Item.objects.filter(title="Bibliothèque 2").update(due_at=timezone.now() + timedelta(hours=1))
    taking.drain()
    assert tell_editors() == 1
    Item.objects.filter(title="Bibliothèque 2").update(due_at=timezone.now())
    taking.drain()
    assert tell_editors() == 0
    read(feed)
    assert tell_editors() == 1
    assert Notice.objects.count() == 2


def test_each_editor_is_told_in_the_own_language_and_digest(feed: Source, editor: User) -> None:
    User.objects.filter(pk=editor.pk).update(daily_digest=False, interface_language="fr")
    other = person("salma", "editor")
    User.objects.filter(pk=other.pk).update(interface_language="ar")
    earlier = timezone.now() - timedelta(hours=1)
    for user in (editor, other):
        Notice.objects.create(user=user, text="earlier", mailed_at=earlier)
    read(feed)
    tell_editors()
    assert "à confirmer\u00a0: 2" in editor.notices.latest("pk").text
    assert "تأكيدك: 2" in other.notices.latest("pk").text
    digest.mail_notices(timezone.now())
    assert [message.to for message in mail.outbox] == [[editor.email]]


def test_of_a_restricted_source_only_the_editors_named_are_told(web: Web, make: Make, editor: User) -> None:
    source = make(web.put_feed("/feed", rss(french(1))), restricted=True)
    person("salma", "editor")
    source.people.add(editor)
    read(source)
    tell_editors()
    assert [notice.user for notice in Notice.objects.all()] == [editor]
