"""A random Marian model small enough for tests, and a store of random sentences for it."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch")

SOURCE, TARGET, WIDTH = 60, 50, 16


@pytest.fixture
def config() -> dict:
    return {
        "vocab_size": SOURCE,
        "decoder_vocab_size": TARGET,
        "d_model": WIDTH,
        "encoder_layers": 2,
        "decoder_layers": 2,
        "encoder_attention_heads": 2,
        "decoder_attention_heads": 2,
        "encoder_ffn_dim": 24,
        "decoder_ffn_dim": 24,
        "share_encoder_decoder_embeddings": False,
        "tie_word_embeddings": True,
        "scale_embedding": True,
        "activation_function": "relu",
        "static_position_embeddings": True,
        "pad_token_id": 2,
        "eos_token_id": 0,
        "bos_token_id": 0,
        "decoder_start_token_id": 2,
        "forced_eos_token_id": 0,
        "max_position_embeddings": 512,
        "dropout": 0.1,
    }


@pytest.fixture
def store():  # type: ignore[no-untyped-def]
    from training.prepare import Store

    rng = np.random.default_rng(3)
    src_len, tgt_len = rng.integers(2, 14, 90), rng.integers(2, 14, 90)

    def pieces(lengths, size):  # type: ignore[no-untyped-def]
        flat = rng.integers(3, size, lengths.sum()).astype(np.uint16)
        flat[np.cumsum(lengths) - 1] = 0
        return flat, np.concatenate([[0], np.cumsum(lengths)])

    src, src_at = pieces(src_len, SOURCE)
    tgt, tgt_at = pieces(tgt_len, TARGET)
    tag = np.repeat([0, 1, 2], 30).astype(np.uint8)
    return Store(src, src_at, tgt, tgt_at, tag, ["news", "grammar", "open"])
