"""What every kind of destination shares: how failure is said, and what of an edition is sent."""

from dataclasses import dataclass, replace

from workflow.articles.pictures import files_of

from . import addresses, provenance
from .body import Body, take_apart
from .models import Edition


class DeliveryFailed(Exception):
    """The destination could not be reached or was busy; trying later may help."""


class DeliveryRefused(Exception):
    """The destination said no, or is set up wrongly; trying again without a change cannot help."""


@dataclass(frozen=True)
class Parcel:
    """An edition as it is sent: its body laid out, its summary, and how it came to be."""

    edition: Edition
    body: Body
    summary: str
    provenance: provenance.Provenance
    address: str


def pack(edition: Edition) -> Parcel:
    """What to send of an edition; its links and pictures lead to our own site by their whole address."""
    body = take_apart(edition.html, files_of(edition.article_id, edition.html))
    body = replace(body, html=addresses.absolute_links(body.html))
    return Parcel(
        edition=edition,
        body=body,
        summary=edition.summary or body.lead,
        provenance=provenance.of(edition),
        address=addresses.absolute(addresses.article(edition)),
    )
