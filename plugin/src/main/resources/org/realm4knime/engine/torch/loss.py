"""Losses of the tokens that are trained, with their gradients by formula.

A loss is a sum over n tokens of f(log p(target)), p the softmax of the logits z / temperature. Its gradient is

    d loss / d z = f'(log p) / temperature * (onehot(target) - p),

so the logits need no graph: they are made, used and dropped for a few tokens at a time, which is faster and, with a
vocabulary of 50,000, saves most of a step's memory.

Weights of tokens contain the factor 1 / what the step's loss is divided by, so that losses and gradients of
micro-batches add up to those of the step.
"""

from typing import Dict, List, NamedTuple, Optional

import torch
from torch import Tensor

from config import config
from decoder import embed, linear, rms_norm, to_float32
from layer import layer_forward, weight_gradient
from rows import Rows, layout_of, rows_of, token_ids
from weights import Projection, Weights, in_compute_dtype, weights_of


class Policy(NamedTuple):
    """What policy_loss needs of each token."""

    weight: Tensor  # [n]
    advantage: Tensor  # [n]
    old_log_p: Tensor  # [n], log-probability when the token was sampled
    shaping: Tensor  # [n], gamma above 0 for a token of an external route; 0 for one that was sampled
    clip_low: float
    clip_high: float
    divergence: Optional[Tensor]  # [n], weight of the divergence from a reference model; None for none
    reference_log_p: Optional[Tensor]  # [n], log-probability under that model


class Teacher(NamedTuple):
    """A teacher whose distribution takes the target's place in part of a token's loss."""

    share: Tensor  # [n], that part, in [0, 1]
    states: Tensor  # [n, e], the teacher's last hidden states
    head: Tensor  # [V, e], its output projection


class Objective(NamedTuple):
    """The terms of the loss, which is the sum of those that are there."""

    temperature: float
    cross_entropy: Optional[Tensor]  # [n], weight of -log p
    policy: Optional[Policy]
    teacher: Optional[Teacher]


class TokenLoss(NamedTuple):
    """The loss of some tokens, with its derivative by their log-probability."""

    loss: Tensor  # [n]
    grad_log_p: Tensor  # [n]
    clipped: Tensor  # [], number of tokens whose ratio was clipped
    k3: Tensor  # [], its sum over the tokens, in nats


class LogitsLoss(NamedTuple):
    """The loss of some tokens, with its gradient by their logits."""

    figures: Tensor  # [4], sums over tokens: loss, entropy in nats, clipped tokens, k3 in nats
    grad_logits: Tensor  # [n, V]


class HeadLoss(NamedTuple):
    """The loss of a micro-batch, with its gradients by the last states and by the output projection."""

    figures: Tensor  # [4], as in LogitsLoss
    grad_h: Tensor  # [n, d]
    grad_head: List[Tensor]  # gradient of the output projection [V, d]; empty if adapters are trained


def objective_of(terms: Dict[str, Tensor], temperature: float) -> Objective:
    """Name the terms that Java passes: those of one kind of loss, or of several."""
    policy: Optional[Policy] = None
    if "policy" in terms:
        policy = Policy(
            weight=terms["policy"],
            advantage=terms["advantage"],
            old_log_p=terms["old_log_p"],
            shaping=terms["shaping"],
            clip_low=float(terms["clip_low"]),
            clip_high=float(terms["clip_high"]),
            divergence=terms.get("divergence"),
            reference_log_p=terms.get("reference_log_p"),
        )
    teacher: Optional[Teacher] = None
    if "teacher_share" in terms:
        teacher = Teacher(terms["teacher_share"], terms["teacher_states"], terms["teacher_head"])
    return Objective(temperature, terms.get("cross_entropy"), policy, teacher)


def slice_if_there(x: Optional[Tensor], start: int, end: int) -> Optional[Tensor]:
    """Return x[start:end] of x [n], or None if there is no x."""
    return x[start:end] if x is not None else None


def slice_objective(objective: Objective, start: int, end: int) -> Objective:
    """Return the terms of the tokens from start to end."""
    policy = objective.policy
    if policy is not None:
        policy = Policy(
            weight=policy.weight[start:end],
            advantage=policy.advantage[start:end],
            old_log_p=policy.old_log_p[start:end],
            shaping=policy.shaping[start:end],
            clip_low=policy.clip_low,
            clip_high=policy.clip_high,
            divergence=slice_if_there(policy.divergence, start, end),
            reference_log_p=slice_if_there(policy.reference_log_p, start, end),
        )
    teacher = objective.teacher
    if teacher is not None:
        teacher = Teacher(teacher.share[start:end], teacher.states[start:end], teacher.head)
    cross_entropy = slice_if_there(objective.cross_entropy, start, end)
    return Objective(objective.temperature, cross_entropy, policy, teacher)


def hidden_states(weights: Weights, rows: Rows, positions: Tensor, rope: Tensor) -> Tensor:
    """Return the states after the final norm at `positions` [n] among all N, which predict the next tokens, [n, d]."""
    layout = layout_of(rows, rope, weights.embedding)
    x = embed(weights.embedding, token_ids(rows))
    for layer in weights.layers:
        x, _ = layer_forward(layer, x, layout)
    return rms_norm(x.index_select(0, positions), weights.final_norm)


def log_probs(head: Projection, h: Tensor, temperature: float) -> Tensor:
    """Return the log-probabilities of all tokens after the states h [n, d], in nats, [n, V]."""
    logits = to_float32(linear(h, head.weight))
    if temperature != 1.0:
        logits = logits / temperature
    return logits.log_softmax(-1)


@torch.jit.export
def token_log_probs(
    p: List[Tensor], rows: List[Tensor], positions: Tensor, targets: Tensor, rope: Tensor, temperature: float
) -> Tensor:
    """Return the log-probability of each target, in nats, [n]; arguments as in train.py."""
    weights = weights_of(in_compute_dtype(p), [])
    h = hidden_states(weights, rows_of(rows), positions, rope)
    found: List[Tensor] = []
    for start in range(0, h.size(0), config.logit_rows):
        end = start + config.logit_rows
        target = targets[start:end].unsqueeze(1)
        found.append(log_probs(weights.head, h[start:end], temperature).gather(1, target).squeeze(1))
    return torch.cat(found)


@torch.jit.export
def teacher_states(
    p: List[Tensor], rows: List[Tensor], positions: Tensor, places: Tensor, into: Tensor, rope: Tensor
) -> None:
    """Write the states of a teacher, who has tokens in rows of its own, to a student's `places` in into [n, e]."""
    weights = weights_of(in_compute_dtype(p), [])
    into.index_copy_(0, places, to_float32(hidden_states(weights, rows_of(rows), positions, rope)))


def policy_loss(log_p: Tensor, policy: Policy) -> TokenLoss:
    """Return the clipped policy loss of GRPO, or for external routes the shaped one; log_p [n].

    A sampled token: -min(r A, clip(r, 1 - low, 1 + high) A) + divergence * k3 with r = p / p_old, A the
    advantage, and k3 = q - log q - 1 with q = p_reference / p (Schulman 2020): never negative, and an unbiased
    estimate of KL(p || p_reference). Where the clipped term is the smaller one, it is constant.

    A token of an external route, whose log-probability when it was written is not known: -f(p) A with f(p) = p / (p +
    gamma) in place of the ratio (LUFFY, Yan et al. 2025), without clip and divergence. As d f / d log p = f (1 - f),
    tokens that the policy finds unlikely weigh more than by p itself.
    """
    # every token as if it had been sampled; those of external routes are replaced below
    ratio = (log_p - policy.old_log_p).exp()
    free = ratio * policy.advantage
    clipped = ratio.clamp(1 - policy.clip_low, 1 + policy.clip_high) * policy.advantage
    is_clipped = clipped < free
    loss = -torch.minimum(free, clipped)
    grad_log_p = -free.masked_fill(is_clipped, 0.0)

    external = policy.shaping > 0
    k3_sum = log_p.new_zeros([])
    divergence, reference_log_p = policy.divergence, policy.reference_log_p
    if divergence is not None and reference_log_p is not None:
        log_q = reference_log_p - log_p
        q = log_q.exp()
        k3 = q - log_q - 1
        loss += divergence * k3
        grad_log_p -= divergence * (q - 1)
        k3_sum = k3.masked_fill(external, 0.0).sum()

    p = log_p.exp()
    f = p / (p + policy.shaping)
    gain = f * policy.advantage
    loss = torch.where(external, -gain, loss)
    grad_log_p = torch.where(external, gain * (f - 1), grad_log_p)
    clipped_tokens = (is_clipped & ~external).sum().to(loss)
    return TokenLoss(loss * policy.weight, grad_log_p * policy.weight, clipped_tokens, k3_sum)


def token_loss(log_p: Tensor, objective: Objective) -> TokenLoss:
    """Return the loss of tokens by their log-probability log_p [n]: cross-entropy, policy loss, or both."""
    policy = objective.policy
    weight = objective.cross_entropy
    if policy is None:
        assert weight is not None, "An objective has cross_entropy, policy or both."
        zero = log_p.new_zeros([])
        return TokenLoss(-log_p * weight, -weight, zero, zero)
    found = policy_loss(log_p, policy)
    if weight is not None:
        found = TokenLoss(found.loss - log_p * weight, found.grad_log_p - weight, found.clipped, found.k3)
    return found


def logits_loss(log_p: Tensor, target: Tensor, objective: Objective) -> LogitsLoss:
    """Return the loss of tokens, with log_p [n, V] the log-probabilities of all tokens and target [n, 1]."""
    token = token_loss(log_p.gather(1, target).squeeze(1), objective)
    loss = token.loss
    p = log_p.exp()
    entropy = -torch.dot(p.flatten(), log_p.flatten())

    # d loss / d logits = grad_log_p / temperature * (onehot(target) - p), in the memory of p
    grad_target = (token.grad_log_p / objective.temperature).unsqueeze(1).to(p)
    grad_logits = p.mul_(-grad_target)
    teacher = objective.teacher
    if teacher is None:
        grad_logits.scatter_add_(1, target, grad_target)
    else:
        # onehot(target) becomes (1 - share) onehot(target) + share q, with q the teacher's distribution; the loss
        # likewise, its weight being -grad_log_p
        share = teacher.share.unsqueeze(1)
        q = (teacher.states @ teacher.head.t()).softmax(-1)
        grad_logits.scatter_add_(1, target, grad_target * (1 - share))
        grad_logits.addcmul_(q, grad_target * share)
        cross_entropy = -(q * log_p).sum([-1])
        loss = loss - teacher.share * (loss + token.grad_log_p * cross_entropy)
    figures = torch.stack([loss.sum(), entropy, token.clipped, token.k3])
    return LogitsLoss(figures, grad_logits)


def head_loss(weights: Weights, h: Tensor, targets: Tensor, objective: Objective) -> HeadLoss:
    """Return the loss of targets [n] after the final norm's states h [n, d], a few tokens at a time."""
    head = weights.head
    figures = to_float32(h.new_zeros([4]))
    grad_h: List[Tensor] = []
    grad_head: List[Tensor] = []
    for start in range(0, h.size(0), config.logit_rows):
        end = start + config.logit_rows
        h_chunk = h[start:end]
        target = targets[start:end].unsqueeze(1)
        log_p = log_probs(head, h_chunk, objective.temperature)
        chunk = logits_loss(log_p, target, slice_objective(objective, start, end))
        figures += chunk.figures
        grad_logits = chunk.grad_logits.to(h)
        grad_h.append(grad_logits @ head.weight)
        if not config.lora:
            if start == 0:
                grad_head.append(weight_gradient(head, h_chunk, grad_logits))
            else:
                grad_head[0].addmm_(grad_logits.t(), h_chunk)
    return HeadLoss(figures, torch.cat(grad_h), grad_head)
