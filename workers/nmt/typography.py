"""The target language's marks of punctuation, where the model left the source's; nothing that is a word.

French (Imprimerie nationale): a no-break space before : % » and after «, a narrow one before ; ! ?, guillemets for
straight pairs.
Arabic: ، ؛ ؟ after an Arabic letter. The digits are those the newsroom wants. Applied twice it changes nothing
more.
"""

import re

from languages.digits import Digits, breaches
from languages.punctuation import ARABIC_MARKS, FRENCH_SPACES, NBSP, NNBSP

from .edits import Edited

_BLANK = "[ \u00a0\u202f]"
# Arabic letters, signs and digits; the marks ، ؛ ؟ come before them.
_AR = "\u0620-\u06ff"
# The marks that end a sentence or a clause; » and % have rules of their own.
_FRENCH_MARKS = "".join(mark for mark in FRENCH_SPACES if mark not in "»%")


def _before_marks(space: str) -> tuple[re.Pattern[str], str]:
    """The rule for the marks with this space before them, whatever marks follow the first ("?!")."""
    own = "".join(mark for mark in _FRENCH_MARKS if FRENCH_SPACES[mark] == space)
    # Not in an address or a time ("https://", "10:30"): white space or the end must follow.
    return re.compile(rf"(?<=[\w)»\]%]){_BLANK}?(?=[{own}][{_FRENCH_MARKS}]*(?:\s|$|»))"), space


# Each pattern matches exactly what is replaced, so that offsets outside it can be carried over.
_FRENCH = [
    (re.compile(r"[“\"](?=[^“”\"«»]+[”\"])(?<![\w»][“\"])"), "«"),
    (re.compile(r"(?<=[^\s«])[”\"](?![\w«])"), "»"),
    (re.compile(rf"(?<=«){_BLANK}*(?=\S)"), NBSP),
    (re.compile(rf"(?<=[^\s«]){_BLANK}*(?=»)"), FRENCH_SPACES["»"]),
    _before_marks(NBSP),
    _before_marks(NNBSP),
    (re.compile(rf"(?<=\d){_BLANK}?(?=%)"), FRENCH_SPACES["%"]),
]
_ARABIC = [
    (re.compile(rf"(?<=[{_AR}\"»)]) ?{re.escape(mark)}(?=\s|$|\")"), arabic)
    for mark, arabic in ARABIC_MARKS.items()
]
_RULES = {"fr": _FRENCH, "ar": _ARABIC}


def tidied(text: str, locale: str, *, digits: Digits | None = None, source: str = "") -> Edited:
    """The text with its language's punctuation, and with the wanted `digits`, which may depend on its source."""
    edited = Edited(text)
    if digits:
        edited.replace([(b.start, b.end, b.wanted) for b in breaches(text, digits, source)])
    # Unpaired quotation marks are left for a person to see.
    paired = text.count('"') % 2 == 0 and text.count("“") == text.count("”")
    for pattern, new in _RULES.get(locale.split("-")[0], []):
        if paired or new not in "«»":
            found = pattern.finditer(edited.text)
            edited.replace([(*match.span(), new) for match in found if match.group() != new])
    return edited
