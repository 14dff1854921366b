"""Training: gradients of a micro-batch, and the AdamW step.

On a GPU the model is computed in bfloat16 (config.half) with copies of the weights; the weights themselves, the
gradients that are summed up, the loss and the optimizer stay in float32.
"""

from typing import Dict, List, NamedTuple, Tuple

import torch
from torch import Tensor

from config import config
from decoder import embed, embedding_scale
from layer import SavedLayer, layer_backward, layer_forward, layer_gradients_in_order, normalize, rms_norm_backward
from loss import head_loss, objective_of
from rows import Layout, layout_of, rows_of, token_ids
from weights import Weights, in_compute_dtype, weights_of


class SavedLayers(NamedTuple):
    """What the backward pass needs of all layers: their inputs, or what each of them saved."""

    inputs: List[Tensor]  # [N, d] each; empty unless memory is saved
    saved: List[SavedLayer]  # empty if memory is saved


class Trained(NamedTuple):
    """Tensors that an optimizer changes, with what it keeps of each."""

    parameters: List[Tensor]
    gradients: List[Tensor]
    means: List[Tensor]  # moving average of the gradient
    squares: List[Tensor]  # and of its square


def rows_backward(grad: Tensor, chosen: Tensor, rows: int) -> Tensor:
    """Go back through choosing rows, chosen [n], of a matrix: grad [n, d], summed up by row -> [rows, d]."""
    return torch.ops.aten.embedding_dense_backward(grad, chosen, rows, -1, False)


def add_embedding_backward(total: Tensor, ids: Tensor, grad: Tensor) -> Tensor:
    """Add the gradient grad [N, d] of embedded tokens ids [N] to that of the embedding [V, d], in place."""
    if ids.numel() < config.vocab_size // 4:
        return total.index_add_(0, ids, grad)
    return total.add_(rows_backward(grad, ids, config.vocab_size))


def gradients_in_order(
    ids: Tensor, grad: Tensor, of_layers: List[Tensor], of_final_norm: Tensor, of_head: List[Tensor]
) -> List[Tensor]:
    """Return the gradients of what is trained, in the order of p; grad [N, d] is that of the tokens ids [N]."""
    if config.lora:
        return of_layers
    if config.scaled_embedding:
        grad = grad * embedding_scale(grad)
    if config.tied:
        return [add_embedding_backward(of_head[0], ids, grad)] + of_layers + [of_final_norm]
    return [rows_backward(grad, ids, config.vocab_size)] + of_layers + [of_final_norm] + of_head


def layers_forward(weights: Weights, x: Tensor, layout: Layout, save_memory: bool) -> Tuple[Tensor, SavedLayers]:
    """Return x [N, d] after all layers, and what layers_backward needs."""
    inputs: List[Tensor] = []
    saved: List[SavedLayer] = []
    for layer in weights.layers:
        if save_memory:
            inputs.append(x)
            x, _ = layer_forward(layer, x, layout)
        else:
            x, saved_layer = layer_forward(layer, x, layout)
            saved.append(saved_layer)
    return x, SavedLayers(inputs, saved)


def layers_backward(weights: Weights, kept: SavedLayers, grad: Tensor, layout: Layout) -> Tuple[Tensor, List[Tensor]]:
    """Return the gradients of the layers' input [N, d] and of their weights, in the order of p; empties `kept`."""
    last_first: List[List[Tensor]] = []
    for layer in weights.layers[::-1]:
        if len(kept.inputs) > 0:
            _, saved_layer = layer_forward(layer, kept.inputs.pop(), layout)
            kept.saved.append(saved_layer)
        grad, layer_gradients = layer_backward(layer, kept.saved.pop(), grad, layout)
        last_first.append(layer_gradients_in_order(layer_gradients))
    ordered: List[Tensor] = []
    for of_layer in last_first[::-1]:
        ordered += of_layer
    return grad, ordered


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
    """Return the figures [4] of the loss (LogitsLoss in loss.py), then the gradient of every trained tensor of p.

    Args:
        p: the weights and, behind them, adapters, which then alone are trained (weights.py)
        rows: the sequences (rows.py)
        positions: [n], the tokens, among all N, whose next ones are trained
        targets: [n], these next tokens
        terms: the terms of the loss (objective_of in loss.py)
        temperature: what logits are divided by
        rope: [at least as many positions as a sequence has, kinds h / 2, 2], cosine and sine
        save_memory: keep only the input of each layer and compute it once more on the way back (activation
            checkpointing, Chen et al. 2016), a third more work for a fraction of the memory
        grad_buffers: for each trained tensor memory for its gradient, that of an earlier one or none [0], so that the
            system need not give, and clear, it in every step; gradients of norms, of adapters and on a GPU are new
    """
    weights = weights_of(in_compute_dtype(p), grad_buffers)
    named_rows = rows_of(rows)
    layout = layout_of(named_rows, rope, weights.embedding)
    ids = token_ids(named_rows)
    x, kept = layers_forward(weights, embed(weights.embedding, ids), layout, save_memory)
    final = normalize(x.index_select(0, positions))
    head = head_loss(weights, final.y * weights.final_norm, targets, objective_of(terms, temperature))

    grad, grad_final_norm = rms_norm_backward(final, weights.final_norm, head.grad_h, torch.zeros_like(final.y))
    grad = rows_backward(grad, positions, ids.numel())
    grad, of_layers = layers_backward(weights, kept, grad, layout)
    ordered = gradients_in_order(ids, grad, of_layers, grad_final_norm, head.grad_head)
    trained = p[len(p) - len(ordered) :]
    result = [head.figures]
    for gradient, tensor in zip(ordered, trained):
        result.append(gradient.to(tensor))
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
