"""The reference engine: PyTorch and transformers, any Marian, M2M100 or NLLB checkpoint. Slow and plain."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from . import tokenisation
from .ctranslate2_engine import LONGEST_EXTRA, LONGEST_RATIO, UNREPEATED, links
from .engine import Draft, EngineError
from .pieces import spans


class TransformersEngine:
    """A Hugging Face checkpoint in `folder`, float32. See `CTranslate2Engine` for the arguments."""

    longest = 128

    def __init__(
        self, folder: Path, *, prefix_token: str | None = None, codes: dict[str, str] | None = None
    ) -> None:
        try:
            import torch
        except ImportError:
            raise EngineError(
                "This model runs on PyTorch, which is not installed: install the “torch” extra or convert it."
            ) from None
        from transformers.models.auto.modeling_auto import AutoModelForSeq2SeqLM

        self._torch = torch
        self._pieces = tokenisation.load(folder, prefix_token, codes)
        self._model: Any = AutoModelForSeq2SeqLM.from_pretrained(
            folder, local_files_only=True, dtype=torch.float32, attn_implementation="eager"
        ).eval()

    def length(self, sentence: str) -> int:
        return len(self._pieces.encode(sentence, "en", ""))

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
        starts = prefixes or [""] * len(sentences)
        sources = [self._pieces.encode(sentence, source, target) for sentence in sentences]
        options: dict[str, Any] = {
            "num_beams": max(beam, hypotheses),
            "num_return_sequences": hypotheses,
            "max_new_tokens": LONGEST_RATIO * max(map(len, sources), default=0) + LONGEST_EXTRA,
            "bad_words_ids": [[self._model.config.pad_token_id]],
            **(UNREPEATED if unrepeated else {}),
        }
        return [
            self._one(sentence, pieces, self._pieces.prefix(start, target), options)
            for sentence, pieces, start in zip(sentences, sources, starts, strict=True)
        ]

    def _one(
        self, sentence: str, pieces: Sequence[str], begun: Sequence[str], options: dict[str, Any]
    ) -> list[Draft]:
        torch = self._torch
        first = [self._model.config.decoder_start_token_id, *self._pieces.target_ids(begun)]
        inputs = torch.tensor([self._pieces.source_ids(pieces)])
        with torch.inference_mode():
            found = self._model.generate(
                inputs,
                attention_mask=torch.ones_like(inputs),
                decoder_input_ids=torch.tensor([first]),
                length_penalty=1.0,
                forced_bos_token_id=None,
                forced_eos_token_id=None,
                do_sample=False,
                **options,
            )
            return [self._draft(sentence, pieces, inputs, row) for row in found]

    def _draft(self, sentence: str, source: Sequence[str], inputs: Any, row: Any) -> Draft:
        """The draft with its score and attention, from one more pass over the finished text."""
        torch, config = self._torch, self._model.config
        ids = [config.decoder_start_token_id, *self._kept(row[1:].tolist())]
        out = self._model(
            input_ids=inputs, decoder_input_ids=torch.tensor([ids]), output_attentions=True, use_cache=False
        )
        chances = out.logits[0, :-1].log_softmax(-1)
        wanted = torch.tensor(ids[1:])
        score = float(chances.gather(1, wanted[:, None]).mean()) if len(wanted) else 0.0
        attention = out.cross_attentions[-1][0].mean(0)[:-1].tolist()
        tokens = self._pieces.target_pieces(ids[1:])
        pieces, text = self._pieces.decode(tokens)
        specials = self._pieces.specials()
        rows = [row for piece, row in zip(tokens, attention, strict=True) if piece not in specials]
        columns = [index for index, piece in enumerate(source) if piece not in specials]
        found = spans([source[index] for index in columns], self._pieces.normal(sentence))
        return Draft(text, score, links(found, spans(pieces, text), [[r[i] for i in columns] for r in rows]))

    def _kept(self, ids: list[int]) -> list[int]:
        """Up to and with the end of the sentence; padding after it falls away."""
        end = self._model.config.eos_token_id
        return ids[: ids.index(end) + 1] if end in ids else ids
