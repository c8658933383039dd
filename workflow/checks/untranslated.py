"""Untranslated text: the source copied whole or in part, the wrong script, machine output left as it was."""

import re

from languages.addresses import blanked
from languages.letters import ARABIC, LATIN
from workflow.messages import gettext_noop

from .findings import Finding

COPIED = gettext_noop("The translation is the source text.")
PARTLY_COPIED = gettext_noop("“%(words)s” was left in English.")
SCRIPT = gettext_noop("The translation is not written in Arabic letters.")
FOREIGN_SCRIPT = gettext_noop("There are letters of another script: “%(letters)s”.")
UNTOUCHED = gettext_noop(
    "This is the machine's draft, unchanged. Read it against the source before confirming."
)

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_OTHER = re.compile("[\u0370-\u05ff\u0900-\u109f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]+")
_RUN = 4


def check(source: str, target: str, locale: str) -> list[Finding]:
    """Looks for text that was not translated, in plain texts."""
    theirs, ours = blanked(source), blanked(target)
    found: list[Finding] = []
    if _same(theirs, ours):
        if _translatable(source):
            return [Finding("copied", "error", COPIED, target_span=(0, len(target)))]
        return found
    arabic = locale.startswith("ar")
    latin, in_arabic = len(LATIN.findall(ours)), len(ARABIC.findall(ours))
    if arabic and latin > 8 and latin > 2 * in_arabic and _translatable(source):
        return [Finding("wrong_script", "error", SCRIPT, target_span=(0, len(target)))]
    if not arabic and in_arabic > latin:
        letters = ARABIC.search(ours)
        found.append(_foreign("error", letters[0] if letters else "", letters.start() if letters else 0))
    elif not arabic and in_arabic and not ARABIC.search(theirs):
        letters = ARABIC.search(ours)
        assert letters is not None
        found.append(_foreign("warning", letters[0], letters.start()))
    if (other := _OTHER.search(ours)) and not _OTHER.search(theirs):
        found.append(_foreign("warning", other[0], other.start()))
    if run := _copied_run(theirs, ours):
        found.append(
            Finding(
                "partly_copied", "warning", PARTLY_COPIED, {"words": target[run[0] : run[1]]}, target_span=run
            )
        )
    return found


def untouched(target: str, draft: str | None) -> list[Finding]:
    """A warning while the target is still exactly what the machine wrote."""
    if draft and target.strip() and target.strip() == draft.strip():
        return [Finding("untouched", "warning", UNTOUCHED)]
    return []


def _foreign(severity: str, letters: str, at: int) -> Finding:
    return Finding(
        "foreign_script", "error" if severity == "error" else "warning", FOREIGN_SCRIPT, {"letters": letters},
        target_span=(at, at + len(letters)),
    )  # fmt: skip


def _same(source: str, target: str) -> bool:
    return bool(source.strip()) and " ".join(source.split()).casefold() == " ".join(target.split()).casefold()


def _translatable(source: str) -> bool:
    """Whether there is a word in it that has to change: names and acronyms alone may stay as they are."""
    words = _WORD.findall(blanked(source))
    return (
        sum(word.islower() and len(word) > 2 and word.strip("x") != "" for word in words) >= 1
        or len(words) > 5
    )


def _copied_run(source: str, target: str) -> tuple[int, int] | None:
    """The first run of four words, most of them in lower case, that the target has letter by letter."""
    words = [match[0] for match in _WORD.finditer(source)]
    runs = {
        tuple(words[at : at + _RUN])
        for at in range(len(words) - _RUN + 1)
        if sum(word.islower() for word in words[at : at + _RUN]) >= 3
    }
    if not runs:
        return None
    found = list(_WORD.finditer(target))
    for at in range(len(found) - _RUN + 1):
        piece = found[at : at + _RUN]
        if tuple(match[0] for match in piece) in runs and any(match[0].strip("x") for match in piece):
            return piece[0].start(), piece[-1].end()
    return None
