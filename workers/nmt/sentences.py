"""Sentences of a paragraph, each with its place in it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """text == whole[start:end]; no white space at either end, never empty."""

    text: str
    start: int
    end: int


def split(text: str, locale: str = "en") -> list[Piece]:
    """The sentences of `text` in order; what lies between them is white space only."""
    import sentencex

    pieces = []
    at = 0
    for sentence in sentencex.segment(locale, text):
        start = text.index(sentence, at)
        at = start + len(sentence)
        stripped = sentence.strip()
        if stripped:
            offset = start + sentence.index(stripped)
            pieces.append(Piece(stripped, offset, offset + len(stripped)))
    return pieces
