"""Text to pieces and back, for the model families we run: Marian, M2M100 and NLLB.

`transformers` is imported when a tokeniser is loaded, never before: it takes about two seconds.
"""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from .engine import EngineError

# NLLB names a language by ISO 639-3 and script; the newsroom names it by BCP 47.
NLLB_CODES = {"en": "eng_Latn", "fr": "fra_Latn", "ar": "arb_Arab", "es": "spa_Latn", "pt": "por_Latn"}


# Marian models are trained on text whose quotation marks were made straight (Moses' normaliser); a curly
# one is a rare or unknown piece to them. One character for one, so that offsets stay.
_STRAIGHT = str.maketrans("“”„‟’‘‛\u00a0\u202f", '""""\'\'\'  ')
_NLLB_TOKEN = re.compile(r"[a-z]{3}_[A-Z][a-z]{3}")


class Tokeniser(Protocol):
    """Cuts sources into pieces with the special tokens the model expects, and joins target pieces."""

    def encode(self, sentence: str, source: str, target: str) -> list[str]:
        """The source pieces, ready for the model."""

    def prefix(self, beginning: str, target: str) -> list[str]:
        """The target pieces a draft starts with: a language token if the model wants one, then the text."""

    def decode(self, pieces: Sequence[str]) -> tuple[list[str], str]:
        """Target pieces as the model gave them; returns those that are text, and the text."""

    def specials(self) -> frozenset[str]:
        """Pieces that stand for no text."""

    def normal(self, sentence: str) -> str:
        """The sentence as it is cut: of the same length, character for character."""

    def source_ids(self, pieces: Sequence[str]) -> list[int]:
        """Numbers of source pieces; an unknown piece has the number of `<unk>`."""

    def target_ids(self, pieces: Sequence[str]) -> list[int]:
        """Numbers of target pieces."""

    def target_pieces(self, ids: Sequence[int]) -> list[str]:
        """The inverse of `target_ids`."""


class MarianPieces:
    """Marian/OPUS-MT: two SentencePiece models, one or two vocabularies, sometimes a `>>ara<<` token."""

    def __init__(self, folder: Path, prefix_token: str | None = None) -> None:
        from transformers.models.marian.tokenization_marian import MarianTokenizer

        self._tokeniser = MarianTokenizer.from_pretrained(folder, local_files_only=True)
        self._prefix = [prefix_token] if prefix_token else []
        self._end = str(self._tokeniser.eos_token)
        shared = not self._tokeniser.separate_vocabs
        self._target = self._tokeniser.encoder if shared else self._tokeniser.target_encoder
        if prefix_token and prefix_token not in self._tokeniser.encoder:
            raise EngineError(f"The model in {folder} does not know its language token {prefix_token}.")

    def encode(self, sentence: str, source: str, target: str) -> list[str]:
        text = self.normal(sentence)
        # Straight from SentencePiece: a text that happens to contain "</s>" must not end the sentence.
        return [*self._prefix, *self._tokeniser.spm_source.encode(text, out_type=str), self._end]

    def prefix(self, beginning: str, target: str) -> list[str]:
        return list(self._tokeniser.spm_target.encode(beginning, out_type=str)) if beginning else []

    def decode(self, pieces: Sequence[str]) -> tuple[list[str], str]:
        kept = [piece for piece in pieces if piece not in self.specials()]
        return kept, self._tokeniser.spm_target.decode(kept).strip()

    def specials(self) -> frozenset[str]:
        return frozenset({self._end, "<pad>", "<unk>", *self._prefix})

    def normal(self, sentence: str) -> str:
        return sentence.translate(_STRAIGHT)

    def source_ids(self, pieces: Sequence[str]) -> list[int]:
        return _numbers(self._tokeniser.encoder, pieces)

    def target_ids(self, pieces: Sequence[str]) -> list[int]:
        return _numbers(self._target, pieces)

    def target_pieces(self, ids: Sequence[int]) -> list[str]:
        return [self._tokeniser.decoder[number] for number in ids]


class MultilingualPieces:
    """M2M100 and NLLB: one tokeniser for all languages, a language token on either side."""

    def __init__(self, folder: Path, codes: dict[str, str] | None = None) -> None:
        from transformers.models.auto.tokenization_auto import AutoTokenizer

        self._tokeniser: Any = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        self._nllb = "nllb" in type(self._tokeniser).__name__.lower()
        self._codes = codes or {}
        # Language tokens are not among all_special_tokens in every version.
        languages = [*getattr(self._tokeniser, "lang_token_to_id", ()), *self._codes.values()]
        if self._nllb:
            languages += [token for token in self._tokeniser.get_vocab() if _NLLB_TOKEN.fullmatch(token)]
        self._specials = frozenset([*self._tokeniser.all_special_tokens, *languages])

    def _code(self, locale: str) -> str:
        language = locale.split("-")[0]
        if code := self._codes.get(locale) or self._codes.get(language):
            return code
        if not self._nllb:
            return language
        try:
            return NLLB_CODES[language]
        except KeyError:
            raise EngineError(
                f"No NLLB language code is known for “{locale}”: name it in model.json under “codes”."
            ) from None

    def encode(self, sentence: str, source: str, target: str) -> list[str]:
        self._tokeniser.src_lang = self._code(source)
        return list(self._tokeniser.convert_ids_to_tokens(self._tokeniser.encode(sentence)))

    def prefix(self, beginning: str, target: str) -> list[str]:
        code = self._code(target)
        token = code if self._nllb else self._tokeniser.get_lang_token(code)
        return [token, *(self._tokeniser.tokenize(beginning) if beginning else [])]

    def decode(self, pieces: Sequence[str]) -> tuple[list[str], str]:
        kept = [piece for piece in pieces if piece not in self.specials()]
        return kept, str(self._tokeniser.convert_tokens_to_string(kept)).strip()

    def specials(self) -> frozenset[str]:
        return self._specials

    def normal(self, sentence: str) -> str:
        return sentence

    def source_ids(self, pieces: Sequence[str]) -> list[int]:
        return list(self._tokeniser.convert_tokens_to_ids(list(pieces)))

    target_ids = source_ids

    def target_pieces(self, ids: Sequence[int]) -> list[str]:
        return list(self._tokeniser.convert_ids_to_tokens(list(ids)))


def _numbers(vocabulary: dict[str, int], pieces: Sequence[str]) -> list[int]:
    return [vocabulary.get(piece, vocabulary["<unk>"]) for piece in pieces]


def load(folder: Path, prefix_token: str | None = None, codes: dict[str, str] | None = None) -> Tokeniser:
    """The tokeniser whose files lie in `folder`; Marian's is known by its two SentencePiece models."""
    if not folder.is_dir():
        raise EngineError(f"There is no model in {folder}.")
    settings = folder / "tokenizer_config.json"
    kind = json.loads(settings.read_text("utf-8")).get("tokenizer_class", "") if settings.exists() else ""
    if kind == "MarianTokenizer" or (folder / "source.spm").exists():
        return MarianPieces(folder, prefix_token)
    return MultilingualPieces(folder, codes)
