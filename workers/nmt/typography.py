"""The target language's marks of punctuation, where the model left the source's; nothing that is a word.

French (Imprimerie nationale): a no-break space before : ; ? ! % » and after «, guillemets for straight pairs.
Arabic: ، ؛ ؟ after an Arabic letter. Applied twice it changes nothing more.
"""

import re

_NBSP = "\u00a0"
_BLANK = "[ \u00a0\u202f]"
_AR = "\u0600-\u06ff"
# Each pattern matches exactly what is replaced, so that offsets outside it can be carried over.
_FRENCH = [
    (re.compile(r"[“\"](?=[^“”\"«»]+[”\"])(?<![\w»][“\"])"), "«"),
    (re.compile(r"(?<=[^\s«])[”\"](?![\w«])"), "»"),
    (re.compile(rf"(?<=«){_BLANK}*(?=\S)"), _NBSP),
    (re.compile(rf"(?<=[^\s«]){_BLANK}*(?=»)"), _NBSP),
    # Not in an address or a time ("https://", "10:30"): white space or the end must follow.
    (re.compile(rf"(?<=[\w)»\]%]){_BLANK}?(?=[:;?!]+(?:\s|$|»))"), _NBSP),
    (re.compile(rf"(?<=\d){_BLANK}?(?=%)"), _NBSP),
]
_ARABIC = [
    (re.compile(rf"(?<=[{_AR}\"»)]) ?,(?=\s|$)"), "،"),
    (re.compile(rf"(?<=[{_AR}\"»)]) ?;(?=\s|$)"), "؛"),
    (re.compile(rf"(?<=[{_AR}\"»)]) ?\?(?=\s|$|\")"), "؟"),
]
_RULES = {"fr": _FRENCH, "ar": _ARABIC}


class Tidied:
    """A text with its language's punctuation; `moved` tells where an offset of the old text is in it."""

    def __init__(self, text: str, locale: str) -> None:
        self._edits: list[list[tuple[int, int, int]]] = []
        paired = text.count('"') % 2 == 0 and text.count("“") == text.count("”")
        for pattern, new in _RULES.get(locale.split("-")[0], []):
            # Unpaired quotation marks are left for a person to see.
            if new in "«»" and not paired:
                continue
            edits = [(*match.span(), len(new)) for match in pattern.finditer(text) if match.group() != new]
            if edits:
                text = pattern.sub(new, text)
                self._edits.append(edits)
        self.text = text

    def moved(self, at: int) -> int:
        """The new place of the character at offset `at` (or of the end)."""
        for edits in self._edits:
            shift = 0
            for start, end, length in edits:
                if at >= end:
                    shift += length - (end - start)
                elif at > start:
                    shift += start + min(at - start, length) - at
            at += shift
        return at
