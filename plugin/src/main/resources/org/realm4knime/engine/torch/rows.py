"""Whole sequences for training: how they are laid out, and what all layers need to know of that.

Rows start at position 0 and are padded on the right. Completions that share a prompt go on where it ends, so that a
prompt is computed once for all its completions. Layers see one stretch of N tokens, those of the rows, then those of
the completions: N = B T + R C. Only attention knows of rows.
"""

from typing import List, NamedTuple, Optional

import torch
from torch import Tensor

from config import config
from decoder import additive_mask


class Completions(NamedTuple):
    """Completions of shared prompts, which are the rows; those of one prompt need not be neighbours."""

    ids: Tensor  # [R, C]
    owner: Tensor  # row of the prompt that each goes on, [R]
    prompt_lengths: Tensor  # tokens of each prompt without padding, [B]


class Rows(NamedTuple):
    """The sequences of a micro-batch."""

    ids: Tensor  # [B, T]
    completions: Optional[Completions]


class Layout(NamedTuple):
    """What every layer needs to know of the rows."""

    rows: int  # B
    row_tokens: int  # B T
    rotations: Tensor  # RoPE, complex [N, 1, h / 2]
    causal_mask: Tensor  # additive, [G T, T]; empty where attention is fused
    completions: Optional[Completions]
    completion_mask: Tensor  # additive, [R K, G C, P + C]; empty if there are no completions


def rows_of(tensors: List[Tensor]) -> Rows:
    """Name what Java passes: ids [B, T]; or prompts [B, P], prompt_lengths [B], owner [R] and ids [R, C]."""
    if len(tensors) == 1:
        return Rows(tensors[0], None)
    prompts, prompt_lengths, owner, ids = tensors
    return Rows(prompts, Completions(ids, owner, prompt_lengths))


def token_ids(rows: Rows) -> Tensor:
    """Return all tokens in order, [N]."""
    completions = rows.completions
    if completions is None:
        return rows.ids.flatten()
    return torch.cat([rows.ids.flatten(), completions.ids.flatten()])


def token_positions(rows: Rows) -> Tensor:
    """Return the position of each token in its sequence, [N]."""
    B, T = rows.ids.size()
    positions = torch.arange(T, device=rows.ids.device).repeat(B)
    completions = rows.completions
    if completions is None:
        return positions
    start = completions.prompt_lengths.index_select(0, completions.owner).unsqueeze(1)
    own = start + torch.arange(completions.ids.size(1), device=rows.ids.device)
    return torch.cat([positions, own.flatten()])


def make_causal_mask(T: int, like: Tensor) -> Tensor:
    """Return [G T, T] for G queries per key head: a token sees itself and those before."""
    position = torch.arange(T, device=like.device)
    visible = position <= position.unsqueeze(1)
    return additive_mask(visible, like).repeat(config.heads // config.kv_heads, 1)


def make_completion_mask(prompt_tokens: int, completions: Completions, like: Tensor) -> Tensor:
    """Return [R K, G C, P + C]: a token sees its prompt without padding, itself and those before it."""
    P = prompt_tokens
    R, C = completions.ids.size()
    key = torch.arange(P + C, device=like.device)
    query = torch.arange(P, P + C, device=like.device).unsqueeze(1)
    prompt_length = completions.prompt_lengths.index_select(0, completions.owner).view(-1, 1, 1)
    visible = (key < prompt_length) | ((key >= P) & (key <= query))
    mask = additive_mask(visible, like).view(R, 1, 1, C, P + C)
    mask = mask.expand(R, config.kv_heads, config.heads // config.kv_heads, C, P + C)
    return mask.reshape(R * config.kv_heads, -1, P + C)


def layout_of(rows: Rows, rope: Tensor, like: Tensor) -> Layout:
    """Prepare what every layer needs.

    rope [at least as many positions, h / 2, 2]: cosine and sine; `like` has the type and device to compute in.
    """
    B, T = rows.ids.size()
    completions = rows.completions
    completion_mask = like.new_empty([0])
    # The padding of a short completion may lie beyond the longest sequence; nothing reads its states.
    positions = token_positions(rows).clamp(max=rope.size(0) - 1)
    if completions is not None:
        completion_mask = make_completion_mask(T, completions, like)
    return Layout(
        rows=B,
        row_tokens=B * T,
        rotations=torch.view_as_complex(rope.index_select(0, positions)).unsqueeze(1),
        causal_mask=make_causal_mask(T if config.fused_from > T else 0, like),
        completions=completions,
        completion_mask=completion_mask,
    )
