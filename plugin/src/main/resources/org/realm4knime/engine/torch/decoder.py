"""What training and generation share: projections, norm, rotary position embedding."""

from typing import List, Optional

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.types import Number as number

from config import config
from lora import add_adapter
from weights import Projection


def to_float32(x: Tensor) -> Tensor:
    """Return x [...] in float32 where the model is computed in bfloat16, else as it is."""
    return x.to(torch.float32) if config.half else x


def additive_mask(visible: Tensor, like: Tensor) -> Tensor:
    """Return what is added to attention scores: 0 where visible [...], else minus infinity, in the type of `like`."""
    return like.new_zeros(visible.size()).masked_fill(~visible, float("-inf"))


def embed(embedding: Tensor, ids: Tensor) -> Tensor:
    """Return the states of tokens ids [...] before the first layer, [..., d]; embedding [V, d]."""
    x = torch.embedding(embedding, ids)
    if config.scaled_embedding:
        x = x * embedding_scale(x)
    return x


def embedding_scale(like: Tensor) -> Tensor:
    """Return what embeddings are multiplied with, rounded to the type of `like`, [1]."""
    return like.new_full([1], config.embedding_scale)


def activate(x: Tensor) -> Tensor:
    """Return the activation that gates the feed-forward block, of x [...]."""
    if config.gelu:
        return F.gelu(x, approximate="tanh")
    return F.silu(x)


def hides(window: int, tokens: int) -> bool:
    """Whether a window, 0 for none, hides some of so many tokens."""
    return config.windowed and window > 0 and window < tokens


def by_kind(rotations: Tensor, dim: int) -> List[Tensor]:
    """Return the rotations of each kind of layers, which are side by side in `dim`, the last."""
    if config.kinds == 1:
        return [rotations]
    return rotations.split(config.head_dim // 2, dim)


def rms_norm(x: Tensor, weight: Tensor) -> Tensor:
    """Return x / sqrt(mean(x^2) + eps) * weight [d] over the last dimension of x [..., d] (Zhang and Sennrich 2019)."""
    return torch.rms_norm(x, [x.size(-1)], weight, config.eps)


def linear(x: Tensor, weight: Tensor) -> Tensor:
    """Multiply x [..., in] with weight [out, in], which generation may have packed for oneDNN -> [..., out]."""
    if weight.is_mkldnn:
        no_scalars: List[Optional[number]] = []
        return torch.ops.mkldnn._linear_pointwise(x, weight, None, "none", no_scalars, "")
    return F.linear(x, weight)


def project(w: Projection, x: Tensor) -> Tensor:
    """Return x [..., in] after the projection and its adapter -> [..., out]."""
    y = linear(x, w.weight)
    adapter = w.adapter
    if adapter is not None:
        y = add_adapter(adapter, x, y)
    return y


def apply_rope(x: Tensor, rotations: Tensor) -> Tensor:
    """Rotate queries and keys by their position (RoPE, Su et al. 2021).

    x [..., heads, h]; rotations complex [..., 1, h / 2]. The rows of the query and key weights are ordered so that
    the two halves of a rotated pair are neighbours (WeightLayout.java), which makes a rotation one complex product.
    """
    pairs = torch.view_as_complex(to_float32(x).view(x.shape[:-1] + [-1, 2]))
    return torch.view_as_real(pairs * rotations).flatten(-2).to(x)
