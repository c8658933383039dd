"""HF Marian folder → CTranslate2.

``python -m training.convert --model models/en-fr/hf --out models/en-fr/ct2``

CTranslate2's own Marian converter expects one shared vocabulary with ``<pad>`` as its last entry, and cuts
the last row off the tables. Here source and target have a vocabulary each and ``<pad>`` stands at 2, so
nothing is cut and both vocabularies are registered by hand; ``<pad>`` is kept from being predicted by its bias.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

from ctranslate2.converters.transformers import BartLoader, MarianMTLoader
from transformers import MarianMTModel

TOKENIZER_FILES = ("source.spm", "target.spm", "vocab.json", "target_vocab.json", "tokenizer_config.json")


def vocabulary(path: Path) -> list[str]:
    """Pieces in the order of their numbers."""
    numbers: dict[str, int] = json.loads(path.read_text(encoding="utf-8"))
    return sorted(numbers, key=numbers.__getitem__)


def convert(model_folder: Path, out: Path, quantization: str | None = "int8") -> None:
    """Write the CTranslate2 folder ``out``, with the tokenizer's files beside the weights."""
    model = MarianMTModel.from_pretrained(model_folder, dtype="float32")
    model.config.normalize_before = False
    model.config.normalize_embedding = False
    loader = MarianMTLoader()
    spec = BartLoader.get_model_spec(loader, model)  # MarianMTLoader's would cut the tables
    spec.config.eos_token = spec.config.bos_token = spec.config.decoder_start_token = "</s>"
    spec.config.unk_token = "<unk>"
    spec.register_source_vocabulary(vocabulary(model_folder / "vocab.json"))
    spec.register_target_vocabulary(vocabulary(model_folder / "target_vocab.json"))
    spec.validate()
    spec.optimize(quantization=quantization)
    out.mkdir(parents=True, exist_ok=True)
    spec.save(str(out))
    for name in TOKENIZER_FILES:
        shutil.copyfile(model_folder / name, out / name)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--quantization", default="int8", help="int8, int8_float16, float16, float32 …")
    args = parser.parse_args()
    convert(args.model, args.out, None if args.quantization == "float32" else args.quantization)


if __name__ == "__main__":
    main()
