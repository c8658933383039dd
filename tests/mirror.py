"""An engine for tests of the queue: it spells its source backwards, so that every draft tells its source."""

from collections.abc import Sequence

from workers.nmt.engine import Draft


class Mirror:
    """Counts what it is asked; `fail_on` makes it die on a sentence, as an engine does on a bad day."""

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
        return [[Draft(f"[{target}] {sentence}", -0.1)] for sentence in sentences]
