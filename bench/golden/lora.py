"""Tiny random models with LoRA adapters made by PEFT, and their logits, for LoraGoldenTest.

Usage: python bench/golden/lora.py            writes the golden files
       python bench/golden/lora.py newer      those of architectures that need bench/golden/requirements.txt
       python bench/golden/lora.py --load DIR [ADAPTER]   logits of a model that realm4knime wrote, with an adapter
                                                          loaded by PEFT, for a check by hand
"""

import json
import pathlib
import shutil
import sys

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import (
    AutoModelForCausalLM,
    Gemma3TextConfig,
    LlamaConfig,
    LlamaForCausalLM,
    Phi3Config,
    Qwen2Config,
    Qwen2ForCausalLM,
)

OUT = pathlib.Path(__file__).parents[2] / "plugin/src/test/resources/golden/lora"
ROWS = [[4, 5, 6, 7, 8, 9, 10, 15, 22, 18, 25, 14, 3], [9, 9, 30, 11]]
SHAPE = dict(
    vocab_size=32,
    hidden_size=16,
    intermediate_size=24,
    num_hidden_layers=2,
    num_attention_heads=4,
    num_key_value_heads=2,
    max_position_embeddings=64,
    initializer_range=0.3,
    tie_word_embeddings=True,
    pad_token_id=1,
    bos_token_id=None,
    eos_token_id=0,
)
ALL = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
FUSED = ["qkv_proj", "o_proj", "gate_up_proj", "down_proj"]
NEWER = {
    "phi3": (
        Phi3Config(**SHAPE | dict(num_attention_heads=2), partial_rotary_factor=0.5),
        dict(r=3, lora_alpha=6, target_modules=FUSED),
    ),
    "gemma3": (
        Gemma3TextConfig(
            **SHAPE, head_dim=8, sliding_window=4, layer_types=["sliding_attention", "full_attention"]
        ),
        dict(r=3, lora_alpha=6, target_modules="all-linear"),
    ),
}
torch.manual_seed(5)
CASES = {
    "llama": (LlamaForCausalLM(LlamaConfig(**SHAPE)), dict(r=3, lora_alpha=6, target_modules=ALL, lora_dropout=0.1)),
    "qwen2": (
        Qwen2ForCausalLM(Qwen2Config(**SHAPE)),
        dict(r=4, lora_alpha=5, target_modules=["q_proj", "v_proj", "up_proj"], use_rslora=True),
    ),
}


def logits(model):
    model.eval()
    with torch.no_grad():
        return [model(torch.tensor([row])).logits[0].tolist() for row in ROWS]


def make(name, model, settings):
    directory = OUT / name
    shutil.rmtree(directory, ignore_errors=True)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(0.1 * torch.randn_like(parameter))
    model.save_pretrained(directory / "base")
    adapted = get_peft_model(model, LoraConfig(task_type="CAUSAL_LM", **settings))
    with torch.no_grad():
        for tensor_name, parameter in adapted.named_parameters():
            if "lora_B" in tensor_name:
                parameter.normal_(std=0.2)
    adapted.save_pretrained(directory / "adapter")
    (directory / "adapter/README.md").unlink(missing_ok=True)
    (directory / "base/generation_config.json").unlink(missing_ok=True)
    rounded = [[[round(v, 6) for v in position] for position in row] for row in logits(adapted)]
    (directory / "logits.json").write_text(json.dumps({"rows": ROWS, "logits": rounded}, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--load"]:
        loaded = AutoModelForCausalLM.from_pretrained(sys.argv[2])
        if len(sys.argv) > 3:
            loaded = PeftModel.from_pretrained(loaded, sys.argv[3])
        print(json.dumps(logits(loaded)))
    elif sys.argv[1:2] == ["newer"]:
        for case, (config, lora) in NEWER.items():
            make(case, AutoModelForCausalLM.from_config(config), lora)
    else:
        for case, (base, lora) in CASES.items():
            make(case, base, lora)
