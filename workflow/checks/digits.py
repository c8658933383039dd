"""Digits: of the kind the newsroom writes in that language, and in any case of one kind."""

from django.conf import settings

from languages.digits import Digits, breaches, mixed
from workflow.messages import gettext_noop

from .findings import Finding

OTHER_DIGITS = gettext_noop("“%(number)s” is written “%(wanted)s” here.")
MIXED_DIGITS = gettext_noop("Arabic and Western digits are mixed.")


def policy(locale: str) -> Digits | None:
    """What the newsroom has decided for the language (settings.DIGITS); None where it has not."""
    return settings.DIGITS.get(locale.split("-")[0])


def check(source: str, target: str, wanted: Digits | None) -> list[Finding]:
    """Compares the digits of plain texts with what is `wanted`; each number is offered in its digits."""
    found = [
        Finding(
            "digits",
            "warning",
            OTHER_DIGITS,
            {"number": target[breach.start : breach.end], "wanted": breach.wanted},
            target_span=(breach.start, breach.end),
            suggestion=breach.wanted,
        )
        for breach in (breaches(target, wanted, source) if wanted else [])
    ]
    if not found and (place := mixed(target)):
        found.append(Finding("mixed_digits", "warning", MIXED_DIGITS, target_span=place))
    return found
