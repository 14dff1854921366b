"""The weights by name.

Java passes them as a list of tensors: the model's (WeightLayout.java), then those of adapters (LoraLayout.java).
"""

from typing import List, NamedTuple, Optional

import torch
from torch import Tensor

from config import config


class Adapter(NamedTuple):
    """Low-rank matrices beside a projection (lora.py).

    Query, key and value are parts of one projection, as are gate and up.
    """

    a: Tensor  # [k r, in] for k adapted parts, stacked
    b: List[Tensor]  # k times [rows of the part, r]
    parts: List[int]  # the k parts that are adapted, by number
    rows: List[int]  # rows of every part
    scale: float  # factor of A^T B^T
    kept: float  # 1 - dropout
    seed: int  # of the dropout


class Projection(NamedTuple):
    """A matrix, and what training adds to it."""

    weight: Tensor  # [out, in]
    adapter: Optional[Adapter]
    grad_buffer: Optional[Tensor]  # memory for the gradient of weight, [out, in], or [0] for none yet


class Layer(NamedTuple):
    """A decoder layer."""

    kind: int  # how it sees positions, among config.kinds
    attention_norm: Tensor  # [d]
    qkv: Projection  # query, key and value, stacked: [(H + 2 K) h, d]
    qkv_bias: Optional[Tensor]  # [(H + 2 K) h]
    q_norm: Optional[Tensor]  # [h]
    k_norm: Optional[Tensor]  # [h]
    attention_post_norm: Optional[Tensor]  # [d]
    mlp_post_norm: Optional[Tensor]  # [d]
    output: Projection  # [d, H h]
    mlp_norm: Tensor  # [d]
    gate_up: Projection  # gate and up, stacked: [2 I, d]
    down: Projection  # [d, I]


class Weights(NamedTuple):
    """A model: Llama, and what other families have beside (Difference.java)."""

    embedding: Tensor  # [V, d]
    layers: List[Layer]
    final_norm: Tensor  # [d]
    head: Projection  # output projection [V, d]; the embedding itself if config.tied


class LayerAdapters(NamedTuple):
    """The adapters of a layer's projections."""

    qkv: Optional[Adapter]
    output: Optional[Adapter]
    gate_up: Optional[Adapter]
    down: Optional[Adapter]


def in_compute_dtype(p: List[Tensor]) -> List[Tensor]:
    """Return the weights to compute with: themselves or, if config.half, copies in bfloat16. A seed stays."""
    if not config.half:
        return p
    copies: List[Tensor] = []
    for w in p:
        copies.append(w.to(torch.bfloat16) if w.is_floating_point() else w)
    return copies


def take_adapter(tensors: List[Tensor], rows: List[int], adapted: List[bool], seed: int) -> Optional[Adapter]:
    """Take an adapter's A, and B of each adapted part, from the front of `tensors`; None if no part is adapted."""
    parts: List[int] = []
    for part, is_adapted in enumerate(adapted):
        if is_adapted:
            parts.append(part)
    if len(parts) == 0:
        return None
    a = tensors.pop(0)
    b = [tensors.pop(0) for _ in parts]
    return Adapter(a, b, parts, rows, config.lora_scale, config.lora_kept, seed)


def layer_adapters(p: List[Tensor], layer: int, seed: int) -> LayerAdapters:
    """Return a layer's adapters. Each projection has a seed of its own: `seed` plus its place in `p`."""
    seed += 1 + layer * config.layer_stride
    first = config.lora_first + layer * config.lora_stride
    tensors = p[first : first + config.lora_stride]
    q_rows = config.heads * config.head_dim
    k_rows = config.kv_heads * config.head_dim
    d = config.hidden_size
    qkv_rows = [q_rows, k_rows, k_rows]
    qkv_adapted = [config.lora_q_proj, config.lora_k_proj, config.lora_v_proj]
    gate_up_rows = [config.intermediate_size, config.intermediate_size]
    gate_up_adapted = [config.lora_gate_proj, config.lora_up_proj]
    if config.fused_projections:
        qkv_rows, qkv_adapted = [q_rows + 2 * k_rows], [config.lora_q_proj]
        gate_up_rows, gate_up_adapted = [2 * config.intermediate_size], [config.lora_gate_proj]
    qkv = take_adapter(tensors, qkv_rows, qkv_adapted, seed + 1)
    output = take_adapter(tensors, [d], [config.lora_o_proj], seed + 2)
    gate_up = take_adapter(tensors, gate_up_rows, gate_up_adapted, seed + 4)
    down = take_adapter(tensors, [d], [config.lora_down_proj], seed + 5)
    return LayerAdapters(qkv, output, gate_up, down)


def projection(p: List[Tensor], place: int, adapter: Optional[Adapter], grad_buffers: List[Tensor]) -> Projection:
    """Return the projection at a place of `p`; for `grad_buffers` see weights_of."""
    return Projection(p[place], adapter, grad_buffers[place] if len(grad_buffers) > 0 else None)


def weights_of(p: List[Tensor], grad_buffers: List[Tensor]) -> Weights:
    """Name the tensors of `p`; `grad_buffers` has memory for the gradient of each, or is empty."""
    seed = 0
    if config.lora:
        grad_buffers = []
        if config.lora_dropout:
            seed = int(p[config.lora_first - 1])
    layers: List[Layer] = []
    kind_of_layer = config.kind_of_layer
    at = 1
    for l in range(config.layers):
        adapters = LayerAdapters(None, None, None, None)
        if config.lora:
            adapters = layer_adapters(p, l, seed)
        end = at + config.layer_stride
        post = at + 7 if config.qkv_bias else at + 6
        layer = Layer(
            kind=kind_of_layer[l],
            attention_norm=p[at],
            qkv=projection(p, at + 1, adapters.qkv, grad_buffers),
            output=projection(p, at + 2, adapters.output, grad_buffers),
            mlp_norm=p[at + 3],
            gate_up=projection(p, at + 4, adapters.gate_up, grad_buffers),
            down=projection(p, at + 5, adapters.down, grad_buffers),
            qkv_bias=p[at + 6] if config.qkv_bias else None,
            q_norm=p[end - 2] if config.qk_norm else None,
            k_norm=p[end - 1] if config.qk_norm else None,
            attention_post_norm=p[post] if config.post_norms else None,
            mlp_post_norm=p[post + 1] if config.post_norms else None,
        )
        layers.append(layer)
        at = end
    head = 0 if config.tied else at + 1
    return Weights(p[0], layers, p[at], projection(p, head, None, grad_buffers))
