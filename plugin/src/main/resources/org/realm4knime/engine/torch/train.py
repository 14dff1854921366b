"""Training: gradients of a micro-batch, and the AdamW step.

On a GPU the model is computed in bfloat16 (config.half) with copies of the weights; the weights themselves, the
gradients that are summed up, the loss and the optimizer stay in float32.
"""

from typing import Dict, List, NamedTuple

import torch
from torch import Tensor

from config import config
from layer import SavedLayer, layer_backward, layer_forward, layer_gradients_in_order, normalize, rms_norm_backward
from loss import head_loss, objective_of
from rows import layout_of, rows_of, token_ids
from weights import compute_dtype, weights_of


class Trained(NamedTuple):
    """Tensors that an optimizer changes, with what it keeps of each."""

    parameters: List[Tensor]
    gradients: List[Tensor]
    means: List[Tensor]  # moving average of the gradient
    squares: List[Tensor]  # and of its square


def embedding_backward(ids: Tensor, grad: Tensor) -> Tensor:
    """Return [V, d]: the gradient grad [N, d] of embedded tokens, summed up by token."""
    return torch.ops.aten.embedding_dense_backward(grad, ids, config.vocab_size, -1, False)


def add_embedding_backward(total: Tensor, ids: Tensor, grad: Tensor) -> Tensor:
    """Add, in place, the gradient of embedded tokens to that of the output projection [V, d], the same weight."""
    if ids.numel() < config.vocab_size // 4:
        return total.index_add_(0, ids, grad)
    return total.add_(embedding_backward(ids, grad))


@torch.jit.export
def gradients(
    p: List[Tensor],
    rows: List[Tensor],
    positions: Tensor,
    targets: Tensor,
    terms: Dict[str, Tensor],
    temperature: float,
    rope: Tensor,
    save_memory: bool,
    grad_buffers: List[Tensor],
) -> List[Tensor]:
    """Return the figures of HeadLoss, then the gradient of every trained tensor in the order of p.

    p: the weights and, behind them, adapters, which then alone are trained (weights.py). rows: rows.py. positions
    [n]: of the tokens, among all N, whose successors targets [n] are trained. terms: objective_of in loss.py. rope
    [at least as many positions as a row has, h / 2, 2]: cosine and sine. save_memory: keep only the input of each
    layer and compute it once more on the way back (activation checkpointing, Chen et al. 2016), a third more work for
    a fraction of the memory. grad_buffers: for each trained tensor memory for its gradient, that of an earlier one or
    none [0], so that the system need not give, and clear, it in every step; gradients of norms, of adapters and on a
    GPU are new tensors.
    """
    weights = weights_of(compute_dtype(p), grad_buffers)
    named_rows = rows_of(rows)
    layout = layout_of(named_rows, rope, weights.embedding)
    ids = token_ids(named_rows)
    x = torch.embedding(weights.embedding, ids)
    inputs: List[Tensor] = []
    saved: List[SavedLayer] = []
    for layer in weights.layers:
        if save_memory:
            inputs.append(x)
            x, _ = layer_forward(layer, x, layout)
        else:
            x, saved_layer = layer_forward(layer, x, layout)
            saved.append(saved_layer)
    final = normalize(x.index_select(0, positions))
    head = head_loss(weights, final.y * weights.final_norm, targets, objective_of(terms, temperature))

    grad, grad_final_norm = rms_norm_backward(final, weights.final_norm, head.grad_states, torch.zeros_like(final.y))
    # rows of x that have no loss have no gradient yet
    grad = torch.ops.aten.embedding_dense_backward(grad, positions, ids.numel(), -1, False)
    grad_layers: List[List[Tensor]] = []
    for layer in weights.layers[::-1]:
        if save_memory:
            _, saved_layer = layer_forward(layer, inputs.pop(), layout)
            saved.append(saved_layer)
        grad, grad_layer = layer_backward(layer, saved.pop(), grad, layout)
        grad_layers.append(layer_gradients_in_order(grad_layer))

    ordered: List[Tensor] = []
    if not config.lora:
        if config.tied:
            ordered.append(add_embedding_backward(head.grad_head[0], ids, grad))
        else:
            ordered.append(embedding_backward(ids, grad))
    for grad_layer_in_order in grad_layers[::-1]:
        ordered += grad_layer_in_order
    if not config.lora:
        ordered.append(grad_final_norm)
        if not config.tied:
            ordered += head.grad_head
    trained = p[len(p) - len(ordered) :]
    result = [head.figures]
    for found, tensor in zip(ordered, trained):
        result.append(found.to(tensor))
    return result


@torch.jit.export
def add_gradients(total: List[Tensor], others: List[Tensor]) -> None:
    """Add gradients to the sum of earlier ones, in place."""
    torch._foreach_add_(total, others, alpha=1)


def adamw(
    trained: Trained, steps: Tensor, lr: float, beta1: float, beta2: float, weight_decay: float, eps: float
) -> None:
    """Change the parameters by one AdamW step, the number `steps` []."""
    if len(trained.parameters) > 0:
        torch._fused_adamw_(
            trained.parameters,
            trained.gradients,
            trained.means,
            trained.squares,
            [],
            [steps for _ in trained.parameters],
            lr=lr,
            beta1=beta1,
            beta2=beta2,
            weight_decay=weight_decay,
            eps=eps,
            amsgrad=False,
            maximize=False,
        )


@torch.jit.export
def apply_gradients(
    parameters: List[Tensor],
    gradients: List[Tensor],
    means: List[Tensor],
    squares: List[Tensor],
    steps: Tensor,
    lr: float,
    beta1: float,
    beta2: float,
    weight_decay: float,
    eps: float,
    max_norm: float,
) -> Tensor:
    """Take one AdamW step with the gradients, scaled down in place to the global norm max_norm.

    Only matrices decay. steps [] counts the steps. Returns the norm before clipping, []; if it is not finite, the
    parameters stay as they are.
    """
    norm = torch.stack(torch._foreach_norm(gradients, 2)).norm(2)
    if bool(norm.isfinite()):
        if bool(norm > max_norm):
            torch._foreach_mul_(gradients, max_norm / (norm + 1e-6))
        steps += 1
        matrices = Trained([], [], [], [])
        vectors = Trained([], [], [], [])
        for parameter, gradient, mean, square in zip(parameters, gradients, means, squares):
            group = matrices if parameter.dim() > 1 else vectors
            group.parameters.append(parameter)
            group.gradients.append(gradient)
            group.means.append(mean)
            group.squares.append(square)
        adamw(matrices, steps, lr, beta1, beta2, weight_decay, eps)
        adamw(vectors, steps, lr, beta1, beta2, 0.0, eps)
    return norm


@torch.jit.export
def take_back(
    parameters: List[Tensor],
    means: List[Tensor],
    squares: List[Tensor],
    steps: Tensor,
    lr: float,
    beta1: float,
    beta2: float,
    eps: float,
) -> None:
    """Take back an AdamW step of the learning rate lr, its weight decay aside.

    parameter += lr * mean / (sqrt(square) + eps), both corrected for their bias.
    """
    count = float(steps)
    mean_correction = 1.0 - beta1**count
    root_correction = (1.0 - beta2**count) ** 0.5
    for parameter, mean, square in zip(parameters, means, squares):
        parameter.addcdiv_(mean, square.sqrt() / root_correction + eps, value=lr / mean_correction)
