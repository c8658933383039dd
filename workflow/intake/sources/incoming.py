"""What every kind of source gives: one entry as it came in, cleaned enough to be kept."""

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from datetime import datetime

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class SourceFailed(Exception):
    """A source could not be read this time; the message says why, and trying later may help."""


@dataclass(frozen=True)
class Incoming:
    """One entry of a source.

    `external_id` is what the source calls it; `link` the address of its page; `html` its text as it came.
    `published` orders it; `changed` is what the source says of its last change, in whatever spelling.
    `summary_only` means that the text has to be fetched from the page.
    """

    external_id: str
    title: str
    html: str
    link: str = ""
    byline: str = ""
    published: datetime | None = None
    changed: str = ""
    summary_only: bool = False

    def content_hash(self) -> str:
        """Changes when there is something new to read: for a summary, also when the page was changed."""
        said = asdict(self)
        del said["published"]
        if not self.summary_only:
            del said["changed"]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def storable(text: object, limit: int | None = None) -> str:
    """The text without what no text needs and databases or readers refuse: control characters, halves of
    surrogate pairs; cut at `limit` characters."""
    clean = _CONTROL.sub("", str(text or "")).encode("utf-8", "replace").decode()
    return clean if limit is None else clean[:limit]


def short_id(external_id: str) -> str:
    """An id of at most 200 characters that is as unique as the one given."""
    clean = storable(external_id)
    if len(clean) <= 200:
        return clean
    return clean[:130] + " " + hashlib.sha256(clean.encode()).hexdigest()
