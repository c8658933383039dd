"""The training loss: label-smoothed cross-entropy in chunks, over all pieces or a sample of them."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from training.decoder import Stack, padding_mask

UNK, PAD = 1, 2
NEVER = -9984.0  # logit of a piece that must not be predicted (-1e4 as bf16)


class ChunkedLoss(torch.autograd.Function):
    """Label-smoothed cross-entropy through a tied output table, a chunk of positions at a time.

    The gradients are worked out during the forward pass, so that only one chunk of logits exists at any time
    (the idea of the Liger kernels' fused linear cross-entropy). Over the whole table ``<unk>`` and ``<pad>``
    can never be predicted; a table of ``candidates`` does not hold them.
    """

    @staticmethod
    def forward(
        ctx,
        hidden: Tensor,
        table: Tensor,
        bias: Tensor,
        gold: Tensor,
        smoothing: float,  # type: ignore[no-untyped-def]
        chunk: int,
        whole: bool,
    ) -> Tensor:
        """hidden (n, d), table (v, d), bias (v,) fp32, gold (n,) → fp32 (2,): smoothed loss, NLL (means)."""
        n, v = hidden.shape[0], table.shape[0]
        share = smoothing / (v - 2 * whole)
        grad_hidden = torch.empty_like(hidden)
        grad_table = torch.zeros(table.shape)
        grad_bias = torch.zeros_like(bias)
        smoothed, nll = torch.zeros(()), torch.zeros(())
        for i in range(0, n, chunk):
            h, g = hidden[i : i + chunk], gold[i : i + chunk, None]
            logits = (h @ table.t()).float().add_(bias)
            if whole:
                logits[:, UNK : PAD + 1] = 0
            total = logits.sum(1) if smoothing else torch.zeros(len(h))
            if whole:
                logits[:, UNK : PAD + 1] = NEVER
            peak = logits.amax(1, keepdim=True)
            gold_logit = logits.gather(1, g)[:, 0]
            p = logits.sub_(peak).exp_()
            z = p.sum(1, keepdim=True)
            log_z = (z.log() + peak)[:, 0]
            nll += (log_z - gold_logit).sum()
            smoothed += (log_z - (1 - smoothing) * gold_logit - share * total).sum()
            p.mul_(1 / z).sub_(share)
            if whole:
                p[:, UNK : PAD + 1] = 0
            p.scatter_add_(1, g, torch.full_like(g, smoothing - 1, dtype=p.dtype))
            grad_bias += p.sum(0)
            delta = p.to(hidden.dtype)
            grad_hidden[i : i + chunk] = delta @ table
            grad_table += (delta.t() @ h).float()
        ctx.save_for_backward(grad_hidden, grad_table.to(table.dtype), grad_bias)
        ctx.count = n
        return torch.stack([smoothed / n, nll / n])

    @staticmethod
    def backward(ctx, grad: Tensor):  # type: ignore[no-untyped-def]
        scale = grad[0] / ctx.count
        return *(part * scale for part in ctx.saved_tensors), None, None, None, None


def candidates(gold: Tensor, vocabulary: int, extra: int) -> tuple[Tensor, Tensor]:
    """Pieces to weigh a batch's gold pieces against: all of ``gold`` and ``extra`` others drawn at random.

    Returns their sorted numbers and what to add to their logits: the drawn ones stand for all that were not
    drawn (importance-weighted sampled softmax, Jean et al. 2015).
    """
    present = torch.zeros(vocabulary, dtype=torch.bool)
    present[gold] = True
    present[UNK : PAD + 1] = True
    absent = (~present).nonzero()[:, 0]
    drawn = absent[torch.randperm(len(absent))[:extra]]
    weight = torch.zeros(vocabulary)
    weight[drawn] = math.log(max(1, len(absent)) / max(1, len(drawn)))
    present[drawn] = True
    present[UNK : PAD + 1] = False
    chosen = present.nonzero()[:, 0]
    return chosen, weight[chosen]


def decoder_loss(
    decoder: Stack,
    memory: Tensor,
    lengths: Tensor,
    target: Tensor,
    drop: float,
    smoothing: float,
    dtype: torch.dtype = torch.bfloat16,
    chunk: int = 512,
    extra: int = 0,
) -> tuple[Tensor, Tensor]:
    """Loss of a batch: memory (b, s, d), source lengths (b,), target (b, t) padded with PAD.

    ``extra`` > 0 samples the softmax (see ``candidates``). Returns (smoothed loss to differentiate, NLL),
    both means over the real pieces.
    """
    shifted = torch.cat([torch.full_like(target[:, :1], PAD), target[:, :-1]], dim=1)
    mask = padding_mask(lengths, memory.shape[1], dtype)
    hidden = decoder(shifted, memory.to(dtype), mask, drop, dtype)
    real = (target > PAD).logical_or_(target == 0).flatten().nonzero()[:, 0]
    rows = hidden.reshape(-1, hidden.shape[-1]).index_select(0, real)
    gold, table, bias = target.flatten()[real], decoder.embed_tokens.weight, decoder.output_bias
    if extra:
        chosen, weight = candidates(gold, table.shape[0], extra)
        table, bias = table.index_select(0, chosen), bias.index_select(0, chosen) + weight
        gold = torch.searchsorted(chosen, gold)
    both = ChunkedLoss.apply(rows, table.to(dtype), bias, gold, smoothing, chunk, not extra)
    return both[0], both[1].detach()
