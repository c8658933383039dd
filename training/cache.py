"""The frozen encoder's outputs on disk, filled in as sentences are first met.

``encoder.bin`` holds one bf16 row of ``width`` numbers for each source piece of the store, in the store's
order; ``encoder.done`` a checksum for each sentence. A run that was stopped finds what it had already
encoded, also when sentences were since added at the end of the store.
"""

from __future__ import annotations

import logging
import time
import zlib
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from training.decoder import Stack, padding_mask
from training.loss import PAD
from training.prepare import Store

log = logging.getLogger("training")


class EncoderCache:
    """Encoder outputs of a store; ``folder`` None keeps them in memory."""

    def __init__(self, encoder: Stack, store: Store, folder: Path | None) -> None:
        self.encoder, self.store = encoder, store
        self.width = encoder.embed_tokens.weight.shape[1]
        self.keys = np.array([self._key(i) for i in range(len(store))], np.uint32)
        shape = (len(store.src), self.width)
        if folder is None:
            self.rows: np.ndarray = np.zeros(shape, np.int16)
            self.done: np.ndarray = np.zeros(len(store), np.uint32)
            return
        folder.mkdir(parents=True, exist_ok=True)
        for name, size in (("encoder.bin", 2 * shape[0] * shape[1]), ("encoder.done", 4 * len(store))):
            with (folder / name).open("ab") as handle:
                handle.truncate(size)
        self.rows = np.memmap(folder / "encoder.bin", np.int16, "r+", shape=shape)
        self.done = np.memmap(folder / "encoder.done", np.uint32, "r+", shape=(len(store),))

    def _key(self, i: int) -> int:
        """The mark in ``encoder.done`` once sentence ``i`` is encoded: a checksum of its place and pieces."""
        return zlib.crc32(self.store.source(i).tobytes(), int(self.store.src_at[i]) & 0xFFFFFFFF) | 1

    @torch.no_grad()
    def ensure(self, sentences: np.ndarray, batch_pieces: int = 4000) -> None:
        """Encode those of ``sentences`` that have not been yet."""
        missing = np.unique(sentences[self.done[sentences] != self.keys[sentences]])
        if not len(missing):
            return
        start, lengths = time.time(), self.store.src_len
        missing = missing[np.argsort(lengths[missing], kind="stable")]
        batch: list[int] = []
        for i, sentence in enumerate(missing):
            batch.append(int(sentence))
            if i + 1 == len(missing) or (len(batch) + 1) * lengths[missing[i + 1]] > batch_pieces:
                self._encode(batch)
                batch = []
        if isinstance(self.rows, np.memmap):
            self.rows.flush()
        self.done[missing] = self.keys[missing]
        pieces, seconds = int(lengths[missing].sum()), time.time() - start
        log.info("encoded %d sentences, %.0f pieces a second", len(missing), pieces / seconds)

    def _encode(self, sentences: list[int]) -> None:
        lengths = torch.tensor([len(self.store.source(i)) for i in sentences])
        pieces = torch.full((len(sentences), int(lengths.max())), PAD)
        for row, i in enumerate(sentences):
            pieces[row, : lengths[row]] = torch.from_numpy(self.store.source(i).astype(np.int64))
        mask = padding_mask(lengths, pieces.shape[1], torch.bfloat16)
        hidden = self.encoder(pieces, None, mask).view(torch.int16).numpy()
        for row, i in enumerate(sentences):
            self.rows[self.store.src_at[i] : self.store.src_at[i + 1]] = hidden[row, : lengths[row]]

    def batch(self, sentences: np.ndarray) -> tuple[Tensor, Tensor]:
        """Memory (b, s, width) bf16, zero-padded, and source lengths (b,)."""
        lengths = self.store.src_len[sentences]
        memory = np.zeros((len(sentences), int(lengths.max()), self.width), np.int16)
        for row, i in enumerate(sentences):
            memory[row, : lengths[row]] = self.rows[self.store.src_at[i] : self.store.src_at[i + 1]]
        return torch.from_numpy(memory).view(torch.bfloat16), torch.from_numpy(lengths)
