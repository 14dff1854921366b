"""Tiny random models of each architecture as Hugging Face directories, with what transformers computes for them.

In each folder beside the model's files:
  golden.json                 token ids of texts, logits, log-probabilities, greedy continuations, losses of AdamW steps
  after-step.safetensors      the weights after the first AdamW step
"""

import shutil
from copy import deepcopy

import torch
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM, LlamaConfig, Qwen2Config, Qwen3Config

from common import CORPUS, randomise, rounded, tokenizer, write_json

SIZES = dict(
    vocab_size=104,  # more than the tokenizer has, as in Qwen
    hidden_size=32,
    intermediate_size=48,
    num_hidden_layers=2,
    num_attention_heads=4,
    num_key_value_heads=2,
    max_position_embeddings=128,
)
LLAMA3 = dict(rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
              original_max_position_embeddings=32)
CONFIGS = {
    "llama": LlamaConfig(**SIZES, tie_word_embeddings=False, rms_norm_eps=1e-5),
    "smollm2": LlamaConfig(**SIZES, tie_word_embeddings=True, rope_theta=100_000.0, rms_norm_eps=1e-5),
    "llama3": LlamaConfig(**SIZES, tie_word_embeddings=True, rope_theta=500_000.0, rope_scaling=LLAMA3),
    "qwen2": Qwen2Config(**SIZES, tie_word_embeddings=True, rope_theta=1_000_000.0, use_sliding_window=False),
    "qwen3": Qwen3Config(**SIZES, head_dim=16, tie_word_embeddings=False, rope_theta=1_000_000.0),
    "llama-linear-f16": LlamaConfig(**SIZES, rope_scaling=dict(rope_type="linear", factor=4.0)),
    "qwen2-sharded-bf16": Qwen2Config(**SIZES, tie_word_embeddings=False),
}
ON_DISK = {"llama-linear-f16": torch.float16, "qwen2-sharded-bf16": torch.bfloat16}
PROMPTS = ["A gold member returns a laptop", "Step 1:", "Who pays for the return of a damaged phone? The", "48 / 2 ="]
NEW_TOKENS = 24
# The first step is lr * g / (|g| + eps). Gradients that are nearly zero by symmetry, such as those of the key bias on slowly
# rotating pairs, consist of rounding, and a small eps would blow that up to a full step.
ADAMW = dict(lr=1e-3, betas=(0.9, 0.95), eps=1e-5)
WEIGHT_DECAY = 0.1
MAX_NORM = 1.0


def make(folder):
    for seed, (name, config) in enumerate(CONFIGS.items(), start=1):
        write(folder / name, config, seed, tokenizer(), CORPUS)


def write(directory, config, seed, text_tokenizer, texts, norm=1):
    name = directory.name
    shutil.rmtree(directory, ignore_errors=True)
    model = randomise(AutoModelForCausalLM.from_config(config), seed, norm=norm)
    write_model(directory, model, text_tokenizer, ON_DISK.get(name, torch.float32), "20KB" if "sharded" in name else "1GB")
    # read again, so that the expected values are those of the numbers on disk
    model = AutoModelForCausalLM.from_pretrained(directory).to(torch.float32).eval()
    entries = {"texts": texts, "ids": [text_tokenizer(text, add_special_tokens=False)["input_ids"] for text in texts]}
    entries |= forward_pass(model, entries["ids"])
    entries |= greedy(model, text_tokenizer, directory)
    if name not in ON_DISK:
        entries |= training(model, entries["ids"], directory)
    write_json(directory / "golden.json", entries)


def write_model(directory, model, text_tokenizer, dtype, shard_size):
    deepcopy(model).to(dtype).save_pretrained(directory, max_shard_size=shard_size)
    text_tokenizer.save_pretrained(directory)
    (directory / "special_tokens_map.json").unlink(missing_ok=True)


@torch.no_grad()
def forward_pass(model, rows):
    """Logits at the last positions of the longest text, beyond the length of Llama 3's first training, and the
    log-probability of every token of every text."""
    longest = max(range(len(rows)), key=lambda row: len(rows[row]))
    logits = model(torch.tensor([rows[longest]])).logits[0]
    log_probs = []
    for row in rows:
        ids = torch.tensor([row])
        all_log_probs = model(ids).logits[0, :-1].log_softmax(-1)
        log_probs.append(rounded(all_log_probs.gather(1, ids[0, 1:, None])[:, 0]))
    return {"logitsRow": longest, "logitsFrom": len(rows[longest]) - 4, "logits": rounded(logits[-4:]),
            "logProbs": log_probs}


def greedy(model, text_tokenizer, directory):
    """Continuations of a batch padded on the left. generation_config.json gets two end tokens: the tokenizer's and one
    that a continuation really meets."""
    batch = text_tokenizer(PROMPTS, return_tensors="pt", padding=True, add_special_tokens=False)
    start = batch["input_ids"].shape[1]
    free = continue_greedily(model, batch, text_tokenizer.eos_token_id)
    ends = [text_tokenizer.eos_token_id, free.sequences[1, start + 5].item()]
    model.generation_config.eos_token_id = ends
    model.generation_config.pad_token_id = text_tokenizer.pad_token_id
    model.generation_config.save_pretrained(directory)
    result = continue_greedily(model, batch, ends)
    completions = [until_end(row[start:].tolist(), ends) for row in result.sequences]
    steps = torch.stack(result.logits, 1)  # [prompts, tokens, vocabulary]
    log_probs = steps.log_softmax(-1)
    best = steps.topk(2, -1).values
    margin = min((best[i, t, 0] - best[i, t, 1]).item() for i, c in enumerate(completions) for t in range(len(c)))
    if margin < 2e-4:
        raise SystemExit(f"{directory.name}: two tokens are nearly equally likely ({margin}); choose another seed")
    return {
        "prompts": PROMPTS,
        "newTokens": NEW_TOKENS,
        "stopIds": ends,
        "completions": completions,
        "completionLogProbs": [[round(log_probs[i, t, token].item(), 6) for t, token in enumerate(c)]
                               for i, c in enumerate(completions)],
    }


def continue_greedily(model, batch, ends):
    return model.generate(**batch, do_sample=False, max_new_tokens=NEW_TOKENS, eos_token_id=ends, pad_token_id=0,
                          return_dict_in_generate=True, output_logits=True)


def until_end(tokens, ends):
    """The tokens up to the first end token, which is kept."""
    at = next((i for i, token in enumerate(tokens) if token in ends), len(tokens))
    return tokens[:at + 1]


def training(model, rows, directory):
    """Three AdamW steps on the cross-entropy of all texts, their first 4 tokens being the prompt. The gradient is clipped
    and only matrices decay. The losses after the first step show that the moments are right too."""
    groups = [
        {"params": [p for p in model.parameters() if p.dim() > 1], "weight_decay": WEIGHT_DECAY},
        {"params": [p for p in model.parameters() if p.dim() == 1], "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups, **ADAMW)
    losses, norms = [], []
    for step in range(3):
        optimizer.zero_grad()
        loss = completion_loss(model, rows)
        loss.backward()
        norms.append(torch.nn.utils.clip_grad_norm_(model.parameters(), MAX_NORM).item())
        losses.append(loss.item())
        optimizer.step()
        if step == 0:
            tied = model.config.tie_word_embeddings
            save_file({name: tensor.contiguous() for name, tensor in model.state_dict().items()
                       if not (tied and name == "lm_head.weight")},
                      directory / "after-step.safetensors", metadata={"format": "pt"})
    return {
        "promptLength": 4,
        "optimizer": {"learningRate": ADAMW["lr"], "beta1": ADAMW["betas"][0], "beta2": ADAMW["betas"][1],
                      "epsilon": ADAMW["eps"], "weightDecay": WEIGHT_DECAY, "maxNorm": MAX_NORM},
        "losses": losses,
        "gradientNorms": norms,
    }


def completion_loss(model, rows):
    """Mean over all tokens after the prompts."""
    total, tokens = 0, 0
    for row in rows:
        ids = torch.tensor([row])
        log_probs = model(ids).logits[0, :-1].log_softmax(-1).gather(1, ids[0, 1:, None])[3:]
        total, tokens = total - log_probs.sum(), tokens + log_probs.numel()
    return total / tokens
