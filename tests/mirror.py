"""An engine for tests of the queue: it respells its source letter by letter, so that every draft tells its source."""

import string
from collections.abc import Sequence

from workers.nmt.engine import Draft

LETTERS = string.ascii_letters
ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنه" * 2
FRENCH = LETTERS[13:26] + LETTERS[:13] + LETTERS[39:] + LETTERS[26:39]
SPELLING = {"ar": str.maketrans(LETTERS, ARABIC), "fr": str.maketrans(LETTERS, FRENCH)}


class Mirror:
    """Remembers what it is asked; `fail_on` makes it die on a sentence, as an engine does on a bad day."""

    longest = 10_000

    def __init__(self, fail_on: str = "") -> None:
        self.asked: list[str] = []
        self.fail_on = fail_on

    def length(self, sentence: str) -> int:
        return len(sentence.split())

    def translate(
        self, sentences: Sequence[str], source: str, target: str, hypotheses: int = 1, **options: object
    ) -> list[list[Draft]]:
        if self.fail_on and any(self.fail_on in sentence for sentence in sentences):
            raise RuntimeError("out of memory")
        self.asked.extend(sentences)
        return [[Draft(sentence.translate(SPELLING[target]), -0.1)] for sentence in sentences]
