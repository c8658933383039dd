"""How one sentence gets a draft that can be trusted: a ladder of attempts, climbed only as far as needed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp

from .batching import batches, once_each
from .engine import Draft, Engine, Link
from .tagged import Note

Choose = Callable[[str, Sequence[str], str], int]


@dataclass(frozen=True)
class Outcome:
    """What became of a sentence: its draft with links and remarks, or None and the reason."""

    text: str | None
    score: float = 0.0
    links: tuple[Link, ...] = ()
    notes: tuple[Note, ...] = ()
    reason: str | None = None


class Ladder:
    """Translates sentences with one engine into one locale; see `drafting.draft` for the arguments."""

    def __init__(
        self,
        engine: Engine,
        *,
        source: str,
        target: str,
        hypotheses: int = 4,
        beam: int = 4,
        choose: Choose | None = None,
        protected: Callable[[str], Sequence[tuple[int, int]]] | None = None,
        heartbeat: Callable[[], object] | None = None,
    ) -> None:
        self.engine, self.source, self.target = engine, source, target
        self.hypotheses, self.beam = hypotheses, beam
        self.choose, self.protected, self.heartbeat = choose, protected, heartbeat

    def climb(self, sentences: Sequence[str]) -> list[Outcome]:
        """An outcome for each sentence, in order."""
        return once_each(list(sentences), self._climb)

    def _climb(self, sentences: list[str]) -> list[Outcome]:
        outcomes = []
        for sentence, drafts in zip(sentences, self._translate(sentences), strict=True):
            index = self.choose(sentence, [d.text for d in drafts], self.target) if self.choose else 0
            chosen = drafts[index]
            outcomes.append(Outcome(chosen.text, exp(chosen.score), chosen.alignment))
        return outcomes

    def _translate(self, sentences: Sequence[str]) -> list[list[Draft]]:
        results: dict[int, list[Draft]] = {}
        for batch in batches([self.engine.length(sentence) for sentence in sentences]):
            drafts = self.engine.translate(
                [sentences[index] for index in batch],
                self.source,
                self.target,
                self.hypotheses,
                beam=self.beam,
            )
            results |= zip(batch, drafts, strict=True)
            if self.heartbeat:
                self.heartbeat()
        return [results[index] for index in range(len(sentences))]
