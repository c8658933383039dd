"""Why a document is refused, in words for the person who handed it in; and the bounds documents must keep."""

from workflow.messages import gettext_noop

# A file with its pictures, and the text alone.
MAX_BYTES = 20 * 1024 * 1024
MAX_TEXT_BYTES = 5 * 1024 * 1024
MAX_BLOCKS = 5_000
MAX_DEPTH = 100


TOO_DEEP = gettext_noop("The text is nested more than %(limit)d levels deep; that is no article.")
TOO_MANY_BLOCKS = gettext_noop(
    "The text is too long for one article: at most %(limit)d paragraphs are taken."
)


class Refused(Exception):
    """A document cannot be taken in. `reason` is an English message with %(name)s places for `params`."""

    def __init__(self, name: str, reason: str, **params: object) -> None:
        super().__init__(name, reason, params)
        self.name, self.reason, self.params = name, reason, params

    def __str__(self) -> str:
        return f"{self.name}: {self.reason % self.params}"


def refuse_size(name: str, size: int, max_bytes: int = MAX_BYTES) -> None:
    """Refuses a file by its size in bytes alone, before anybody reads it.

    Raises:
        Refused: the file is empty or larger than `max_bytes`.
    """
    if size == 0:
        raise Refused(name, gettext_noop("The file is empty."))
    if size > max_bytes:
        raise Refused(
            name,
            gettext_noop("The file is too large: %(size)s MB, and at most %(limit)s MB are taken."),
            size=f"{size / 1024 / 1024:.1f}",
            limit=f"{max_bytes / 1024 / 1024:g}",
        )
