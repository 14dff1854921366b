"""What the golden scripts share: the tokenizer, random weights and the layout of the JSON files."""

import json

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast

CORPUS = [
    "A gold member returns a laptop priced 240 after 12 days. The laptop is not damaged.",
    "Step 1: 12 is less than 14. Step 2: 240 - 24 = 216. The answer is 216.",
    "Who pays for the return of a damaged phone? The shop pays, and the customer gets all the money back.",
    "Natalia sold 48 clips in April and half as many in May. 48 / 2 = 24, 48 + 24 = 72. The answer is 72.",
]


def tokenizer():
    """Byte-level BPE of 96 tokens, the kind that Llama 3 and Qwen use."""
    bpe = Tokenizer(models.BPE())
    bpe.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bpe.decoder = decoders.ByteLevel()
    special = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
    bpe.train_from_iterator(CORPUS, trainers.BpeTrainer(vocab_size=96, special_tokens=special, show_progress=False))
    return PreTrainedTokenizerFast(
        tokenizer_object=bpe,
        eos_token="<|im_end|>",
        pad_token="<|endoftext|>",
        padding_side="left",
        model_input_names=["input_ids", "attention_mask"],
    )


def randomise(model, seed, scale=0.3, norm=1):
    """Draws all weights anew, norms and biases too, large enough that every part of the model shows in the logits;
    those of norms are about `norm`."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in sorted(model.named_parameters()):
            noise = torch.randn(parameter.shape, generator=generator)
            parameter.copy_(norm + 0.2 * noise if "norm" in name else scale * noise)
    return model


def rounded(values, digits=6):
    """Numbers of a tensor as nested lists."""
    if isinstance(values, torch.Tensor):
        values = values.tolist()
    return [rounded(v, digits) for v in values] if isinstance(values, list) else round(values, digits)


def write_json(file, entries):
    """One entry a line, so that a change shows as one."""
    lines = [f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in entries.items()]
    file.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
