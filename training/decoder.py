"""The Marian decoder written out by hand for training speed, with the parameter names of ``MarianMTModel``.

Differences from the reference implementation are of speed only: bf16 products over fp32 master weights,
one projection for the three of self-attention, one for the two of cross-attention, plain batched products in
attention, and the loss of ``loss.py``, which never holds all logits of a batch.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def positions(length: int, width: int) -> Tensor:
    """Sinusoidal positions as Marian lays them out: all sines, then all cosines. Shape (length, width)."""
    half = width // 2
    angle = torch.arange(length)[:, None] / 10000 ** (2 * torch.arange(half) / width)
    return torch.cat([angle.sin(), angle.cos()], dim=1)


def dropout(x: Tensor, rate: float) -> Tensor:
    """Dropout with eight random bytes drawn at a time; the rate is rounded to a 256th."""
    if rate <= 0:
        return x
    words = torch.empty((x.numel() + 7) // 8, dtype=torch.int64)
    words.random_(-(2**63), None)
    keep = 256 - round(rate * 256)
    mask = words.view(torch.uint8)[: x.numel()].view(x.shape) < keep
    return x * mask.to(x.dtype).mul_(256 / keep)


def attend(q: Tensor, k: Tensor, v: Tensor, bias: Tensor) -> Tensor:
    """Attention of (b, h, t, d) on (b, h, s, d); bias (b or 1, 1, t or 1, s) is added to the scores.

    Plain batched products: for these short rows and narrow heads the fused CPU kernel is some five times
    slower in bf16, mostly in its backward pass.
    """
    b, h, t, d = q.shape
    s = k.shape[2]
    flat = bias.expand(b, h, t, s).reshape(b * h, t, s)
    q, k, v = (x.reshape(b * h, -1, d) for x in (q, k, v))
    scores = torch.baddbmm(flat, q, k.transpose(1, 2), alpha=1 / math.sqrt(d))
    return torch.bmm(scores.softmax(-1), v).view(b, h, t, d)


class Attention(nn.Module):
    """Multi-head attention; ``names`` of the linear maps follow ``MarianAttention``."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        for name in ("q_proj", "k_proj", "v_proj", "out_proj"):
            setattr(self, name, nn.Linear(width, width))

    def joint(self, names: str, x: Tensor) -> tuple[Tensor, ...]:
        """Apply several projections in one product: (b, t, d) → one (b, heads, t, d / heads) per name."""
        maps = [getattr(self, f"{name}_proj") for name in names]
        weight = torch.cat([m.weight for m in maps]).to(x.dtype)
        bias = torch.cat([m.bias for m in maps]).to(x.dtype)
        b, t, d = x.shape
        y = F.linear(x, weight, bias).view(b, t, len(maps), self.heads, d // self.heads)
        return y.permute(2, 0, 3, 1, 4).unbind(0)

    def merge(self, y: Tensor) -> Tensor:
        """(b, heads, t, d / heads) → (b, t, d), through the output map."""
        b, h, t, d = y.shape
        y = y.transpose(1, 2).reshape(b, t, h * d)
        return F.linear(y, self.out_proj.weight.to(y.dtype), self.out_proj.bias.to(y.dtype))


class Layer(nn.Module):
    """One post-norm layer (attention, [cross-attention,] feed-forward), of decoder or encoder."""

    def __init__(self, width: int, inner: int, heads: int, cross: bool) -> None:
        super().__init__()
        self.self_attn = Attention(width, heads)
        self.self_attn_layer_norm = nn.LayerNorm(width)
        if cross:
            self.encoder_attn = Attention(width, heads)
            self.encoder_attn_layer_norm = nn.LayerNorm(width)
        self.fc1 = nn.Linear(width, inner)
        self.fc2 = nn.Linear(inner, width)
        self.final_layer_norm = nn.LayerNorm(width)

    @staticmethod
    def norm(norm: nn.LayerNorm, x: Tensor) -> Tensor:
        return F.layer_norm(
            x, norm.normalized_shape, norm.weight.to(x.dtype), norm.bias.to(x.dtype), norm.eps
        )

    def forward(self, x: Tensor, memory: Tensor | None, mask: Tensor, drop: float) -> Tensor:
        """x (b, t, d); memory (b, s, d) and its additive mask (b, 1, 1, s), or None and the mask of x."""
        q, k, v = self.self_attn.joint("qkv", x)
        y = attend(q, k, v, mask if memory is None else causal_mask(x.shape[1], x.dtype))
        x = self.norm(self.self_attn_layer_norm, x + dropout(self.self_attn.merge(y), drop))
        if memory is not None:
            (q,) = self.encoder_attn.joint("q", x)
            k, v = self.encoder_attn.joint("kv", memory)
            y = attend(q, k, v, mask)
            x = self.norm(self.encoder_attn_layer_norm, x + dropout(self.encoder_attn.merge(y), drop))
        y = F.relu(F.linear(x, self.fc1.weight.to(x.dtype), self.fc1.bias.to(x.dtype)))
        y = F.linear(y, self.fc2.weight.to(x.dtype), self.fc2.bias.to(x.dtype))
        return self.norm(self.final_layer_norm, x + dropout(y, drop))


class Stack(nn.Module):
    """Embeddings, positions and layers; the decoder with ``cross``, the encoder without."""

    def __init__(self, vocabulary: int, width: int, inner: int, heads: int, layers: int, cross: bool) -> None:
        super().__init__()
        self.embed_tokens = nn.Embedding(vocabulary, width)
        self.layers = nn.ModuleList(Layer(width, inner, heads, cross) for _ in range(layers))
        self.register_buffer("table", positions(512, width), persistent=False)
        self.scale = math.sqrt(width)
        if cross:
            self.output_bias = nn.Parameter(torch.zeros(vocabulary))

    def forward(
        self,
        pieces: Tensor,
        memory: Tensor | None,
        mask: Tensor,
        drop: float = 0.0,
        dtype: torch.dtype = torch.bfloat16,
    ) -> Tensor:
        """pieces (b, t) → hidden states (b, t, d) in ``dtype``."""
        x = F.embedding(pieces, self.embed_tokens.weight) * self.scale + self.table[: pieces.shape[1]]
        x = dropout(x.to(dtype), drop)
        for layer in self.layers:
            x = layer(x, memory, mask, drop)
        return x


def causal_mask(length: int, dtype: torch.dtype) -> Tensor:
    """Additive mask (1, 1, length, length) that hides what comes later."""
    return torch.full((length, length), -1e9, dtype=dtype).triu_(1)[None, None]


def padding_mask(lengths: Tensor, longest: int, dtype: torch.dtype) -> Tensor:
    """Additive mask (b, 1, 1, longest): 0 where there is a piece, very negative after the end."""
    beyond = torch.arange(longest)[None, :] >= lengths[:, None]
    return torch.zeros(beyond.shape, dtype=dtype).masked_fill_(beyond, -1e9)[:, None, None, :]
