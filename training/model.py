"""Load and save the training model as a Hugging Face Marian folder, parameter name for parameter name."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from training.decoder import Stack
from training.loss import NEVER, PAD, UNK


class Model(nn.Module):
    """Encoder and decoder stacks; ``state_dict`` keys are those of ``MarianMTModel`` without ``model.``;
    the output bias, there ``final_logits_bias``, is ``decoder.output_bias`` here."""

    def __init__(self, config: dict) -> None:
        super().__init__()
        width = config["d_model"]
        self.encoder = Stack(
            config["vocab_size"],
            width,
            config["encoder_ffn_dim"],
            config["encoder_attention_heads"],
            config["encoder_layers"],
            cross=False,
        )
        self.decoder = Stack(
            config["decoder_vocab_size"],
            width,
            config["decoder_ffn_dim"],
            config["decoder_attention_heads"],
            config["decoder_layers"],
            cross=True,
        )
        self.config = config


def read(folder: Path) -> Model:
    """A model with the weights of a Hugging Face folder, as fp32."""
    model = Model(json.loads((folder / "config.json").read_text(encoding="utf-8")))
    weights = {
        k.removeprefix("model."): v.float() for k, v in load_file(folder / "model.safetensors").items()
    }
    weights["decoder.output_bias"] = weights.pop("final_logits_bias")[0]
    wanted = model.state_dict().keys()
    model.load_state_dict({k: v for k, v in weights.items() if k in wanted}, strict=True)
    return model


def write(weights: dict[str, Tensor], like: Path, folder: Path, config: dict | None = None) -> None:
    """Write ``weights`` (names without ``model.``) as a bf16 folder with the tokenizer files of ``like``."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in like.iterdir():
        if path.name != "model.safetensors":
            shutil.copyfile(path, folder / path.name)
    if config is not None:
        (folder / "config.json").write_text(
            json.dumps(config, indent=2, sort_keys=True) + "\n", encoding="utf-8"
        )
    out = {f"model.{name}": value.to(torch.bfloat16).contiguous() for name, value in weights.items()}
    out["model.decoder.embed_tokens.weight"][PAD] = 0
    bias = out.pop("model.decoder.output_bias")[None]
    bias[:, UNK : PAD + 1] = NEVER
    out["final_logits_bias"] = bias
    save_file(out, folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "model.safetensors").chmod(0o644)
