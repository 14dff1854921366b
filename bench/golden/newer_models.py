"""Tiny random models of the architectures that need a newer transformers than bench/requirements.txt has; needs
bench/golden/requirements.txt. Files as in models.py.
"""

import json

from tokenizers import Tokenizer, decoders, models as token_models, normalizers, pre_tokenizers, processors, trainers
from transformers import Gemma3TextConfig, Phi3Config, PreTrainedTokenizerFast, SmolLM3Config

import models
from common import CORPUS, tokenizer

LINEAR = dict(rope_type="linear", factor=8.0)
LONGROPE = dict(
    rope_type="longrope",
    rope_theta=10_000.0,
    partial_rotary_factor=0.75,
    short_factor=[1.0, 1.1, 1.3, 1.6, 2.0, 2.4],
    long_factor=[1.0, 2.0, 4.0, 8.0, 16.0, 32.0],
    original_max_position_embeddings=100,
)
OTHER = models.SIZES | dict(vocab_size=104, pad_token_id=0, bos_token_id=None, eos_token_id=2)
CONFIGS = {
    # windows of 8 tokens, two bases, scaled positions in the global layer, scores that the size of a head does not divide
    "gemma3": Gemma3TextConfig(
        **models.SIZES | dict(vocab_size=128, num_hidden_layers=3, num_key_value_heads=1),
        head_dim=16,
        query_pre_attn_scalar=24,
        sliding_window=8,
        layer_types=["sliding_attention", "full_attention", "sliding_attention"],
        rope_parameters={
            "full_attention": LINEAR | dict(rope_theta=1_000_000.0),
            "sliding_attention": dict(rope_type="default", rope_theta=10_000.0),
        },
        pad_token_id=0,
        bos_token_id=2,
        eos_token_id=1,
    ),
    "smollm3": SmolLM3Config(
        **OTHER | dict(num_hidden_layers=4),
        no_rope_layers=[1, 0, 1, 0],
        rope_parameters=dict(rope_type="default", rope_theta=50_000.0),
        use_sliding_window=False,
        tie_word_embeddings=True,
    ),
    # three quarters of each head are rotated, as in Phi-4-mini, and a window, as in Phi-3-mini
    "phi3": Phi3Config(
        **OTHER | dict(hidden_size=64, num_attention_heads=4, max_position_embeddings=400),
        original_max_position_embeddings=100,
        rope_parameters=LONGROPE,
        sliding_window=12,
        tie_word_embeddings=True,
    ),
}


def make(folder):
    for seed, (name, config) in enumerate(CONFIGS.items(), start=21):
        if name == "gemma3":
            # norms count from 0; the second text has letters that only bytes can spell
            models.write(folder / name, config, seed, gemma_tokenizer(), [*CORPUS[:2], "A café for 中: 12 é.", *CORPUS[2:]], norm=0)
        else:
            models.write(folder / name, config, seed, tokenizer(), CORPUS)


def gemma_tokenizer():
    """Byte pairs over characters with single bytes to fall back to, a begin token before every text."""
    special = ["<pad>", "<eos>", "<bos>", "<unk>", "<start_of_turn>", "<end_of_turn>"]
    fallback = [f"<0x{byte:02X}>" for byte in "é中".encode()]
    bpe = Tokenizer(token_models.BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    bpe.normalizer = normalizers.Replace(" ", "▁")
    bpe.pre_tokenizer = pre_tokenizers.Split(" ", "merged_with_previous")
    bpe.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()])
    bpe.train_from_iterator(CORPUS, trainers.BpeTrainer(vocab_size=124, special_tokens=special + fallback, show_progress=False))
    bpe.post_processor = processors.TemplateProcessing(single="<bos> $A", special_tokens=[("<bos>", 2)])
    return PreTrainedTokenizerFast(
        tokenizer_object=without_special_bytes(bpe, len(special)),
        bos_token="<bos>",
        eos_token="<end_of_turn>",
        pad_token="<pad>",
        unk_token="<unk>",
        padding_side="left",
        model_input_names=["input_ids", "attention_mask"],
    )


def without_special_bytes(bpe, special):
    """The trainer only knows of special tokens; bytes are ordinary ones."""
    content = json.loads(bpe.to_str())
    content["added_tokens"] = content["added_tokens"][:special]
    return Tokenizer.from_str(json.dumps(content))
