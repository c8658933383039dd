"""A text under correction that remembers where everything went, so that word alignment survives."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from .engine import Link


class Edited:
    """`text` as it is now; `moved` tells where an offset of the first text is in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._layers: list[list[tuple[int, int, int]]] = []

    def replace(self, edits: Sequence[tuple[int, int, str]]) -> None:
        """Replaces text[start:end] by new text for each (start, end, new), in order, not overlapping."""
        text, at = "", 0
        for start, end, new in edits:
            text += self.text[at:start] + new
            at = end
        self.text = text + self.text[at:]
        self._layers.append([(start, end, len(new)) for start, end, new in edits])

    def moved(self, at: int) -> int:
        """The place now of the character that was at offset `at` (or of the end)."""
        for edits in self._layers:
            shift = 0
            for start, end, length in edits:
                if at >= end:
                    shift += length - (end - start)
                elif at > start:
                    shift += start + min(at - start, length) - at
            at += shift
        return at

    def links(self, links: Iterable[Link]) -> tuple[Link, ...]:
        """The links of the first text's draft, for the text as it is now."""
        return tuple(
            replace(link, target_start=self.moved(link.target_start), target_end=self.moved(link.target_end))
            for link in links
        )
