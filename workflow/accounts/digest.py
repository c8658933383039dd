"""Mails notices: urgent ones at once, the others one by one or in one mail a day, as each person chose."""

from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _

from .models import Notice, User

PERIOD = timedelta(days=1)
log = structlog.get_logger(__name__)


def mail_notices(now: datetime) -> int:
    """Mails what is due at `now` and unread; returns how many mails went out.

    May run at any time and twice: a notice is claimed before it is mailed, so it is mailed once. Where
    the mail server refuses, the claim is taken back and the next run tries again.
    """
    waiting = Notice.objects.filter(mailed_at__isnull=True, read_at__isnull=True)
    people = User.objects.filter(is_active=True, notices__in=waiting).exclude(email="").distinct()
    return sum(_mail(person, now) for person in people)


def _mail(person: User, now: datetime) -> bool:
    due = person.notices.filter(mailed_at__isnull=True, read_at__isnull=True)
    recent = person.notices.filter(mailed_at__gt=now - PERIOD, urgent=False)
    if person.daily_digest and recent.exists():
        due = due.filter(urgent=True)
    # Another process may be at it: only what this UPDATE changed is ours to mail.
    mine = [n for n in due if Notice.objects.filter(pk=n.pk, mailed_at__isnull=True).update(mailed_at=now)]
    if not mine:
        return False
    lines = [f"{notice.text}\n{settings.PUBLIC_URL}{notice.address}" for notice in mine]
    with translation.override(person.interface_language):
        subject = (
            " ".join(mine[0].text.split())[:120] if len(mine) == 1 else _("Notices of the translation desk")
        )
    try:
        send_mail(subject, "\n\n".join(lines), None, [person.email])
    except OSError as error:  # the mail server is away or refuses; smtplib's exceptions are OSErrors
        Notice.objects.filter(pk__in=[notice.pk for notice in mine]).update(mailed_at=None)
        log.warning("notices_not_mailed", person=person.pk, error=str(error))
        return False
    return True
