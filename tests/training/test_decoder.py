"""The hand-written decoder and loss against the reference implementations."""

from __future__ import annotations

from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")


def test_logits_equal_marian_and_survive_the_folder(config: dict, tmp_path: Path) -> None:
    from training.decoder import padding_mask
    from training.loss import NEVER
    from training.model import read

    torch.manual_seed(0)
    reference = transformers.MarianMTModel(transformers.MarianConfig(**config)).eval()
    with torch.no_grad():
        for name, parameter in reference.named_parameters():
            if "embed_positions" not in name:
                parameter.normal_(0, 0.3)
        reference.model.decoder.embed_tokens.weight[2] = 0
        reference.final_logits_bias.normal_()[:, 1:3] = NEVER
    reference.save_pretrained(tmp_path)
    model = read(tmp_path)
    lengths = torch.tensor([9, 5, 7])
    source = torch.randint(3, 60, (3, 9))
    given = torch.cat([torch.full((3, 1), 2), torch.randint(3, 50, (3, 6))], dim=1)
    seen = (torch.arange(9)[None] < lengths[:, None]).long()
    mask = padding_mask(lengths, 9, torch.float32)
    with torch.no_grad():
        expected = reference(input_ids=source, attention_mask=seen, decoder_input_ids=given).logits
        memory = model.encoder(source, None, mask, dtype=torch.float32)
        hidden = model.decoder(given, memory, mask, dtype=torch.float32)
        logits = hidden @ model.decoder.embed_tokens.weight.T + model.decoder.output_bias
    torch.testing.assert_close(logits, expected, atol=1e-3, rtol=1e-4)


@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_chunked_loss_and_its_gradients(smoothing: float) -> None:
    from training.loss import ChunkedLoss

    torch.manual_seed(1)
    hidden, table, bias = (torch.randn(*s, requires_grad=True) for s in ((10, 8), (30, 8), (30,)))
    gold = torch.randint(3, 30, (10,))
    ours = ChunkedLoss.apply(hidden, table, bias, gold, smoothing, 4, True)
    grads = torch.autograd.grad(ours[0], (hidden, table, bias))
    kept = [i for i in range(30) if i not in (1, 2)]
    logits = (hidden @ table.T + bias)[:, kept]
    places = torch.tensor([kept.index(int(i)) for i in gold])
    expected = torch.nn.functional.cross_entropy(logits, places, label_smoothing=smoothing)
    torch.testing.assert_close(ours[0], expected)
    torch.testing.assert_close(ours[1], torch.nn.functional.cross_entropy(logits, places))
    for got, wanted in zip(grads, torch.autograd.grad(expected, (hidden, table, bias)), strict=True):
        torch.testing.assert_close(got, wanted)


def test_candidates_hold_every_gold_piece_and_weigh_the_drawn_ones() -> None:
    from training.loss import candidates

    gold = torch.tensor([5, 9, 9, 0])
    chosen, weight = candidates(gold, 100, 10)
    assert {0, 5, 9} <= set(chosen.tolist()) and not {1, 2} & set(chosen.tolist())
    assert len(chosen) == 13
    assert weight[torch.searchsorted(chosen, torch.tensor([0, 5, 9]))].eq(0).all()
    assert (weight > 0).sum() == 10


def test_dropout_keeps_the_mean_and_the_share() -> None:
    from training.decoder import dropout

    torch.manual_seed(2)
    out = dropout(torch.ones(400, 100), 0.25)
    assert abs(float(out.mean()) - 1) < 0.02
    assert abs(float((out == 0).float().mean()) - 0.25) < 0.02
