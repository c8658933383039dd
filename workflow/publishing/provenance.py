"""What a page says about how its text came to be, worked out from the approval and never typed by anyone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils import timezone
from django.utils.translation import gettext as _

from workflow.accounts.models import User
from workflow.drafting.models import Origin
from workflow.review.models import Approval

from . import addresses
from .models import Edition


class Way(StrEnum):
    """How a text was made. The page words each differently."""

    ORIGINAL = "original"
    PERSON = "person"
    REVISED = "revised"
    READ = "read"
    UNREVISED = "unrevised"


@dataclass(frozen=True)
class Provenance:
    """How an edition was made.

    Attributes:
        way: ORIGINAL source text; PERSON wrote the whole translation; REVISED machine output, changed by
            people; READ by people, who found nothing to change; UNREVISED by anybody before approval.
        people: full names of those who confirmed the text, in the order of the text.
        approver: full name, empty for the source and for a text that nobody has approved yet.
        date: when it was approved (published, for the source).
        models: the translation models whose drafts were used.
    """

    way: Way
    people: tuple[str, ...]
    approver: str
    date: datetime
    models: tuple[str, ...] = ()

    @property
    def named(self) -> str:
        """The people in one phrase, in the active language: “A”, “A and B”, “A, B and C”."""
        if len(self.people) < 2:
            return "".join(self.people)
        return _("%(first)s and %(last)s") % {
            "first": _(", ").join(self.people[:-1]),
            "last": self.people[-1],
        }

    @property
    def approved_by_another(self) -> bool:
        """Whether somebody else than those named approved the text."""
        return self.people != (self.approver,)


def of(edition: Edition, names: Mapping[str, str] | None = None) -> Provenance:
    """The provenance of an edition; `names` as `names_in` gives them, where many are asked for."""
    if edition.approval is None:
        return Provenance(Way.ORIGINAL, (), "", edition.published_at)
    return of_approval(edition.approval, names)


def of_approval(approval: Approval, names: Mapping[str, str] | None = None) -> Provenance:
    """The provenance of an approved text, as it will be printed under it."""
    units = list(approval.targets.values())
    machine = bool(_machines(approval.models_used)) or any(u["origin"] == Origin.MACHINE for u in units)
    revisers = _revisers(approval)
    if not machine:
        way = Way.PERSON
    elif not revisers:
        way = Way.UNREVISED
    elif all(unit["untouched"] for unit in units):
        way = Way.READ
    else:
        way = Way.REVISED
    if names is None:
        names = _full_names(revisers)
    return Provenance(
        way=way,
        people=tuple(names.get(username, username) for username in revisers),
        approver=str(approval.approver) if approval.approver_id else "",
        date=approval.approved_at or timezone.now(),
        models=_machines(approval.models_used),
    )


def names_in(editions: Iterable[Edition]) -> dict[str, str]:
    """The full names of everybody who revised one of the editions, by user name: one query for a list."""
    approvals = [edition.approval for edition in editions if edition.approval is not None]
    return _full_names({username for approval in approvals for username in _revisers(approval)})


def printed(edition: Edition, made: Provenance, live: Iterable[Edition]) -> dict[str, object]:
    """What the template of the line under an article takes; `live` are the article's live editions."""
    source = next((other for other in live if other.locale == edition.article.source_locale), None)
    return {
        "provenance": made,
        "source": source
        and {"locale": source.locale, "title": source.title, "address": addresses.article(source)},
        "source_newer": source is not None and source.revision_id != edition.revision_id,
    }


def _revisers(approval: Approval) -> tuple[str, ...]:
    """The user names of those who confirmed the text, in its order."""
    confirmed = (unit["confirmed_by"] for unit in approval.targets.values())
    return tuple(dict.fromkeys(username for username in confirmed if username))


def _machines(models: Iterable[str]) -> tuple[str, ...]:
    """The translation models among what drafted the units; the translation memory is people's work."""
    return tuple(model for model in models if model != "memory")


def _full_names(usernames: Iterable[str]) -> dict[str, str]:
    wanted = list(usernames)
    if not wanted:
        return {}
    return {user.username: str(user) for user in User.objects.filter(username__in=wanted)}
