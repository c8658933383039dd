"""BLEU and chrF of the compact models on held-out releases, both languages: ``python -m training.evaluate``.

Needs ctranslate2, sentencepiece and sacrebleu only. Every ``*.jsonl`` file of the folder is read.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import ctranslate2
from sacrebleu.metrics import BLEU, CHRF
from sentencepiece import SentencePieceProcessor

from training.corpus import read_jsonl

HERE = Path(__file__).parent


def translate(folder: Path, sentences: list[str], beam: int = 4, threads: int = 1) -> list[str]:
    """Translate sentences with a CTranslate2 folder that holds ``source.spm`` and ``target.spm``."""
    source = SentencePieceProcessor(model_file=str(folder / "source.spm"))
    target = SentencePieceProcessor(model_file=str(folder / "target.spm"))
    translator = ctranslate2.Translator(str(folder), compute_type="int8", intra_threads=threads)
    tokens = [[*row, "</s>"] for row in source.encode(sentences, out_type=str)]
    results = translator.translate_batch(
        tokens, beam_size=beam, max_batch_size=2048, batch_type="tokens", max_decoding_length=256
    )
    return [target.decode(result.hypotheses[0]) for result in results]


def score(
    folder: Path, heldout: Path, target: str, beam: int = 4, threads: int = 1
) -> dict[str, str | float]:
    """BLEU and chrF of a CTranslate2 folder, with their signatures."""
    rows = list(read_jsonl(heldout, target, "heldout"))
    hypotheses = translate(folder, [row[1] for row in rows], beam, threads)
    references = [[row[2] for row in rows]]
    bleu, chrf = BLEU(), CHRF()
    result = {
        "bleu": bleu.corpus_score(hypotheses, references).score,
        "chrf": chrf.corpus_score(hypotheses, references).score,
    }
    return {
        **result,
        "sentences": len(rows),
        "bleu_signature": str(bleu.get_signature()),
        "chrf_signature": str(chrf.get_signature()),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--heldout", type=Path, default=HERE / "heldout")
    parser.add_argument("--models", type=Path, default=HERE.parent / "models", help="holds <pair>/ct2")
    parser.add_argument("--pair", action="append", help="default: en-fr and en-ar")
    parser.add_argument("--beam", type=int, default=4)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    for pair in args.pair or ["en-fr", "en-ar"]:
        got = score(args.models / pair / "ct2", args.heldout, pair.split("-")[1], args.beam, args.threads)
        print(
            f"{pair}  BLEU {got['bleu']:.1f}  chrF {got['chrf']:.1f}  ({got['sentences']} sentences, "
            f"beam {args.beam}, int8)"
        )
        print(f"       BLEU {got['bleu_signature']}\n       chrF {got['chrf_signature']}")


if __name__ == "__main__":
    main()
