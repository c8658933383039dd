"""Links: each web and mail address written in the source is in the target, letter by letter."""

from languages.addresses import addresses
from workflow.messages import gettext_noop

from .findings import Finding

LOST = gettext_noop("The address “%(address)s” is missing or changed.")


def check(source: str, target: str, locale: str) -> list[Finding]:
    """Compares the addresses of plain texts; upper and lower case do not matter."""
    written = target.lower()
    return [
        Finding(
            "link_lost", "error", LOST, {"address": address}, source_span=(start, end), suggestion=address
        )
        for address, start, end in addresses(source)
        if address.lower().rstrip("/") not in written
    ]
