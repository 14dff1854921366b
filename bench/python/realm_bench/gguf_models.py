"""The models that bench/gguf writes: a real one, one that was trained here, and tiny random ones of every architecture
with tokenizers of the kinds that Hugging Face's models have, made on the spot by the tokenizers library."""

import json
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

_CL100K = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}%s| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
_CHATML = (
    "{%- for message in messages %}{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}"
    "{%- endfor %}{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- endif %}"
)
_LLAMA3 = (
    "{{- bos_token }}{%- for message in messages %}{{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n'"
    " + message['content'] | trim + '<|eot_id|>' }}{%- endfor %}{%- if add_generation_prompt %}"
    "{{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}{%- endif %}"
)
_ZEPHYR = (
    "{% for message in messages %}\n{% if message['role'] == 'user' %}\n{{ '<|user|>\n' + message['content'] + eos_token }}\n"
    "{% elif message['role'] == 'system' %}\n{{ '<|system|>\n' + message['content'] + eos_token }}\n"
    "{% elif message['role'] == 'assistant' %}\n{{ '<|assistant|>\n'  + message['content'] + eos_token }}\n{% endif %}\n"
    "{% if loop.last and add_generation_prompt %}\n{{ '<|assistant|>' }}\n{% endif %}\n{% endfor %}"
)
_GEMMA = (
    "{{ bos_token }}{%- if messages[0]['role'] == 'system' -%}{%- set first = messages[0]['content'] + '\n\n' -%}"
    "{%- set turns = messages[1:] -%}{%- else -%}{%- set first = '' -%}{%- set turns = messages -%}{%- endif -%}"
    "{%- for message in turns -%}{%- set role = 'model' if message['role'] == 'assistant' else message['role'] -%}"
    "{{ '<start_of_turn>' + role + '\n' + (first if loop.first else '') }}{{ message['content'] | trim }}"
    "{{ '<end_of_turn>\n' }}{%- endfor -%}{%- if add_generation_prompt -%}{{ '<start_of_turn>model\n' }}{%- endif -%}"
)


def make_qwen2(folder, texts):
    """Qwen2: biases, rotation by halves, tied embedding; Qwen's rule of cutting, ChatML, two end tokens."""
    tokens = _bytes(folder, texts, _CL100K % "", ["<|endoftext|>", "<|im_start|>", "<|im_end|>"], normalizer=normalizers.NFC())
    _settings(folder, eos="<|im_end|>", pad="<|endoftext|>", template=_CHATML, ends=[2, 0])
    _random(folder, tokens, {"model_type": "qwen2", "rope_theta": 1e6, "tie_word_embeddings": True})


def make_qwen3(folder, texts):
    """Qwen3: norms of queries and keys, heads wider than the model; otherwise as Qwen2, untied."""
    tokens = _bytes(folder, texts, _CL100K % "", ["<|endoftext|>", "<|im_start|>", "<|im_end|>"], normalizer=normalizers.NFC())
    _settings(folder, eos="<|im_end|>", pad="<|endoftext|>", template=_CHATML, ends=[2, 0])
    _random(folder, tokens, {"model_type": "qwen3", "rope_theta": 1e6, "tie_word_embeddings": False, "head_dim": 32})


def make_llama3(folder, texts):
    """Llama 3.2: scaled rotary frequencies, whole words before merges, a begin token, three end tokens."""
    special = ["<|begin_of_text|>", "<|end_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eom_id|>", "<|eot_id|>"]
    tokens = _bytes(folder, texts, _CL100K % "{1,3}", special, ignore_merges=True, begin="<|begin_of_text|>")
    _settings(folder, bos="<|begin_of_text|>", eos="<|eot_id|>", template=_LLAMA3, ends=[1, 4, 5])
    scaling = {
        "rope_type": "llama3",
        "factor": 8.0,
        "low_freq_factor": 1.0,
        "high_freq_factor": 4.0,
        "original_max_position_embeddings": 64,
    }
    _random(folder, tokens, {"model_type": "llama", "rope_theta": 500_000.0, "tie_word_embeddings": True, "rope_scaling": scaling})


def make_llama2(folder, texts):
    """TinyLlama: byte pairs over characters as sentencepiece makes them, the template of Zephyr, untied."""
    before = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    tokens = _characters(folder, texts, ["<unk>", "<s>", "</s>"], before, None)
    _settings(folder, bos="<s>", eos="</s>", unk="<unk>", template=_ZEPHYR, ends=[2])
    _random(folder, tokens, {"model_type": "llama", "rope_theta": 10_000.0, "tie_word_embeddings": False})


def make_smollm3(folder, texts):
    """SmolLM3: every fourth layer without positions, tied; the tokenizer of Llama 3, ChatML."""
    special = ["<|begin_of_text|>", "<|end_of_text|>", "<|im_start|>", "<|im_end|>"]
    tokens = _bytes(folder, texts, _CL100K % "{1,3}", special, ignore_merges=True)
    _settings(folder, eos="<|im_end|>", pad="<|im_end|>", template=_CHATML, ends=[3, 1])
    shape = {"model_type": "smollm3", "rope_theta": 2e6, "tie_word_embeddings": True, "num_hidden_layers": 6}
    _random(folder, tokens, shape | {"no_rope_layers": [1, 1, 1, 0, 1, 1]})


def make_gemma3(folder, texts):
    """Gemma 3: windows shorter than the prompts but in every sixth layer, which has scaled positions; four norms a layer,
    a begin token, and the tokenizer of sentencepiece without a space before the text."""
    cut = pre_tokenizers.Split(" ", "merged_with_previous")
    special = ["<pad>", "<eos>", "<bos>", "<unk>", "<start_of_turn>", "<end_of_turn>"]
    tokens = _characters(folder, texts, special, normalizers.Replace(" ", "▁"), cut)
    _settings(folder, bos="<bos>", eos="<eos>", pad="<pad>", unk="<unk>", template=_GEMMA, ends=[1, 5])
    shape = {"model_type": "gemma3_text", "rope_theta": 1e6, "rope_local_base_freq": 1e4, "tie_word_embeddings": True}
    shape |= {"rope_scaling": {"rope_type": "linear", "factor": 8.0}, "sliding_window": 16, "query_pre_attn_scalar": 32}
    shape |= {"num_hidden_layers": 7, "head_dim": 32, "hidden_act": "gelu_pytorch_tanh"}
    _random(folder, tokens, shape)


def make_linear(folder, texts):
    """Llama with linearly scaled positions and GPT-2's tokenizer; no chat template, a begin token before every text."""
    tokens = _bytes(folder, texts, None, ["<s>", "</s>"], begin="<s>")
    _settings(folder, bos="<s>", eos="</s>", ends=[1])
    scaling = {"rope_type": "linear", "factor": 4.0}
    _random(folder, tokens, {"model_type": "llama", "rope_theta": 10_000.0, "tie_word_embeddings": False, "rope_scaling": scaling})


def _characters(folder, texts, special, normalizer, cut):
    """A tokenizer of pairs of characters with bytes for the rest, as sentencepiece makes them."""
    fallback = [f"<0x{b:02X}>" for b in range(256)]
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    tokenizer.normalizer = normalizer
    tokenizer.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()])
    # learned within words, as sentencepiece does; the tokenizer itself does not cut, or not what the normalizer left
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex("(?=▁)"), "isolated")
    tokenizer.train_from_iterator(texts, trainers.BpeTrainer(vocab_size=900, special_tokens=special + fallback, show_progress=False))
    if cut:
        tokenizer.pre_tokenizer = cut
    else:
        tokenizer.pre_tokenizer = None
        strip = decoders.Strip(" ", 1, 0)
        tokenizer.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), strip])
    content = json.loads(tokenizer.to_str())
    content["added_tokens"] = content["added_tokens"][: len(special)]
    return _save(folder, content)


def _bytes(folder, texts, rule, special, normalizer=None, ignore_merges=False, begin=None):
    """A tokenizer of byte pairs that cuts by a rule, or by GPT-2's; returns the number of its tokens."""
    tokenizer = Tokenizer(models.BPE(ignore_merges=ignore_merges))
    whole = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=rule is None)
    cut = [] if rule is None else [pre_tokenizers.Split(Regex(rule), "isolated")]
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([*cut, whole]) if cut else whole
    tokenizer.decoder = decoders.ByteLevel()
    if normalizer:
        tokenizer.normalizer = normalizer
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    marks = [AddedToken(token, normalized=False, special=True) for token in special]
    trainer = trainers.BpeTrainer(vocab_size=700, special_tokens=marks, initial_alphabet=alphabet, show_progress=False)
    tokenizer.train_from_iterator(texts, trainer)
    if begin:
        tokenizer.post_processor = processors.TemplateProcessing(
            single=f"{begin} $A", special_tokens=[(begin, tokenizer.token_to_id(begin))]
        )
    return _save(folder, json.loads(tokenizer.to_str()))


def _save(folder, tokenizer):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")
    return len(tokenizer["model"]["vocab"])


def _settings(folder, eos, ends, bos=None, pad=None, unk=None, template=None):
    config = {"bos_token": bos, "eos_token": eos, "pad_token": pad or eos, "unk_token": unk, "chat_template": template}
    config = {key: value for key, value in config.items() if value} | {"tokenizer_class": "PreTrainedTokenizerFast"}
    (folder / "tokenizer_config.json").write_text(json.dumps(config))
    (folder / "generation_config.json").write_text(json.dumps({"eos_token_id": ends}))


def _random(folder, tokens, options):
    """Random weights, large enough that the likeliest token is seldom a near tie; more rows than tokens, as many models
    have."""
    config = {
        "vocab_size": tokens + 13,
        "hidden_size": 64,
        "num_hidden_layers": 3,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "head_dim": 16,
        "intermediate_size": 160,
        "max_position_embeddings": 512,
        "rms_norm_eps": 1e-6,
        "hidden_act": "silu",
    } | options
    (folder / "config.json").write_text(json.dumps(config))
    draw = np.random.default_rng(7)
    ones = "none" if config["model_type"] == "gemma3_text" else "norm.weight"  # Gemma's norms are stored less 1
    save_file(
        {name: draw.normal(0, 0.15, shape).astype("float32") + name.endswith(ones) for name, shape in _shapes(config)},
        folder / "model.safetensors",
        metadata={"format": "pt"},
    )


def _shapes(config):
    width, head, inner = config["hidden_size"], config["head_dim"], config["intermediate_size"]
    rows = {"q": config["num_attention_heads"] * head, "k": config["num_key_value_heads"] * head}
    rows["v"] = rows["k"]
    yield "model.embed_tokens.weight", (config["vocab_size"], width)
    for layer in (f"model.layers.{i}." for i in range(config["num_hidden_layers"])):
        yield layer + "input_layernorm.weight", (width,)
        yield layer + "post_attention_layernorm.weight", (width,)
        for name, count in rows.items():
            yield f"{layer}self_attn.{name}_proj.weight", (count, width)
            if config["model_type"] == "qwen2":
                yield f"{layer}self_attn.{name}_proj.bias", (count,)
        if config["model_type"] == "gemma3_text":
            yield layer + "pre_feedforward_layernorm.weight", (width,)
            yield layer + "post_feedforward_layernorm.weight", (width,)
        if config["model_type"] in ("qwen3", "gemma3_text"):
            yield layer + "self_attn.q_norm.weight", (head,)
            yield layer + "self_attn.k_norm.weight", (head,)
        yield layer + "self_attn.o_proj.weight", (width, rows["q"])
        yield layer + "mlp.gate_proj.weight", (inner, width)
        yield layer + "mlp.up_proj.weight", (inner, width)
        yield layer + "mlp.down_proj.weight", (width, inner)
    yield "model.norm.weight", (width,)
    if not config["tie_word_embeddings"]:
        yield "lm_head.weight", (config["vocab_size"], width)
