"""Whole sequences for training: how they are laid out, and what all layers need to know of that.

Rows start at position 0 and are padded on the right. Completions that share a prompt go on where it ends, so that a
prompt is computed once for all its completions. Layers see one stretch of N tokens, those of the rows, then those of
the completions: N = B T + R C. Only attention knows of rows.
"""

from typing import List, NamedTuple, Optional

import torch
from torch import Tensor

from config import config
from decoder import additive_mask, by_kind, hides


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
    rotations: List[Tensor]  # RoPE by kind of layers, complex [N, 1, h / 2]
    causal_masks: List[Tensor]  # by kind, additive, [G T, T]; where attention is fused [T, T], or empty for no window
    completions: Optional[Completions]
    completion_masks: List[Tensor]  # by kind, additive, [R K, G C, P + C]; empty if there are no completions


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


def make_causal_mask(T: int, window: int, like: Tensor) -> Tensor:
    """Return [T, T]: a token sees itself and those before; no more than `window` of them, if that is not 0."""
    position = torch.arange(T, device=like.device)
    query = position.unsqueeze(1)
    visible = position <= query
    if window > 0:
        visible = visible & (position > query - window)
    return additive_mask(visible, like)


def make_causal_masks(T: int, like: Tensor) -> List[Tensor]:
    """Return Layout.causal_masks of rows of T tokens."""
    fused = config.fused_from <= T
    G = config.heads // config.kv_heads
    whole = like.new_empty([0]) if fused else make_causal_mask(T, 0, like).repeat(G, 1)
    masks: List[Tensor] = []
    for window in config.windows:
        mask = whole
        if hides(window, T):
            mask = make_causal_mask(T, window, like)
            if not fused:
                mask = mask.repeat(G, 1)
        masks.append(mask)
    return masks


def make_completion_mask(prompt_tokens: int, completions: Completions, window: int, like: Tensor) -> Tensor:
    """Return [R K, G C, P + C]: a token sees its prompt without padding, itself and those before it.

    No more than `window` of them, if that is not 0.
    """
    P = prompt_tokens
    R, C = completions.ids.size()
    key = torch.arange(P + C, device=like.device)
    query = torch.arange(P, P + C, device=like.device).unsqueeze(1)
    prompt_length = completions.prompt_lengths.index_select(0, completions.owner).view(-1, 1, 1)
    visible = (key < prompt_length) | ((key >= P) & (key <= query))
    if window > 0:
        # the positions of completions go on where the prompt ends, not where its padding does
        position = torch.where(key < P, key, key - P + prompt_length)
        visible = visible & (position > query - P + prompt_length - window)
    mask = additive_mask(visible, like).view(R, 1, 1, C, P + C)
    mask = mask.expand(R, config.kv_heads, config.heads // config.kv_heads, C, P + C)
    return mask.reshape(R * config.kv_heads, -1, P + C)


def make_completion_masks(prompt_tokens: int, completions: Completions, like: Tensor) -> List[Tensor]:
    """Return Layout.completion_masks."""
    whole = make_completion_mask(prompt_tokens, completions, 0, like)
    masks: List[Tensor] = []
    for window in config.windows:
        mask = whole
        if hides(window, prompt_tokens + completions.ids.size(1)):
            mask = make_completion_mask(prompt_tokens, completions, window, like)
        masks.append(mask)
    return masks


def layout_of(rows: Rows, rope: Tensor, like: Tensor) -> Layout:
    """Prepare what every layer needs.

    rope [at least as many positions, kinds h / 2, 2]: cosine and sine; `like` has the type and device to compute in.
    """
    B, T = rows.ids.size()
    completions = rows.completions
    completion_masks: List[Tensor] = []
    # The padding of a short completion may lie beyond the longest sequence; nothing reads its states.
    positions = token_positions(rows).clamp(max=rope.size(0) - 1)
    if completions is not None:
        completion_masks = make_completion_masks(T, completions, like)
    return Layout(
        rows=B,
        row_tokens=B * T,
        rotations=by_kind(torch.view_as_complex(rope.index_select(0, positions)).unsqueeze(1), 2),
        causal_masks=make_causal_masks(T, like),
        completions=completions,
        completion_masks=completion_masks,
    )
