"""A decoder layer for training, forward and backward.

The backward pass is written out: PyTorch's own needs twice the time for all that is no matrix product, and keeps
more. A function x_backward takes d loss / d result of x and returns d loss / d input. x [N, d] are the states of all
tokens of a micro-batch.
"""

from typing import List, NamedTuple, Optional, Tuple

import torch
from torch import Tensor

from attention import SavedAttention, attention, attention_backward
from config import config
from decoder import activate, apply_rope, project, to_float32
from lora import add_adapter, add_adapter_backward
from rows import Layout
from weights import Layer, Projection


class Normalized(NamedTuple):
    """The result of normalize, which is what its backward pass needs."""

    y: Tensor  # x / rms(x), as x
    rstd: Tensor  # 1 / rms(x), [..., 1]


class SavedLayer(NamedTuple):
    """What the backward pass needs of a layer."""

    attention_input: Normalized  # [N, d]
    qk: Optional[Normalized]  # queries and keys before their norm, [N, H + K, h]
    attention: SavedAttention
    attention_result: Tensor  # [N, H h]
    attention_output: Optional[Normalized]  # before its post-norm, [N, d]
    mlp_input: Normalized  # [N, d]
    gate_up: Tensor  # [N, 2 I]
    mlp_output: Optional[Normalized]  # before its post-norm, [N, d]


class LayerGradients(NamedTuple):
    """The gradients of a layer's weights; of a projection that of its weight, or those of its adapter."""

    attention_norm: Tensor
    qkv: List[Tensor]
    qkv_bias: Optional[Tensor]
    q_norm: Optional[Tensor]
    k_norm: Optional[Tensor]
    attention_post_norm: Optional[Tensor]
    mlp_post_norm: Optional[Tensor]
    output: List[Tensor]
    mlp_norm: Tensor
    gate_up: List[Tensor]
    down: List[Tensor]


def normalize(x: Tensor) -> Normalized:
    """Return the RMS norm of x [..., d], without its weight."""
    norm = torch.linalg_vector_norm(to_float32(x), 2, [-1], True)
    rstd = (norm * norm / x.size(-1) + config.eps).rsqrt()
    return Normalized((x * rstd).to(x), rstd)


def normalize_backward(x: Normalized, grad: Tensor) -> Tensor:
    """Return the gradient of what was normalized, which takes the place of grad [..., d].

    The part of grad along y would only change the length of x, which the norm takes out.
    """
    along = (grad * x.y).sum([-1], True) / x.y.size(-1)
    return grad.addcmul_(x.y, along, value=-1).mul_(x.rstd)


def rms_norm_backward(x: Normalized, weight: Tensor, grad: Tensor, grad_x: Tensor) -> Tuple[Tensor, Tensor]:
    """Go back through x.y * weight and through normalize.

    Adds the gradient of what was normalized to grad_x [N, d], in place, and returns it with the gradient of weight
    [d]. Changes grad [N, d].
    """
    product = grad * x.y
    along = torch.mv(product, weight) / x.y.size(1)
    grad.mul_(weight).addcmul_(x.y, along.unsqueeze(1), value=-1)
    return grad_x.addcmul_(grad, x.rstd), product.sum([0])


def add_projection(w: Projection, x: Tensor, residual: Tensor) -> Tensor:
    """Return residual [N, out] + x [N, in] after the projection and its adapter."""
    y = torch.addmm(residual, x, w.weight.t(), beta=1, alpha=1)
    adapter = w.adapter
    if adapter is not None:
        y = add_adapter(adapter, x, y)
    return y


def add_block(
    w: Projection, x: Tensor, post_norm: Optional[Tensor], residual: Tensor
) -> Tuple[Tensor, Optional[Normalized]]:
    """Return residual [N, out] + x [N, in] after the projection and its post-norm, if any, and what that saved."""
    if post_norm is None:
        return add_projection(w, x, residual), None
    output = normalize(project(w, x))
    return torch.addcmul(residual, output.y, post_norm), output


def add_block_backward(
    output: Optional[Normalized], post_norm: Optional[Tensor], grad: Tensor
) -> Tuple[Tensor, Optional[Tensor]]:
    """Return the gradients of what the projection gave [N, out] and of the post-norm; grad [N, out] stays as it is."""
    if output is None or post_norm is None:
        return grad, None
    return normalize_backward(output, grad * post_norm), (grad * output.y).sum([0])


def activate_backward(grad: Tensor, x: Tensor, into: Tensor) -> None:
    """Write the gradient of x of activate into `into`."""
    if config.gelu:
        torch.ops.aten.gelu_backward(grad, x, approximate="tanh", grad_input=into)
    else:
        torch.ops.aten.silu_backward(grad, x, grad_input=into)


def weight_gradient(w: Projection, x: Tensor, grad: Tensor) -> Tensor:
    """Return grad^T x [out, in] of grad [N, out] and x [N, in], in the grad_buffer unless that is of another type."""
    buffer = w.grad_buffer
    if config.half or buffer is None:
        return grad.t() @ x
    return torch.mm(grad.t(), x, out=buffer)


def project_backward(w: Projection, x: Tensor, grad: Tensor) -> Tuple[Tensor, List[Tensor]]:
    """Return the gradient of x [N, in], and that of the weight or those of the adapter; grad [N, out]."""
    adapter = w.adapter
    if adapter is not None:
        return add_adapter_backward(adapter, w.weight, x, grad)
    grad_weight: List[Tensor] = []
    if not config.lora:
        grad_weight.append(weight_gradient(w, x, grad))
    return grad @ w.weight, grad_weight


def head_norm_weights(w: Layer) -> Tensor:
    """Return the weights of the norms of query and key for every head, [H + K, h]."""
    q_norm, k_norm = w.q_norm, w.k_norm
    assert q_norm is not None and k_norm is not None
    q_norm = q_norm.expand(config.heads, config.head_dim)
    return torch.cat([q_norm, k_norm.expand(config.kv_heads, config.head_dim)])


def layer_forward(w: Layer, x: Tensor, layout: Layout) -> Tuple[Tensor, SavedLayer]:
    """Return x [N, d] after the layer, and what layer_backward needs."""
    attention_input = normalize(x)
    qkv = project(w.qkv, attention_input.y * w.attention_norm)
    bias = w.qkv_bias
    if bias is not None:
        qkv += bias
    qkv = qkv.view(-1, config.heads + 2 * config.kv_heads, config.head_dim)
    qk, v = qkv.split_with_sizes([config.heads + config.kv_heads, config.kv_heads], 1)
    saved_qk: Optional[Normalized] = None
    if config.qk_norm:
        normalized = normalize(qk)
        saved_qk = normalized
        qk = normalized.y * head_norm_weights(w)
    qk = apply_rope(qk.contiguous(), layout.rotations[w.kind])
    q, k = qk.split_with_sizes([config.heads, config.kv_heads], 1)
    result, saved_attention = attention(q, k, v, layout, w.kind)
    x, attention_output = add_block(w.output, result, w.attention_post_norm, x)

    mlp_input = normalize(x)
    gate_up = project(w.gate_up, mlp_input.y * w.mlp_norm)
    gate, up = gate_up.chunk(2, -1)
    y, mlp_output = add_block(w.down, activate(gate).mul_(up), w.mlp_post_norm, x)
    saved = SavedLayer(
        attention_input=attention_input,
        qk=saved_qk,
        attention=saved_attention,
        attention_result=result,
        attention_output=attention_output,
        mlp_input=mlp_input,
        gate_up=gate_up,
        mlp_output=mlp_output,
    )
    return y, saved


def mlp_backward(w: Layer, saved: SavedLayer, grad: Tensor) -> Tuple[Tensor, List[Tensor], List[Tensor]]:
    """Return the gradients of the block's input after the norm [N, d], of gate_up and of down; grad [N, d]."""
    gate, up = saved.gate_up.chunk(2, -1)
    activated = activate(gate)
    grad_product, grad_down = project_backward(w.down, activated * up, grad)
    grad_halves = torch.empty_like(saved.gate_up)  # gate and up are one projection, so their gradients are one tensor
    grad_gate, grad_up = grad_halves.chunk(2, -1)
    torch.mul(grad_product, activated, out=grad_up)
    activate_backward(grad_product.mul_(up), gate, grad_gate)
    grad_input, grad_gate_up = project_backward(w.gate_up, saved.mlp_input.y * w.mlp_norm, grad_halves)
    return grad_input, grad_gate_up, grad_down


def layer_backward(w: Layer, saved: SavedLayer, grad: Tensor, layout: Layout) -> Tuple[Tensor, LayerGradients]:
    """Return the gradients of the layer's input [N, d], which takes the place of grad, and of its weights."""
    grad_output_mlp, grad_mlp_post_norm = add_block_backward(saved.mlp_output, w.mlp_post_norm, grad)
    grad_input, grad_gate_up, grad_down = mlp_backward(w, saved, grad_output_mlp)
    grad, grad_mlp_norm = rms_norm_backward(saved.mlp_input, w.mlp_norm, grad_input, grad)

    grad_output_attention, grad_attention_post_norm = add_block_backward(
        saved.attention_output, w.attention_post_norm, grad
    )
    grad_result, grad_output = project_backward(w.output, saved.attention_result, grad_output_attention)
    grad_q, grad_k, grad_v = attention_backward(saved.attention, saved.attention_result, grad_result, layout, w.kind)
    grad_qk = apply_rope(torch.cat([grad_q, grad_k], 1), layout.rotations[w.kind].conj())
    grad_q_norm: Optional[Tensor] = None
    grad_k_norm: Optional[Tensor] = None
    qk = saved.qk
    if qk is not None:
        grad_norms = (grad_qk * qk.y).sum([0])
        of_q, of_k = grad_norms.split_with_sizes([config.heads, config.kv_heads], 0)
        grad_q_norm = of_q.sum([0])
        grad_k_norm = of_k.sum([0])
        grad_qk = normalize_backward(qk, grad_qk.mul_(head_norm_weights(w)))
    grad_qkv = torch.cat([grad_qk, grad_v], 1).flatten(1)
    grad_bias: Optional[Tensor] = None
    if config.qkv_bias:
        grad_bias = grad_qkv.sum([0])
    attention_input = saved.attention_input
    grad_input, grad_qkv_weight = project_backward(w.qkv, attention_input.y * w.attention_norm, grad_qkv)
    grad, grad_attention_norm = rms_norm_backward(attention_input, w.attention_norm, grad_input, grad)
    gradients = LayerGradients(
        attention_norm=grad_attention_norm,
        qkv=grad_qkv_weight,
        qkv_bias=grad_bias,
        q_norm=grad_q_norm,
        k_norm=grad_k_norm,
        attention_post_norm=grad_attention_post_norm,
        mlp_post_norm=grad_mlp_post_norm,
        output=grad_output,
        mlp_norm=grad_mlp_norm,
        gate_up=grad_gate_up,
        down=grad_down,
    )
    return grad, gradients


def layer_gradients_in_order(g: LayerGradients) -> List[Tensor]:
    """Return the gradients of what is trained of a layer in the order that Java knows (see weights.py)."""
    if config.lora:
        return g.qkv + g.output + g.gate_up + g.down
    ordered = [g.attention_norm] + g.qkv + g.output + [g.mlp_norm] + g.gate_up + g.down
    for grad in [g.qkv_bias, g.attention_post_norm, g.mlp_post_norm, g.q_norm, g.k_norm]:
        if grad is not None:
            ordered.append(grad)
    return ordered
