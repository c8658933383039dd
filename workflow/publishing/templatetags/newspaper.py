"""Dates as a newspaper prints them, in the active language: day, month by name, year; western digits."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

register = template.Library()


@register.filter
def day(moment: date | datetime | None) -> str:
    """“25 November 2026”, “1er novembre 2026”, “25 نوفمبر 2026”; "" for nothing."""
    if not moment:
        return ""
    if isinstance(moment, datetime):
        moment = timezone.localtime(moment)
    first = "1er" if moment.day == 1 and get_language() == "fr" else str(moment.day)
    return f"{first} {date_format(moment, 'F Y')}"


@register.filter
def moment(when: datetime | None) -> str:
    """“25 November 2026, 14:39”, “25 novembre 2026 à 14 h 39”, “25 نوفمبر 2026، 14:39”; "" for nothing."""
    if not when:
        return ""
    local = timezone.localtime(when)
    if get_language() == "fr":
        return f"{day(when)} à {local:%H\u00a0h\u00a0%M}"
    comma = "،" if get_language() == "ar" else ","
    return f"{day(when)}{comma} {local:%H:%M}"


@register.filter
def stamp(when: datetime | None) -> str:
    """The same for machines, to the second: HTML's `datetime` takes no more than three digits of one."""
    return timezone.localtime(when).isoformat(timespec="seconds") if when else ""
