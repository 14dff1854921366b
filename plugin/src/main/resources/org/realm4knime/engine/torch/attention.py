"""Attention for training, forward and backward.

A function x_backward takes d loss / d result of x and returns d loss / d input.

Rows of at least config.fused_from tokens take flash attention: their weights [T, T] are never in memory, and half of
them never computed (Dao et al. 2022). Shorter rows, and completions of shared prompts, are faster as products of
matrices, in which the G query heads of a key head are rows of one product.
"""

from typing import NamedTuple, Optional, Tuple

import torch
from torch import Tensor

from config import config
from rows import Completions, Layout


class Attended(NamedTuple):
    """What the backward pass needs of attention, as products [b, rows, h] or, if fused, as [N, heads, h]."""

    q: Tensor
    k: Tensor
    v: Tensor
    weights: Tensor  # [b, queries, keys]; if fused, the log-sum-exp of the scores


class SavedAttention(NamedTuple):
    """What the backward pass needs of a layer's attention."""

    rows: Attended
    completions: Optional[Attended]


def heads_first(x: Tensor, B: int) -> Tensor:
    """Rearrange [N, heads, h] of B rows for products with a key head's queries -> [B K, (heads / K) T, h]."""
    apart = x.view(B, -1, config.kv_heads, x.size(1) // config.kv_heads, config.head_dim)
    return apart.permute(0, 2, 3, 1, 4).reshape(B * config.kv_heads, -1, config.head_dim)


def heads_last(x: Tensor, B: int, heads: int) -> Tensor:
    """Undo heads_first -> [N, heads, h]."""
    apart = x.view(B, config.kv_heads, heads // config.kv_heads, -1, config.head_dim)
    return apart.permute(0, 3, 1, 2, 4).reshape(-1, heads, config.head_dim)


def attend(q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tuple[Tensor, Attended]:
    """Attention as products: q [b, n, h], k and v [b, s, h], mask [b or 1, n, s] -> [b, n, h]."""
    weights = torch.baddbmm(mask, q, k.transpose(1, 2), beta=1, alpha=config.scale).softmax(-1)
    return torch.bmm(weights, v), Attended(q, k, v, weights)


def attend_backward(saved: Attended, grad: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    """Return the gradients of q [b, n, h], k and v [b, s, h]; grad [b, n, h]."""
    q, k, v, weights = saved
    grad_v = torch.bmm(weights.transpose(1, 2), grad)
    grad_weights = torch.bmm(grad, v.transpose(1, 2))
    grad_scores = torch._softmax_backward_data(grad_weights, weights, -1, weights.dtype)
    grad_q = torch.baddbmm(q, grad_scores, k, beta=0, alpha=config.scale)
    grad_k = torch.baddbmm(k, grad_scores.transpose(1, 2), q, beta=0, alpha=config.scale)
    return grad_q, grad_k, grad_v


def by_row(x: Tensor, B: int) -> Tensor:
    """Rearrange [N, heads, h] or [N, heads h] of B rows for flash attention, without a copy -> [B, heads, T, h]."""
    return x.reshape(B, x.size(0) // B, -1, config.head_dim).transpose(1, 2)


def by_row_repeated(x: Tensor, B: int) -> Tensor:
    """Rearrange keys or values [N, K, h] of B rows, each as often as it has queries -> [B, H, T, h]."""
    apart = by_row(x, B)
    if config.grouped:
        repeated = apart.unsqueeze(2).expand(-1, -1, config.heads // config.kv_heads, -1, -1)
        apart = repeated.flatten(1, 2)
    return apart


def by_row_repeated_backward(grad: Tensor) -> Tensor:
    """Sum up the gradients of what was repeated: [B, H, T, h] -> [B K, T, h]."""
    B, H, T, h = grad.size()
    return grad.reshape(B * config.kv_heads, config.heads // config.kv_heads, T, h).sum([1])


def fused_mask(layout: Layout, kind: int) -> Optional[Tensor]:
    """Return the mask [T, T] of a kind of layers for flash attention; None where causality is all."""
    if config.windowed:
        mask = layout.causal_masks[kind]
        if mask.numel() > 0:
            return mask
    return None


def attend_rows(q: Tensor, k: Tensor, v: Tensor, layout: Layout, kind: int) -> Tuple[Tensor, Attended]:
    """Attention of rows from position 0: q [B T, H, h], k and v [B T, K, h] -> [B T, H, h]."""
    B = layout.rows
    if q.size(0) // B < config.fused_from:
        result, saved = attend(heads_first(q, B), heads_first(k, B), heads_first(v, B), layout.causal_masks[kind])
        return heads_last(result, B, config.heads), saved
    # v is a view into the stacked projections, and saving it would keep all of them
    v = v.contiguous()
    mask = fused_mask(layout, kind)
    result, log_sum_exp = torch._scaled_dot_product_flash_attention_for_cpu(
        by_row(q, B),
        by_row_repeated(k, B),
        by_row_repeated(v, B),
        0.0,
        mask is None,
        attn_mask=mask,
        scale=config.scale,
    )
    return result.transpose(1, 2).flatten(0, 1), Attended(q, k, v, log_sum_exp)


def attend_rows_backward(
    saved: Attended, result: Tensor, grad: Tensor, layout: Layout, kind: int
) -> Tuple[Tensor, Tensor, Tensor]:
    """Return the gradients of queries [B T, H, h] and of keys and values [B K, T, h]; result and grad [B T, H h]."""
    B = layout.rows
    if grad.size(0) // B < config.fused_from:
        grad = heads_first(grad.view(-1, config.heads, config.head_dim), B)
        grad_q, grad_k, grad_v = attend_backward(saved, grad)
        return heads_last(grad_q, B, config.heads), grad_k, grad_v
    mask = fused_mask(layout, kind)
    grad_q, grad_k, grad_v = torch.ops.aten._scaled_dot_product_flash_attention_for_cpu_backward(
        by_row(grad, B),
        by_row(saved.q, B),
        by_row_repeated(saved.k, B),
        by_row_repeated(saved.v, B),
        by_row(result, B),
        saved.weights,
        0.0,
        mask is None,
        attn_mask=mask,
        scale=config.scale,
    )
    return (
        grad_q.transpose(1, 2).flatten(0, 1),
        by_row_repeated_backward(grad_k),
        by_row_repeated_backward(grad_v),
    )


def with_prompts(prompts: Tensor, own: Tensor, owner: Tensor) -> Tensor:
    """Put the keys or values of its prompt [B K, P, h] before each completion's own [R K, C, h] -> [R K, P + C, h]."""
    B = prompts.size(0) // config.kv_heads
    of_prompt = prompts.view(B, config.kv_heads, -1, config.head_dim).index_select(0, owner)
    return torch.cat([of_prompt.flatten(0, 1), own], 1)


def with_prompts_backward(grad: Tensor, grad_prompts: Tensor, owner: Tensor) -> Tensor:
    """Return the gradient of the completions' own [R K, C, h]; add that of prompts to grad_prompts, in place."""
    P = grad_prompts.size(1)
    shape = [-1, config.kv_heads, P, config.head_dim]
    grad_prompts.view(shape).index_add_(0, owner, grad[:, :P].reshape(shape))
    return grad[:, P:]


def attend_completions(
    q: Tensor, k: Tensor, v: Tensor, prompt_k: Tensor, prompt_v: Tensor, completions: Completions, mask: Tensor
) -> Tuple[Tensor, Attended]:
    """Attention of completions: q [R C, H, h], k and v [R C, K, h], their prompts' [B K, P, h] -> [R C, H, h]."""
    R = completions.ids.size(0)
    k = with_prompts(prompt_k, heads_first(k, R), completions.owner)
    v = with_prompts(prompt_v, heads_first(v, R), completions.owner)
    result, saved = attend(heads_first(q, R), k, v, mask)
    return heads_last(result, R, config.heads), saved


def attention(q: Tensor, k: Tensor, v: Tensor, layout: Layout, kind: int) -> Tuple[Tensor, SavedAttention]:
    """Attention of rows and completions in a kind of layers: q [N, H, h], k and v [N, K, h] -> [N, H h]."""
    B, end = layout.rows, layout.row_tokens
    completions = layout.completions
    if completions is None:
        result, saved = attend_rows(q, k, v, layout, kind)
        return result.flatten(1), SavedAttention(saved, None)
    result, saved = attend_rows(q[:end], k[:end], v[:end], layout, kind)
    prompt_k, prompt_v = saved.k, saved.v
    if end // B >= config.fused_from:
        prompt_k, prompt_v = heads_first(k[:end], B), heads_first(v[:end], B)
    own, saved_own = attend_completions(
        q[end:], k[end:], v[end:], prompt_k, prompt_v, completions, layout.completion_masks[kind]
    )
    return torch.cat([result, own], 0).flatten(1), SavedAttention(saved, saved_own)


def attention_backward(
    saved: SavedAttention, result: Tensor, grad: Tensor, layout: Layout, kind: int
) -> Tuple[Tensor, Tensor, Tensor]:
    """Return the gradients of q [N, H, h], k and v [N, K, h]; result and grad [N, H h]."""
    B, end = layout.rows, layout.row_tokens
    grad_q, grad_k, grad_v = attend_rows_backward(saved.rows, result[:end], grad[:end], layout, kind)
    completions, saved_own = layout.completions, saved.completions
    if completions is None or saved_own is None:
        return grad_q, heads_last(grad_k, B, config.kv_heads), heads_last(grad_v, B, config.kv_heads)
    R = completions.ids.size(0)
    grad_own = heads_first(grad.view(-1, config.heads, config.head_dim)[end:], R)
    own_q, own_k, own_v = attend_backward(saved_own, grad_own)
    own_k = with_prompts_backward(own_k, grad_k, completions.owner)
    own_v = with_prompts_backward(own_v, grad_v, completions.owner)
    return (
        torch.cat([grad_q, heads_last(own_q, R, config.heads)], 0),
        torch.cat([heads_last(grad_k, B, config.kv_heads), heads_last(own_k, R, config.kv_heads)], 0),
        torch.cat([heads_last(grad_v, B, config.kv_heads), heads_last(own_v, R, config.kv_heads)], 0),
    )
