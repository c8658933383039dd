"""Where a model's pieces lie in the text they were cut from, or put together to."""

from collections.abc import Sequence

SPACE = "▁"
# A piece is looked for only this far ahead, so that one that was normalised away ("…" becomes "...")
# cannot pull the rest of the sentence out of place.
WINDOW = 24


def spans(pieces: Sequence[str], text: str) -> list[tuple[int, int]]:
    """Character span of each piece in `text`, in order; an unfindable piece gets an empty span.

    Works for every SentencePiece tokeniser, whatever it normalises: pieces are found one after the other,
    and after one that differs from the text the next one finds its place again.
    """
    found = []
    at = 0
    for piece in pieces:
        surface = piece.replace(SPACE, " ").strip(" ")
        start = text.find(surface, at, at + WINDOW + len(surface)) if surface else -1
        if start < 0:
            found.append((at, at))
        else:
            at = start + len(surface)
            found.append((start, at))
    return found
