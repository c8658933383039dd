"""Cuts a sentence in two at its best clause boundary, and makes a piece's draft fit into the whole."""

import re

from .sentences import Piece

# Boundaries by strength; each pattern matches the white space to cut at.
_BOUNDARIES = [
    re.compile(r"(?<=;)\s+"),
    re.compile(r"(?<=:)\s+|\s+(?=[–—]\s)"),
    re.compile(
        r"(?<=,)\s+(?=(?:and|but|or|which|who|whose|whom|where|when|while|during|following|including|noting|"
        r"as well as|in addition|along with|in order to|so that|because|although|after|before|with|to)\b)"
    ),
    re.compile(r"(?<=,)\s+"),
    re.compile(r"\s+(?=(?:and|but|or|which|who|that|where|while|during|in order to|following)\b)"),
    re.compile(r"\s+(?=(?:in|on|at|for|with|of|to|from|by)\b)"),
]
# A piece of fewer words than this is no clause: the model would invent the rest.
FEWEST_WORDS = 3


def halve(sentence: str) -> tuple[Piece, Piece] | None:
    """The two parts of a sentence, cut at the strongest boundary, the one nearest to its middle.

    Never within brackets. None when no cut leaves both parts long enough. Between the parts lies white
    space only.
    """
    for boundary in _BOUNDARIES:
        cuts = [
            match.span()
            for match in boundary.finditer(sentence)
            if not _inside_brackets(sentence, match.start())
            and _words(sentence[: match.start()]) >= FEWEST_WORDS
            and _words(sentence[match.end() :]) >= FEWEST_WORDS
        ]
        if cuts:
            start, end = min(cuts, key=lambda cut: abs(cut[0] + cut[1] - len(sentence)))
            return Piece(sentence[:start], 0, start), Piece(sentence[end:], end, len(sentence))
    return None


def _words(text: str) -> int:
    return len(re.findall(r"\w+", text))


def _inside_brackets(sentence: str, at: int) -> bool:
    before = sentence[:at]
    return before.count("(") > before.count(")") or before.count("[") > before.count("]")


def fitted(source_piece: str, draft: str, *, first: bool) -> str:
    """A piece's draft without the capital and the full stop that models give to everything.

    Never changes its length but at the end.
    """
    if draft.endswith((".", "…")) and not source_piece.rstrip('"”’»)').endswith((".", "…")):
        draft = draft.rstrip(".…").rstrip()
    starts_low = source_piece[:1].islower() or not source_piece[:1].isalpha()
    if not first and starts_low and draft[:1].isupper() and not draft[1:2].isupper():
        draft = draft[:1].lower() + draft[1:]
    return draft
