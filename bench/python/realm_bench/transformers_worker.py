"""The peers on PyTorch: transformers in eager mode, with PEFT where an adapter is trained, and TRL's GRPOTrainer."""

import dataclasses
import re
import tempfile
import time

import torch
import transformers
from transformers import AutoModelForCausalLM, AutoTokenizer

from realm_bench.serving import serve

PAD, EOS, FIRST_WORD = 0, 1, 2
RATE = 1e-9  # of GRPO, on both sides: texts stay as long as they were, which at 1e-6 they do not at 135M
_last = {}


def describe():
    import trl

    return {"torch": torch.__version__, "transformers": transformers.__version__, "trl": trl.__version__}


def _read(folder, attention):
    # transformers 5 calls it dtype
    precision = "dtype" if int(transformers.__version__.split(".")[0]) >= 5 else "torch_dtype"
    return AutoModelForCausalLM.from_pretrained(folder, attn_implementation=attention, **{precision: torch.float32})


def _lora(rank):
    from peft import LoraConfig

    return LoraConfig(r=rank, lora_alpha=2 * rank, target_modules="all-linear", task_type="CAUSAL_LM")


def _shared(folder, attention):
    """The last model read, so that repeated generations do not read it again."""
    if _last.get("key") != (folder, attention):
        _last.clear()
        _last.update(key=(folder, attention), model=_read(folder, attention).eval())
    return _last["model"]


def train(folder, batch, length, warmup, steps, attention, rank=None):
    """Seconds of each step: forward and backward pass, clipping, AdamW; every token but the first is trained."""
    torch.manual_seed(1)
    model = _read(folder, attention).train()
    if rank:
        from peft import get_peft_model

        model = get_peft_model(model, _lora(rank))
    trained = [weight for weight in model.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=1e-5, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01, fused=True)
    seconds = []
    for step in range(warmup + steps):
        ids = torch.randint(FIRST_WORD, model.config.vocab_size, (batch, length))
        start = time.perf_counter()
        model(input_ids=ids, labels=ids, use_cache=False).loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        if step >= warmup:
            seconds.append(time.perf_counter() - start)
    return {"seconds": seconds}


@torch.inference_mode()
def generate(folder, batch, prompt, new, warmup, repeats, attention):
    """Seconds of each generation at temperature 1, prompt included; tokens written by one."""
    model = _shared(folder, attention)
    seconds = []
    tokens = 0
    for run in range(warmup + repeats):
        torch.manual_seed(run)
        ids = torch.randint(FIRST_WORD, model.config.vocab_size, (batch, prompt))
        start = time.perf_counter()
        written = model.generate(
            input_ids=ids,
            attention_mask=torch.ones_like(ids),
            max_new_tokens=new,
            do_sample=True,
            temperature=1.0,
            top_k=0,
            top_p=1.0,
            pad_token_id=PAD,
        )
        if run >= warmup:
            seconds.append(time.perf_counter() - start)
        tokens = written[:, prompt:].numel()
    return {"seconds": seconds, "tokens": tokens}


@torch.inference_mode()
def greedy(folder, text, new):
    tokenizer = AutoTokenizer.from_pretrained(folder)
    ids = tokenizer(text, return_tensors="pt", add_special_tokens=False).input_ids
    written = _shared(folder, "sdpa").generate(
        input_ids=ids, attention_mask=torch.ones_like(ids), max_new_tokens=new, do_sample=False, pad_token_id=PAD
    )[0, ids.shape[1] :]
    return {"tokens": written.tolist(), "text": tokenizer.decode(written, skip_special_tokens=True)}


def encode(folder, text):
    return {"tokens": AutoTokenizer.from_pretrained(folder)(text, add_special_tokens=False).input_ids}


def decode(folder, tokens):
    return {"text": AutoTokenizer.from_pretrained(folder).decode(tokens, skip_special_tokens=True)}


def even_at_the_end(text):
    """The reward that the engine is given too: whether the last word is an even number, where the text has an end."""
    return float(re.fullmatch(r".*[02468]", text.strip()) is not None)


def grpo(folder, prompts, group, prompt, new, warmup, steps, attention):
    """Seconds of each whole step of TRL's GRPOTrainer: rollout, reward, update."""
    from datasets import Dataset
    from trl import GRPOConfig, GRPOTrainer

    tokenizer = AutoTokenizer.from_pretrained(folder, padding_side="left")
    model = _read(folder, attention)
    generator = torch.Generator().manual_seed(1)
    words = torch.randint(FIRST_WORD, model.config.vocab_size, (64, prompt), generator=generator)
    texts = [" ".join(f"w{word}" for word in row) for row in words.tolist()]
    clock = _StepClock()
    judged = []

    def reward(completions, completion_ids, **_):
        for text, ids in zip(completions, completion_ids):
            ended = len(ids) < new or ids[-1] == EOS
            judged.append((len(text.split()), ended * even_at_the_end(text)))
        return [right for _, right in judged[-len(completions) :]]

    with tempfile.TemporaryDirectory() as output:
        # TRL cut prompts off, and would compute activations twice, unless told otherwise; later it does not cut
        known = {field.name for field in dataclasses.fields(GRPOConfig)}
        uncut = {"max_prompt_length": None} if "max_prompt_length" in known else {}
        settings = GRPOConfig(
            output_dir=output,
            gradient_checkpointing=False,
            **uncut,
            use_cpu=True,
            bf16=False,
            max_steps=warmup + steps,
            per_device_train_batch_size=prompts * group,
            num_generations=group,
            max_completion_length=new,
            temperature=1.0,
            beta=0.0,
            epsilon=0.2,
            loss_type="bnpo",
            learning_rate=RATE,
            lr_scheduler_type="constant",
            optim="adamw_torch_fused",
            weight_decay=0.01,
            max_grad_norm=1.0,
            logging_strategy="no",
            save_strategy="no",
            report_to="none",
            disable_tqdm=True,
            seed=1,
        )
        trainer = GRPOTrainer(
            model=model,
            reward_funcs=reward,
            args=settings,
            train_dataset=Dataset.from_dict({"prompt": texts}),
            processing_class=tokenizer,
            callbacks=[clock],
        )
        trainer.remove_callback(transformers.PrinterCallback)
        trainer.train()
    return {
        "seconds": clock.seconds[warmup:],
        "length": sum(length for length, _ in judged) / len(judged),
        "reward": sum(right for _, right in judged) / len(judged),
    }


class _StepClock(transformers.TrainerCallback):
    def __init__(self):
        self.seconds = []
        self._start = None

    def on_train_begin(self, *_, **__):
        self._start = time.perf_counter()

    def on_step_end(self, *_, **__):
        now = time.perf_counter()
        self.seconds.append(now - self._start)
        self._start = now


if __name__ == "__main__":
    serve({f.__name__: f for f in (describe, train, generate, greedy, encode, decode, grpo)})
