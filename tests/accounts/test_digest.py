"""Notices by mail: urgent at once, the rest as chosen, nothing twice, nothing lost when mail fails."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from workflow.accounts import digest
from workflow.accounts.models import Notice, User

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def tell(user: User, text: str, *, urgent: bool = False) -> Notice:
    return Notice.objects.create(user=user, text=text, address="/desk/", urgent=urgent)


def test_one_mail_a_day_holds_everything(amina: User) -> None:
    tell(amina, "one")
    tell(amina, "two")
    assert digest.mail_notices(NOW) == 1
    tell(amina, "three")
    assert digest.mail_notices(NOW + HOUR) == 0
    assert digest.mail_notices(NOW + timedelta(days=1)) == 1
    assert [("one" in m.body, "three" in m.body) for m in mail.outbox] == [(True, False), (False, True)]
    assert mail.outbox[0].to == [amina.email]


def test_an_urgent_notice_goes_at_once_and_alone(amina: User) -> None:
    tell(amina, "one")
    digest.mail_notices(NOW)
    tell(amina, "two")
    tell(amina, "the source\nhas changed", urgent=True)
    assert digest.mail_notices(NOW + HOUR) == 1
    assert mail.outbox[-1].subject == "the source has changed"
    assert "two" not in mail.outbox[-1].body


def test_who_wants_single_notices_gets_them_at_once(amina: User) -> None:
    User.objects.filter(pk=amina.pk).update(daily_digest=False)
    tell(amina, "one")
    digest.mail_notices(NOW)
    tell(amina, "two")
    assert digest.mail_notices(NOW + HOUR) == 1


def test_nothing_is_mailed_twice_or_after_it_was_read(amina: User) -> None:
    tell(amina, "one", urgent=True)
    read = tell(amina, "two", urgent=True)
    Notice.objects.filter(pk=read.pk).update(read_at=NOW)
    assert digest.mail_notices(NOW) == 1
    assert digest.mail_notices(NOW) == 0
    assert "two" not in mail.outbox[0].body


def test_a_mail_server_that_is_away_loses_nothing(amina: User, monkeypatch: pytest.MonkeyPatch) -> None:
    tell(amina, "one", urgent=True)

    def away(*_args: object) -> None:
        raise ConnectionRefusedError("away")

    with monkeypatch.context() as patch:
        patch.setattr(digest, "send_mail", away)
        assert digest.mail_notices(NOW) == 0
    assert digest.mail_notices(NOW) == 1


def test_a_closed_account_or_one_without_address_gets_no_mail(amina: User, karim: User) -> None:
    User.objects.filter(pk=amina.pk).update(is_active=False)
    User.objects.filter(pk=karim.pk).update(email="")
    tell(amina, "one", urgent=True)
    tell(karim, "two", urgent=True)
    assert digest.mail_notices(NOW) == 0
