"""What is exchanged: a translation as plain data, the same for every format."""

import hashlib
from dataclasses import dataclass, field

from workflow.articles.codes import Code
from workflow.messages import gettext_noop

EMPTY, DRAFT, EDITED, CONFIRMED = "empty", "draft", "edited", "confirmed"
STATES = (EMPTY, DRAFT, EDITED, CONFIRMED)

MAX_BYTES = 5 * 1024 * 1024
MAX_UNITS = 20_000


class Refused(Exception):
    """A file cannot be imported. `reason` is an English message with %(name)s places for `params`."""

    def __init__(self, reason: str, **params: object) -> None:
        super().__init__(reason, params)
        self.reason, self.params = reason, params

    def __str__(self) -> str:
        return self.reason % self.params


def digest(text: str) -> str:
    """SHA-256 of a text, in hex: what source and target hashes are."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class ExchangeUnit:
    """One unit: source and target in text form, state (see STATES), and what a translator should know.

    `version` is the unit's version token and `target_hash` the digest of its target, both as exported;
    they come back with the file and tell whether the file or the desk has changed a text since.
    `previous_source` is what the target was made for, if the source has changed. `codes` are written for
    people to see and not read back.
    """

    key: str
    source: str
    target: str = ""
    state: str = EMPTY
    previous_source: str | None = None
    notes: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    order: int = 0
    version: int = 0
    target_hash: str = ""
    codes: tuple[Code, ...] = field(default=(), compare=False)

    @property
    def source_hash(self) -> str:
        return digest(self.source)


@dataclass(frozen=True)
class ExchangeFile:
    """A translation in one locale (BCP 47), bound to the source revision it translates.

    `revision` is the number of the source revision; `version` a token of the whole translation, if any.
    `final` says that the text is approved and released.
    """

    locale: str
    article_id: int
    title: str
    revision: int
    translation_id: int
    version: int
    units: tuple[ExchangeUnit, ...]
    final: bool = False


def checked(data: bytes) -> bytes:
    """The bytes of an imported file, if their number is within bounds.

    Raises:
        Refused: empty or too large.
    """
    if not data.strip():
        raise Refused(gettext_noop("The file is empty."))
    if len(data) > MAX_BYTES:
        raise Refused(
            gettext_noop("The file is too large: at most %(limit)d MB are imported."),
            limit=MAX_BYTES // 1024 // 1024,
        )
    return data


NOT_OURS = gettext_noop("The file was not exported from this desk: it does not say which translation it is.")
TOO_MANY = gettext_noop("The file has more than %(limit)d units.")
TWICE = gettext_noop("The unit “%(key)s” is in the file twice.")


def whole_number(value: str | None) -> int:
    """A number that identifies the translation.

    Raises:
        Refused: it is missing or no number.
    """
    if value is None or not value.isascii() or not value.isdigit() or len(value) > 18:
        raise Refused(NOT_OURS)
    return int(value)


def distinct(units: list[ExchangeUnit]) -> tuple[ExchangeUnit, ...]:
    """The units, if there are not too many and no key is there twice.

    Raises:
        Refused: otherwise.
    """
    if len(units) > MAX_UNITS:
        raise Refused(TOO_MANY, limit=MAX_UNITS)
    seen: set[str] = set()
    for unit in units:
        if unit.key in seen:
            raise Refused(TWICE, key=unit.key)
        seen.add(unit.key)
    return tuple(units)
