"""The models that everything is measured on: three shapes with random weights, written once by the engine itself."""

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Shape:
    name: str
    hidden: int
    layers: int
    heads: int
    kv_heads: int
    intermediate: int
    vocabulary: int
    theta: float = 10_000.0
    eps: float = 1e-6

    @property
    def head(self):
        return self.hidden // self.heads

    @property
    def product_parameters(self):
        """Parameters in matrix products: projections, feed-forward, and the output projection, which is the embedding."""
        attention = self.hidden * self.head * (2 * self.heads + 2 * self.kv_heads)
        return self.layers * (attention + 3 * self.hidden * self.intermediate) + self.vocabulary * self.hidden

    def training_flops(self, length):
        """Floating-point operations of forward and backward pass for one token of a text: 6 a parameter in a matrix
        product, and 12 L T d for the attention over a text of T tokens (PaLM, Chowdhery et al., 2022, appendix B)."""
        return 6 * self.product_parameters + 12 * self.layers * length * self.hidden

    def config(self):
        return {
            "architectures": ["LlamaForCausalLM"],
            "model_type": "llama",
            "vocab_size": self.vocabulary,
            "hidden_size": self.hidden,
            "num_hidden_layers": self.layers,
            "num_attention_heads": self.heads,
            "num_key_value_heads": self.kv_heads,
            "head_dim": self.head,
            "intermediate_size": self.intermediate,
            "max_position_embeddings": 2048,
            "rope_theta": self.theta,
            "rms_norm_eps": self.eps,
            "tie_word_embeddings": True,
            "hidden_act": "silu",
        }


SHAPES = [
    Shape("1M", hidden=128, layers=4, heads=4, kv_heads=2, intermediate=384, vocabulary=1024),
    Shape("11M", hidden=384, layers=6, heads=6, kv_heads=2, intermediate=1024, vocabulary=4096),
    # SmolLM2-135M
    Shape("135M", 576, 30, 9, 3, 1536, 49152, theta=100_000.0, eps=1e-5),
]


def make(shape, folder: Path, ours, **more):
    """Writes the model unless it is there; ours is the engine's worker, more are its further arguments."""
    if (folder / "model.safetensors").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    _write_tokenizer(shape.vocabulary, folder)
    ours.ask("make-model", folder=str(folder), config=shape.config(), **more)


def _write_tokenizer(size, folder):
    """Words w2, w3, ...: one token each, so that a text has as many tokens as it has words."""
    vocabulary = {"<pad>": 0, "<eos>": 1} | {f"w{i}": i for i in range(2, size)}
    flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    tokenizer = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [{"id": i, "content": word} | flags for word, i in list(vocabulary.items())[:2]],
        "normalizer": None,
        "pre_tokenizer": {"type": "WhitespaceSplit"},
        "post_processor": None,
        "decoder": None,
        "model": {"type": "WordLevel", "vocab": vocabulary, "unk_token": "<pad>"},
    }
    config = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "eos_token": "<eos>",
        "pad_token": "<pad>",
        "model_max_length": 2048,
        "model_input_names": ["input_ids", "attention_mask"],
        "clean_up_tokenization_spaces": False,
    }
    prompt = {
        "template": "{{ question }}",
        "verify": "verify",
        "right": "right",
        "wrong": "wrong",
        "reasons": False,
        "solution": "solution",
    }
    for name, content in {"tokenizer.json": tokenizer, "tokenizer_config.json": config, "realm_prompt.json": prompt}.items():
        (folder / name).write_text(json.dumps(content))
