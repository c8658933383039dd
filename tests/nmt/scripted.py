"""An engine that says what a test wants: the drafts of each sentence by rote, aligned word by word."""

import re
from collections.abc import Callable, Sequence

from workers.nmt.engine import Draft, Link


def aligned(source: str, text: str) -> tuple[Link, ...]:
    """Links the n-th word of one with the n-th word of the other."""
    pairs = zip(re.finditer(r"\S+", source), re.finditer(r"\S+", text), strict=False)
    return tuple(Link(*here.span(), *there.span()) for here, there in pairs)


class Scripted:
    """`say` gives the drafts of a sentence, best first; every request is kept in `asked`."""

    longest = 60

    def __init__(self, say: Callable[[str, str, bool], Sequence[str]]) -> None:
        self.say = say
        self.asked: list[list[str]] = []

    def length(self, sentence: str) -> int:
        return len(sentence.split()) + 1

    def translate(
        self,
        sentences: Sequence[str],
        source: str,
        target: str,
        hypotheses: int = 1,
        *,
        beam: int = 4,
        prefixes: Sequence[str] | None = None,
        unrepeated: bool = False,
    ) -> list[list[Draft]]:
        self.asked.append(list(sentences))
        starts = prefixes or [""] * len(sentences)
        return [
            [Draft(text, -0.5, aligned(sentence, text)) for text in self.say(sentence, start, unrepeated)]
            for sentence, start in zip(sentences, starts, strict=True)
        ]
