"""Writes a model as a GGUF file in float32, for llama.cpp; without a tokenizer, as the benchmark gives it token ids."""

import json
from pathlib import Path

import gguf
from safetensors.numpy import load_file

_LAYER_NAMES = {
    "input_layernorm": "attn_norm",
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "post_attention_layernorm": "ffn_norm",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}
_NAMES = {"embed_tokens": "token_embd", "norm": "output_norm"}


def write(folder: Path, file: Path):
    """Converts a Hugging Face directory of a Llama model with tied embeddings."""
    config = json.loads((folder / "config.json").read_text())
    heads, kv_heads = config["num_attention_heads"], config["num_key_value_heads"]
    writer = gguf.GGUFWriter(file, "llama")
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(heads)
    writer.add_head_count_kv(kv_heads)
    writer.add_rope_dimension_count(config.get("head_dim", config["hidden_size"] // heads))
    writer.add_rope_freq_base(config["rope_theta"])
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_vocab_size(config["vocab_size"])
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    writer.add_tokenizer_model("no_vocab")
    for name, weights in load_file(folder / "model.safetensors").items():
        part = name.removeprefix("model.").removesuffix(".weight")
        if part.endswith("q_proj"):
            weights = interleaved(weights, heads)
        elif part.endswith("k_proj"):
            weights = interleaved(weights, kv_heads)
        writer.add_tensor(_gguf_name(part), weights.astype("float32"))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _gguf_name(part):
    if part in _NAMES:
        return _NAMES[part] + ".weight"
    _, layer, inner = part.split(".", 2)
    return f"blk.{layer}.{_LAYER_NAMES[inner]}.weight"


def interleaved(weights, heads):
    """Rows as llama.cpp rotates them: in each head, row i of the first half is followed by row i of the second."""
    return weights.reshape(heads, 2, -1, weights.shape[1]).swapaxes(1, 2).reshape(weights.shape)


def halves(weights, heads):
    """Rows as transformers rotates them; the inverse of interleaved."""
    return weights.reshape(heads, -1, 2, weights.shape[1]).swapaxes(1, 2).reshape(weights.shape)


def hugging_face_name(name):
    """The name that transformers gives a weight of a GGUF file."""
    part = name.removesuffix(".weight")
    for theirs, gguf_name in _NAMES.items():
        if part == gguf_name:
            return f"model.{theirs}.weight"
    _, layer, inner = part.split(".")
    theirs = next(theirs for theirs, gguf_name in _LAYER_NAMES.items() if gguf_name == inner)
    return f"model.layers.{layer}.{theirs}.weight"
