"""An edition as one piece of HTML that says all its page says: for feeds and for other people's sites."""

from collections.abc import Iterable

from django.template.loader import render_to_string
from django.utils import translation

from . import addresses, provenance
from .body import Body
from .models import Edition
from .provenance import Provenance

# Stands for the body while what goes round it is written; no text has it (see security.py).
_BODY = "\x00"


def whole(edition: Edition, body: Body, made: Provenance, live: Iterable[Edition]) -> str:
    """Correction, byline, date line, text and how it was made, in the edition's language, links absolute.

    Args:
        body: the edition's HTML taken apart.
        live: all live editions of its article.
    """
    context = {
        "correction": edition.correction,
        "byline": body.byline,
        "dateline": body.dateline,
        "body_html": _BODY,
        **provenance.printed(edition, made, live),
    }
    with translation.override(edition.locale):
        frame = render_to_string("site/_whole.html", context)
    # On one line: WordPress makes a <br> of each line break. The body comes after, for its <pre>.
    return addresses.absolute_links(" ".join(frame.split()).replace(_BODY, body.html))
