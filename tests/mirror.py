"""An engine for tests of the queue: it respells its source letter by letter, so that every draft tells its source."""

import string
from collections.abc import Sequence

from workers.nmt.engine import Draft

LETTERS = string.ascii_letters
ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنه" * 2
FRENCH = LETTERS[13:26] + LETTERS[:13] + LETTERS[39:] + LETTERS[26:39]
SPELLING = {"ar": str.maketrans(LETTERS, ARABIC), "fr": str.maketrans(LETTERS, FRENCH)}


class Mirror:
    """Remembers what it is asked; `fail_on` makes it die on a sentence, as an engine does on a bad day.

    Its further drafts, `variants` at most, are less and less sure and begin a word later each.
    """

    longest = 10_000

    def __init__(self, fail_on: str = "", variants: int = 1) -> None:
        self.asked: list[str] = []
        self.fail_on, self.variants = fail_on, variants

    def length(self, sentence: str) -> int:
        return len(sentence.split())

    def translate(
        self, sentences: Sequence[str], source: str, target: str, hypotheses: int = 1, **options: object
    ) -> list[list[Draft]]:
        if self.fail_on and any(self.fail_on in sentence for sentence in sentences):
            raise RuntimeError("out of memory")
        self.asked.extend(sentences)
        count = min(hypotheses, self.variants)
        return [_turned(sentence.translate(SPELLING[target]), count) for sentence in sentences]


def _turned(text: str, count: int) -> list[Draft]:
    words = text.split()
    turned = [" ".join(words[by:] + words[:by]) for by in range(1, count)]
    return [Draft(other, -0.1 * rank) for rank, other in enumerate([text, *turned], start=1)]
