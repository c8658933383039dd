"""The interface every engine has: sentences in, scored and aligned hypotheses out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class EngineError(Exception):
    """An engine cannot do what is asked of it; the message says why in a newsroom's words."""


@dataclass(frozen=True)
class Link:
    """The model looked at source[source_start:source_end] when it wrote target[target_start:target_end].

    Offsets are characters of the sentence and of its draft; `weight` is the share of attention, 0 to 1.
    """

    source_start: int
    source_end: int
    target_start: int
    target_end: int
    weight: float = 1.0

    def shifted(self, source: int, target: int) -> "Link":
        """The same link within longer texts that the sentence and its draft begin at these offsets of."""
        return Link(
            self.source_start + source,
            self.source_end + source,
            self.target_start + target,
            self.target_end + target,
            self.weight,
        )


@dataclass(frozen=True)
class Draft:
    """One hypothesis for one sentence.

    `score` is the mean natural-log probability of a target piece (0 is certainty, always ≤ 0); engines
    that tell none give 0.0. `alignment` is empty where the engine tells none.
    """

    text: str
    score: float
    alignment: tuple[Link, ...] = ()


class Engine(Protocol):
    """What the pipeline asks of an engine. Locales are BCP 47 language codes ("en", "fr", "ar")."""

    def length(self, sentence: str) -> int:
        """The length of a sentence in the model's own tokens, to cap and to batch by."""

    @property
    def longest(self) -> int:
        """The most source tokens a sentence may have for the model to translate it well."""

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
        """Translates sentences, each on its own.

        Args:
            sentences: non-empty sentences; the result has the same length and order.
            hypotheses: how many drafts per sentence, best first; an engine may give fewer, never none.
            beam: beam size; 1 is greedy search.
            prefixes: per sentence, a beginning the draft must have ("" for none). An engine that cannot
                begin drafts so ignores it: look at what came back.
            unrepeated: keep the model from saying anything twice, for a second try after a loop; an engine
                that cannot ignores it.

        Raises:
            EngineError: the pair is not served, or the engine failed.
        """
