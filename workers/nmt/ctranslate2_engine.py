"""The default engine: CTranslate2, int8 on the processor, float16 on a graphics card."""

import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from . import tokenisation
from .engine import Draft, EngineError, Link
from .pieces import spans

# Links weaker than this share of attention say nothing about what translates what.
WEAKEST_LINK = 0.08
# A draft longer than this multiple of its source (plus a little) is a loop: do not wait for its end.
LONGEST_RATIO, LONGEST_EXTRA = 2, 24
# How a second try after a loop is decoded.
UNREPEATED = {"repetition_penalty": 1.3, "no_repeat_ngram_size": 3}
# Padded source tokens one thread translates at a time; half of what the pipeline hands over (`batching`).
BATCH_TOKENS = 1024


class CTranslate2Engine:
    """A converted Marian, M2M100 or NLLB model in `folder` (model, vocabularies and tokeniser files).

    Args:
        folder: where CTranslate2's converter wrote; see `convert`.
        threads: batches translated at a time, one processor thread each; default: the cores this process
            may use. (Two threads on one batch of a small model wait for each other: on a machine busy with
            other things that was a quarter of the speed of one.)
        compute: CTranslate2 compute type; default: float16 on a graphics card, else int8.
        repetition_penalty, no_repeat_ngram: decoding options for models that loop; 1 and 0 are off.
    """

    longest = 128

    def __init__(
        self,
        folder: Path,
        *,
        prefix_token: str | None = None,
        codes: dict[str, str] | None = None,
        threads: int | None = None,
        device: str = "cpu",
        compute: str | None = None,
        repetition_penalty: float = 1.0,
        no_repeat_ngram: int = 0,
    ) -> None:
        import ctranslate2

        self._pieces = tokenisation.load(folder, prefix_token, codes)
        self._penalties = {"repetition_penalty": repetition_penalty, "no_repeat_ngram_size": no_repeat_ngram}
        try:
            self._translator: Any = ctranslate2.Translator(
                str(folder),
                device=device,
                compute_type=compute or ("float16" if device == "cuda" else "int8"),
                intra_threads=1,
                inter_threads=threads or len(os.sched_getaffinity(0)),
            )
        except (RuntimeError, ValueError) as error:
            raise EngineError(f"The model in {folder} cannot be loaded: {error}") from error
        self._encode = lru_cache(maxsize=4096)(self._pieces.encode)

    def length(self, sentence: str) -> int:
        return len(self._encode(sentence, "en", ""))

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
        if not sentences:
            return []
        sources = [self._encode(sentence, source, target) for sentence in sentences]
        starts = [self._pieces.prefix(start, target) for start in prefixes or [""] * len(sentences)]
        longest = max(map(len, sources))
        try:
            results = self._translator.translate_batch(
                sources,
                target_prefix=starts if any(starts) else None,
                beam_size=max(beam, hypotheses),
                num_hypotheses=hypotheses,
                max_batch_size=BATCH_TOKENS,
                batch_type="tokens",
                max_input_length=0,
                max_decoding_length=max(map(len, starts)) + LONGEST_RATIO * longest + LONGEST_EXTRA,
                return_scores=True,
                return_attention=True,
                **(UNREPEATED if unrepeated else self._penalties),
            )
        except (RuntimeError, ValueError) as error:
            raise EngineError(f"The translation engine failed: {error}") from error
        return [
            [
                self._draft(sentence, pieces, hypothesis, score, attention)
                for hypothesis, score, attention in zip(
                    result.hypotheses, result.scores, result.attention, strict=True
                )
            ]
            for sentence, pieces, result in zip(sentences, sources, results, strict=True)
        ]

    def _draft(
        self,
        sentence: str,
        source: Sequence[str],
        hypothesis: Sequence[str],
        score: float,
        attention: Sequence[Sequence[float]],
    ) -> Draft:
        pieces, text = self._pieces.decode(hypothesis)
        specials = self._pieces.specials()
        rows = [row for piece, row in zip(hypothesis, attention, strict=False) if piece not in specials]
        columns = [index for index, piece in enumerate(source) if piece not in specials]
        found = spans([source[index] for index in columns], self._pieces.normal(sentence))
        weights = [[row[index] for index in columns] for row in rows]
        return Draft(text, score, links(found, spans(pieces, text), weights))


def links(
    sources: Sequence[tuple[int, int]],
    targets: Sequence[tuple[int, int]],
    weights: Sequence[Sequence[float]],
) -> tuple[Link, ...]:
    """Every pair of pieces the attention ties more than weakly; the end of the sentence is left out."""
    return tuple(
        Link(*source, *target, round(float(weight), 3))
        for target, row in zip(targets, weights, strict=False)
        for source, weight in zip(sources, row, strict=True)
        if weight >= WEAKEST_LINK and target[0] < target[1] and source[0] < source[1]
    )
