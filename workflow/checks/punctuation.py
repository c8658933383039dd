"""Punctuation of each locale: French spaces and quotation marks, Arabic marks, doubled and lost ones."""

import re

from languages.addresses import blanked
from languages.punctuation import ARABIC_MARKS, FRENCH_SPACES, NBSP, NNBSP
from workflow.messages import gettext_noop

from .findings import Finding

FRENCH_SPACE = gettext_noop("French puts a non-breaking space before “%(mark)s”.")
FRENCH_OPENING = gettext_noop("French puts a non-breaking space after “«”.")
FRENCH_QUOTES = gettext_noop("French quotation marks are « and ».")
LATIN_MARK = gettext_noop("Arabic uses “%(expected)s” instead of “%(mark)s”.")
SPACE_BEFORE = gettext_noop("There is a space before “%(mark)s”.")
DOUBLED_SPACE = gettext_noop("There are two spaces in a row.")
DOUBLED_MARK = gettext_noop("The mark “%(mark)s” stands twice.")
END = gettext_noop("The source ends with “%(expected)s”, the translation with “%(found)s”.")
END_MISSING = gettext_noop("The source ends with “%(expected)s”, the translation without a mark.")

_FRENCH_BEFORE = re.compile(
    r"(?<=[^\s\u00a0\u202f?!;:«(\d])()([;:!?»])|(?<=[^\s])( )([;:!?»%])|(?<=\d)()([;!?»])"
)
_FRENCH_AFTER = re.compile(r"«(?! ?[\u00a0\u202f])(?=\S)|« (?![\u00a0\u202f])")
_STRAIGHT = re.compile(r"[\"“”„]")
_LATIN_IN_ARABIC = re.compile(r"(?<=[\u0600-\u06ff\s\"»)])([,;?])(?=$|[\s\u0600-\u06ff\"«»)])")
_SPACE_BEFORE_ARABIC = re.compile(r"(?<=\S) +([،؛؟.!:])(?=\s|$)")
_SPACE_BEFORE_LATIN = re.compile(r"(?<=[^\s\u00a0\u202f«]) +([,.])(?=\s|$)")
_DOUBLED = re.compile(r"([,;:،؛])\1|(?<!\.)\.\.(?!\.)|([,;:،؛])[ \u00a0\u202f]?[,;،؛]")
_ENDS = {".": ".", "?": "?؟", "!": "!", ":": ":", ";": ";؛", "…": "…"}
_MARKS = ".?!:;…؟؛"
_CLOSERS = "\"'”’»)]} \u00a0\u202f\t\n"


def check(source: str, target: str, locale: str) -> list[Finding]:
    """Checks the punctuation of a plain target text in `locale`."""
    text = blanked(target)
    language = locale.split("-")[0]
    found = _doubled(text)
    if language == "fr":
        found += _french(text, canadian=locale == "fr-CA")
    elif language == "ar":
        found += _arabic(text)
    return found + _ending(source, target, language)


def _french(text: str, *, canadian: bool) -> list[Finding]:
    found = []
    for match in _FRENCH_BEFORE.finditer(text):
        mark = match[2] or match[4] or match[6]
        if canadian and mark in ";!?":
            continue
        if mark == ":" and re.match(r"//|\d", text[match.end() :]):
            continue
        found.append(
            Finding(
                "french_space", "warning", FRENCH_SPACE, {"mark": mark}, target_span=match.span(),
                suggestion=FRENCH_SPACES[mark] + mark,
            )
        )  # fmt: skip
    for match in _FRENCH_AFTER.finditer(text):
        found.append(
            Finding(
                "french_space", "warning", FRENCH_OPENING, target_span=match.span(), suggestion="«" + NBSP
            )
        )
    if quotes := _STRAIGHT.search(text):
        before = text[: quotes.start()][-1:]
        opens = quotes[0] in "“„" or (quotes[0] == '"' and (not before or before in "([ \u00a0\u202f"))
        found.append(
            Finding("french_quotes", "warning", FRENCH_QUOTES, target_span=quotes.span(),
                    suggestion="«" + NBSP if opens else NBSP + "»")
        )  # fmt: skip
    if spaced := _SPACE_BEFORE_LATIN.search(text):
        found.append(
            Finding("space_before", "warning", SPACE_BEFORE, {"mark": spaced[1]}, target_span=spaced.span(),
                    suggestion=spaced[1])
        )  # fmt: skip
    return found


def _arabic(text: str) -> list[Finding]:
    found = [
        Finding(
            "latin_mark", "warning", LATIN_MARK,
            {"mark": match[1], "expected": ARABIC_MARKS[match[1]]},
            target_span=match.span(1), suggestion=ARABIC_MARKS[match[1]],
        )
        for match in _LATIN_IN_ARABIC.finditer(text)
    ]  # fmt: skip
    if spaced := _SPACE_BEFORE_ARABIC.search(text):
        found.append(
            Finding("space_before", "warning", SPACE_BEFORE, {"mark": spaced[1]}, target_span=spaced.span(),
                    suggestion=spaced[1])
        )  # fmt: skip
    return found


def _doubled(text: str) -> list[Finding]:
    found = []
    if match := re.search(r"(?<=\S)  +(?=\S)", text):
        found.append(
            Finding("doubled_space", "warning", DOUBLED_SPACE, target_span=match.span(), suggestion=" ")
        )
    if match := _DOUBLED.search(text):
        found.append(
            Finding(
                "doubled_mark",
                "warning",
                DOUBLED_MARK,
                {"mark": match[0]},
                target_span=match.span(),
                suggestion=match[0][0],
            )
        )
    return found


def _ending(source: str, target: str, language: str) -> list[Finding]:
    """A question stays a question; a sentence keeps a mark at its end."""
    wanted = source.rstrip(_CLOSERS)[-1:]
    if wanted not in _ENDS or not wanted:
        return []
    stripped = target.rstrip(_CLOSERS)
    last = stripped[-1:]
    tail = target[len(target.rstrip(_CLOSERS + _MARKS)) :]
    if any(mark in tail for mark in _ENDS[wanted]):
        return []
    span = (max(len(stripped) - 1, 0), len(stripped))
    expected = {"?": "؟", ";": "؛"}.get(wanted, wanted) if language == "ar" else wanted
    mark = expected
    if language == "fr" and target[span[0] - 1 : span[0]] not in (NBSP, NNBSP):
        mark = FRENCH_SPACES.get(expected, "") + expected
    if last in _MARKS and last:
        # Only a question that stops being one, or becomes one, is worth a word.
        if "?" in _ENDS[wanted] or last in "?؟":
            return [
                Finding("end_mark", "warning", END, {"expected": expected, "found": last},
                        target_span=span, suggestion=mark)
            ]  # fmt: skip
        return []
    # Abbreviations end headlines ("Mali and Niger Inc."): only a text of several words has a sentence's end.
    if wanted in ":;" or len(source.split()) < 5:
        return []
    return [
        Finding("end_mark", "warning", END_MISSING, {"expected": expected}, target_span=span,
                suggestion=last + mark)
    ]  # fmt: skip
