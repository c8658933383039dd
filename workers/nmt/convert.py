"""Makes a CTranslate2 model of a Hugging Face checkpoint: Marian, M2M100 or NLLB. Needs PyTorch.

CTranslate2's own Marian conversion takes the source's vocabulary for both sides and cuts the last row
(`<pad>`) off every table. For a model with two vocabularies both are wrong: here each side keeps its own, and
`<pad>` is kept out of drafts by its bias.
"""

import json
import shutil
from pathlib import Path
from typing import Any

from . import models_folder
from .models_folder import CARD, Model, ModelFolderError

QUANTIZATIONS = ("int8", "int8_float16", "float16", "float32")
# Copied beside the converted weights, so that ct2/ alone can run.
TOKENISER_FILES = (
    "source.spm", "target.spm", "vocab.json", "target_vocab.json", "tokenizer_config.json",
    "sentencepiece.bpe.model", "tokenizer.json", "special_tokens_map.json",
)  # fmt: skip
_NEVER = -1e9


def convert(folder: Path, *, quantization: str = "int8") -> Model:
    """Writes `folder`/ct2 from `folder`/hf, lets model.json name it, and records the checksums anew.

    Raises:
        ModelFolderError: PyTorch is missing, or the checkpoint is of another kind.
    """
    models_folder.read(folder)
    if quantization not in QUANTIZATIONS:
        raise ModelFolderError(f"“{quantization}” is none of {', '.join(QUANTIZATIONS)}.")
    arriving = folder / ".ct2"
    shutil.rmtree(arriving, ignore_errors=True)
    checkpoint(folder / "hf", arriving, quantization=quantization)
    shutil.rmtree(folder / "ct2", ignore_errors=True)
    arriving.rename(folder / "ct2")
    card = json.loads((folder / CARD).read_text("utf-8"))
    card["engine"] = "ctranslate2"
    (folder / CARD).write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", "utf-8")
    models_folder.write_checksums(folder)
    return models_folder.read(folder)


def checkpoint(source: Path, out: Path, *, quantization: str = "int8") -> None:
    """Converts the checkpoint in `source` into the new folder `out`, tokeniser files included."""
    try:
        import torch  # noqa: F401
    except ImportError:
        raise ModelFolderError(
            "Converting needs PyTorch: install the “torch” extra, or convert on another machine and copy."
        ) from None
    try:
        told = json.loads((source / "config.json").read_text("utf-8"))
    except FileNotFoundError:
        raise ModelFolderError(f"There is no checkpoint in {source} (config.json is missing).") from None
    if told.get("model_type") == "marian":
        spec = _marian(source, told)
    elif told.get("model_type") == "m2m_100":
        spec = _multilingual(source)
    else:
        raise ModelFolderError(
            f"{source} is a “{told.get('model_type')}” model; Marian, M2M100 and NLLB can be converted."
        )
    # All heads vote on what translates what; CTranslate2's default is to ask the first only.
    spec.decoder.alignment_heads = spec.decoder.alignment_heads.dtype.type(told["decoder_attention_heads"])
    spec.validate()
    spec.optimize(quantization=None if quantization == "float32" else quantization)
    out.mkdir(parents=True)
    spec.save(str(out))
    for name in TOKENISER_FILES:
        if (source / name).exists():
            shutil.copyfile(source / name, out / name)


def _marian(source: Path, told: dict[str, Any]) -> Any:
    from ctranslate2.converters.transformers import BartLoader, MarianMTLoader
    from transformers.models.marian.modeling_marian import MarianMTModel
    from transformers.models.marian.tokenization_marian import MarianTokenizer

    model = MarianMTModel.from_pretrained(source, local_files_only=True, dtype="float32")
    tokeniser = MarianTokenizer.from_pretrained(source, local_files_only=True)
    loader = MarianMTLoader()
    if told.get("share_encoder_decoder_embeddings", True):
        return loader(model, tokeniser)
    model.config.normalize_before = model.config.normalize_embedding = False
    spec = BartLoader.get_model_spec(loader, model)
    loader.set_config(spec.config, model, tokeniser)
    spec.config.bos_token = tokeniser.eos_token
    for register, numbers in (
        (spec.register_source_vocabulary, tokeniser.encoder),
        (spec.register_target_vocabulary, tokeniser.target_encoder),
    ):
        register(sorted(numbers, key=numbers.__getitem__))
    import numpy as np

    projection = spec.decoder.projection
    bias = np.zeros(projection.weight.shape[0], dtype=np.float32)
    if projection.has_bias():
        bias += np.asarray(projection.bias, dtype=np.float32)
    bias[tokeniser.target_encoder["<pad>"]] = _NEVER
    projection.bias = bias
    return spec


def _multilingual(source: Path) -> Any:
    from ctranslate2.converters.transformers import M2M100Loader
    from transformers.models.auto.tokenization_auto import AutoTokenizer
    from transformers.models.m2m_100.modeling_m2m_100 import M2M100ForConditionalGeneration

    class Loader(M2M100Loader):
        def get_vocabulary(self, model: Any, tokenizer: Any) -> list[str]:
            # Asked number by number: get_vocab() leaves out M2M100's language tokens.
            names = tokenizer.convert_ids_to_tokens(list(range(model.config.vocab_size)))
            seen: set[str] = set()
            tokens = []
            for number, name in enumerate(names):
                tokens.append(name if name and name not in seen else f"unused{number}")
                seen.add(tokens[-1])
            return tokens

    model = M2M100ForConditionalGeneration.from_pretrained(source, local_files_only=True, dtype="float32")
    return Loader()(model, AutoTokenizer.from_pretrained(source, local_files_only=True))
