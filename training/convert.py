"""HF Marian folder → CTranslate2: ``python -m training.convert --model HF_FOLDER --out CT2_FOLDER``.

The conversion itself, with what two separate vocabularies ask for, is ``workers/nmt/convert.py``.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from workers.nmt.convert import QUANTIZATIONS, checkpoint


def convert(model: Path, out: Path, quantization: str = "int8") -> None:
    """Write the CTranslate2 folder ``out`` anew, with the tokenizer's files beside the weights."""
    shutil.rmtree(out, ignore_errors=True)
    checkpoint(model, out, quantization=quantization)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--quantization", choices=QUANTIZATIONS, default="int8")
    args = parser.parse_args()
    convert(args.model, args.out, args.quantization)


if __name__ == "__main__":
    main()
