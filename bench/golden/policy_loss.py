"""GRPO as TRL computes it: completions, advantages, loss, divergence and gradients of one step, by TRL's own trainer.

  policy/, reference/      the models, without tokenizer files of their own
  golden.json              completions with their log-probabilities when they were sampled, rewards, and the cases
  gradient-CASE.safetensors   gradient of the loss for every weight of the policy
"""

import tempfile

import torch
from datasets import Dataset
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM, Qwen2Config
from trl import GRPOConfig, GRPOTrainer

from common import randomise, rounded, tokenizer, write_json

CONFIG = Qwen2Config(vocab_size=104, hidden_size=16, intermediate_size=24, num_hidden_layers=2, num_attention_heads=4,
                     num_key_value_heads=2, max_position_embeddings=64, tie_word_embeddings=True)
PROMPTS = ["Step 1:", "The shop pays for", "A gold member"]
REWARDS = [1.0, 0.0, 0.0, 1.1, 0.1, 0.0, 1.0, 1.0, 0.3, 0.3, 0.3, 0.3]  # four completions a prompt
LONGEST = 10
TEMPERATURE = 0.9
CASES = {
    "grpo": dict(loss_type="grpo", scale_rewards=True, beta=0.0, epsilon=0.2),
    "grpo-kl": dict(loss_type="grpo", scale_rewards=True, beta=0.04, epsilon=0.2),
    "bnpo": dict(loss_type="bnpo", scale_rewards=True, beta=0.0, epsilon=0.2, epsilon_high=0.28),
    "bnpo-kl": dict(loss_type="bnpo", scale_rewards=False, beta=0.1, epsilon=0.1, epsilon_high=0.3),
    "dr-grpo": dict(loss_type="dr_grpo", scale_rewards=False, beta=0.0, epsilon=0.2),
    "dr-grpo-kl": dict(loss_type="dr_grpo", scale_rewards=False, beta=0.04, epsilon=0.2, epsilon_high=0.28),
}


def make(folder):
    policy = randomise(AutoModelForCausalLM.from_config(CONFIG), seed=51, scale=0.25)
    policy.save_pretrained(folder / "policy")
    noisy(policy, 0.06, seed=52).save_pretrained(folder / "reference")
    for model in ("policy", "reference"):
        tokenizer().save_pretrained(folder / model)
        (folder / model / "special_tokens_map.json").unlink()
    results = [run(name, case, folder) for name, case in CASES.items()]
    inputs = results[0][0]
    assert all(torch.equal(inputs["completion_ids"], other["completion_ids"]) for other, _ in results)
    write_json(folder / "golden.json", {
        "longestCompletion": LONGEST,
        "temperature": TEMPERATURE,
        "groupSize": len(REWARDS) // len(PROMPTS),
        "rewards": REWARDS,
        "prompts": kept(inputs["prompt_ids"], inputs["prompt_mask"]),
        "completions": kept(inputs["completion_ids"], inputs["completion_mask"]),
        "oldLogProbs": kept(inputs["old_per_token_logps"], inputs["completion_mask"], digits=9),
        "completionDivergences": divergences(folder, inputs),
        "cases": [case for _, case in results],
    })


def run(name, case, folder):
    """One step of TRL's trainer: completions by an older policy, then the loss of the present one."""
    trainer = trainer_of(case, folder / "policy")
    trainer.ref_model = load(folder / "reference") if case["beta"] else None
    trainer.model.train()
    trainer.model.load_state_dict(noisy(load(folder / "policy"), 0.03, seed=53).state_dict())
    torch.manual_seed(108)  # three completions end early
    group = len(REWARDS) // len(PROMPTS)
    inputs = trainer._generate_and_score_completions([{"prompt": p} for p in PROMPTS for _ in range(group)])
    trainer.model.load_state_dict(load(folder / "policy").state_dict())
    loss = trainer._compute_loss(trainer.model, inputs)
    loss.backward()
    gradients = {n: p.grad.contiguous() for n, p in trainer.model.named_parameters()}
    save_file(gradients, folder / f"gradient-{name}.safetensors", metadata={"format": "pt"})
    metrics = trainer._metrics["train"]
    return inputs, {
        "name": name,
        "lossType": case["loss_type"],
        "scaleRewards": case["scale_rewards"],
        "beta": case["beta"],
        "clipLow": case["epsilon"],
        "clipHigh": case.get("epsilon_high", case["epsilon"]),
        "advantages": rounded(inputs["advantages"], 8),
        "loss": loss.item(),
        "divergence": metrics["kl"][0] if case["beta"] else 0.0,
        "clipShare": metrics["clip_ratio/region_mean"][0],
    }


def trainer_of(case, directory):
    settings = GRPOConfig(
        output_dir=tempfile.mkdtemp(), use_cpu=True, report_to=[], per_device_train_batch_size=len(REWARDS),
        num_generations=len(REWARDS) // len(PROMPTS), num_iterations=2, max_completion_length=LONGEST,
        temperature=TEMPERATURE, **case)
    return GRPOTrainer(
        model=load(directory), processing_class=tokenizer(), args=settings,
        train_dataset=Dataset.from_dict({"prompt": PROMPTS}),
        reward_funcs=lambda completions, **_: REWARDS)


def load(directory):
    return AutoModelForCausalLM.from_pretrained(directory, torch_dtype=torch.float32)


def noisy(model, scale, seed):
    """The model with other weights nearby, so that probabilities differ and some ratios are clipped."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for _, parameter in sorted(model.named_parameters()):
            parameter.add_(scale * torch.randn(parameter.shape, generator=generator))
    return model


@torch.no_grad()
def divergences(folder, inputs):
    """TRL's k3 summed over each completion."""
    trainer = trainer_of(CASES["grpo-kl"], folder / "policy")
    ids = torch.cat([inputs["prompt_ids"], inputs["completion_ids"]], 1)
    mask = torch.cat([inputs["prompt_mask"], inputs["completion_mask"]], 1)
    tokens = inputs["completion_ids"].shape[1]
    now, reference = (trainer._get_per_token_logps(load(folder / m), ids, mask, tokens) for m in ("policy", "reference"))
    k3 = torch.exp(reference - now) - (reference - now) - 1
    return rounded((k3 * inputs["completion_mask"]).sum(1))


def kept(values, mask, digits=0):
    """The rows without padding."""
    return [[round(v, digits) if digits else v for v, m in zip(row, kept_here) if m]
            for row, kept_here in zip(values.tolist(), mask.tolist())]
