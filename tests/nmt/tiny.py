"""Tiny random Marian and M2M100 checkpoints: real tokenisers, random weights. Needs PyTorch."""

import json
from pathlib import Path
from typing import Any

ENGLISH = """The ministry opened a museum in Rabat on Wednesday.
Researchers from thirteen countries presented papers on translation.
The Director-General received the ambassador and praised the programme.
More than 8 million visitors came to the exhibition in November 2022.
The workshop trained young people in science, culture and education.
Write to press@example.org or call 0123456789.""".splitlines()
FRENCH = """Le ministère a ouvert un musée à Rabat mercredi.
Des chercheurs de treize pays ont présenté des communications sur la traduction.
Le Directeur général a reçu l'ambassadeur et salué le programme.
Plus de 8 millions de visiteurs sont venus à l'exposition en novembre 2022.
L'atelier a formé des jeunes aux sciences, à la culture et à l'éducation.
Écrivez à press@example.org ou appelez le 0123456789.""".splitlines()

SIZE: dict[str, Any] = {
    "d_model": 32,
    "encoder_layers": 2,
    "decoder_layers": 2,
    "encoder_attention_heads": 4,
    "decoder_attention_heads": 4,
    "encoder_ffn_dim": 64,
    "decoder_ffn_dim": 64,
    "max_position_embeddings": 256,
    "init_std": 0.2,
    "scale_embedding": False,
}


def marian(folder: Path, *, separate: bool, prefix_token: str | None = None) -> Path:
    """Writes a checkpoint with one vocabulary or two, as OPUS-MT's and ours have them."""
    import sentencepiece
    import torch
    from transformers.models.marian.configuration_marian import MarianConfig
    from transformers.models.marian.modeling_marian import MarianMTModel

    folder.mkdir(parents=True)
    pieces = []
    for name, lines in (("source", ENGLISH), ("target", FRENCH)):
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(lines * 4),
            model_prefix=str(folder / name),
            vocab_size=110,
            hard_vocab_limit=False,
            minloglevel=2,
        )
        (folder / f"{name}.model").rename(folder / f"{name}.spm")
        (folder / f"{name}.vocab").unlink()
        processor = sentencepiece.SentencePieceProcessor(model_file=str(folder / f"{name}.spm"))
        pieces.append([processor.id_to_piece(i) for i in range(3, processor.get_piece_size())])
    settings: dict[str, object] = {"tokenizer_class": "MarianTokenizer", "separate_vocabs": separate}
    if separate:
        vocabularies = [{p: i for i, p in enumerate(["</s>", "<unk>", "<pad>", *ps])} for ps in pieces]
        (folder / "target_vocab.json").write_text(json.dumps(vocabularies[1]))
        pad = 2
    else:
        both = list(dict.fromkeys(pieces[0] + pieces[1])) + ([prefix_token] if prefix_token else [])
        vocabularies = [{p: i for i, p in enumerate(["</s>", "<unk>", *both, "<pad>"])}] * 2
        pad = len(both) + 2
    (folder / "vocab.json").write_text(json.dumps(vocabularies[0]))
    (folder / "tokenizer_config.json").write_text(json.dumps(settings))
    torch.manual_seed(7)
    model = MarianMTModel(
        MarianConfig(
            vocab_size=len(vocabularies[0]),
            decoder_vocab_size=len(vocabularies[1]),
            share_encoder_decoder_embeddings=not separate,
            tie_word_embeddings=True,
            **SIZE,
            activation_function="relu",
            pad_token_id=pad,
            eos_token_id=0,
            bos_token_id=0,
            decoder_start_token_id=pad,
            forced_eos_token_id=None,
        )
    )
    _shake(model)
    model.save_pretrained(folder)
    return folder


def m2m100(folder: Path) -> Path:
    """Writes an M2M100 checkpoint: one vocabulary, and a hundred language tokens behind it."""
    import sentencepiece
    import torch
    from transformers.models.m2m_100.configuration_m2m_100 import M2M100Config
    from transformers.models.m2m_100.modeling_m2m_100 import M2M100ForConditionalGeneration
    from transformers.models.m2m_100.tokenization_m2m_100 import M2M100Tokenizer

    folder.mkdir(parents=True)
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter((ENGLISH + FRENCH) * 4),
        model_prefix=str(folder / "both"),
        vocab_size=150,
        hard_vocab_limit=False,
        minloglevel=2,
    )
    (folder / "both.model").rename(folder / "sentencepiece.bpe.model")
    (folder / "both.vocab").unlink()
    processor = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.bpe.model"))
    pieces = [processor.id_to_piece(i) for i in range(3, processor.get_piece_size())]
    vocabulary = {p: i for i, p in enumerate(["<s>", "<pad>", "</s>", "<unk>", *pieces])}
    (folder / "vocab.json").write_text(json.dumps(vocabulary))
    tokeniser = M2M100Tokenizer(
        vocab_file=str(folder / "vocab.json"), spm_file=str(folder / "sentencepiece.bpe.model"), src_lang="en"
    )
    tokeniser.save_pretrained(folder)
    named = len(vocabulary) + len(tokeniser.lang_token_to_id)
    torch.manual_seed(3)
    model = M2M100ForConditionalGeneration(
        M2M100Config(
            vocab_size=named + 8,
            **SIZE,
        )
    )
    with torch.no_grad():
        # Rows without a name were never trained in the real ones either.
        model.model.shared.weight[named:] = 0
    _shake(model)
    model.save_pretrained(folder)
    return folder


def _shake(model: Any) -> None:
    """Makes the weights larger: the token before must not drown all else, or every draft is one token for ever."""
    import torch

    with torch.no_grad():
        for name, weight in model.named_parameters():
            if weight.dim() == 2 and "embed" not in name and "shared" not in name:
                weight.mul_(4)
