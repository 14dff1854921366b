"""Low-rank adapters beside the projections (LoRA, Hu et al. 2021): y = x W^T + scale * dropout(x) A^T B^T, W frozen.

x [N, in]. A projection of several parts, such as query, key and value, has one A [k r, in] for its k adapted parts,
stacked, and a B [rows of the part, r] for each of them.
"""

from typing import List, Tuple

import torch
import torch.nn.functional as F
from torch import Tensor

from weights import Adapter


def dropout_mask(adapter: Adapter, x: Tensor) -> Tensor:
    """Return [N, in]: 0 for the share that is dropped, else 1 / the share that is kept.

    It depends on the adapter's seed alone, so that the way back, and a layer that is computed again to save memory,
    get the same.
    """
    generator = torch.Generator(device=x.device, seed=adapter.seed)
    return torch.full_like(x, adapter.kept).bernoulli(generator=generator).div_(adapter.kept)


def add_adapter(adapter: Adapter, x: Tensor, y: Tensor) -> Tensor:
    """Add to y = x W^T [N, out], in place, what the adapter gives."""
    if adapter.kept < 1:
        x = x * dropout_mask(adapter, x)
    low = F.linear(x, adapter.a).split(adapter.b[0].size(1), 1)
    outputs = y.split_with_sizes(adapter.rows, 1)
    for part, x_a, b in zip(adapter.parts, low, adapter.b):
        outputs[part].addmm_(x_a, b.t(), beta=1, alpha=adapter.scale)
    return y


def add_adapter_backward(adapter: Adapter, w: Tensor, x: Tensor, grad_y: Tensor) -> Tuple[Tensor, List[Tensor]]:
    """Return d loss / d x [N, in] of the projection `w` with its adapter, and the gradients of A and each B."""
    mask = x
    if adapter.kept < 1:
        mask = dropout_mask(adapter, x)
        x = x * mask
    low = F.linear(x, adapter.a).split(adapter.b[0].size(1), 1)
    grad_outputs = grad_y.split_with_sizes(adapter.rows, 1)
    grad_low: List[Tensor] = []
    grad_b: List[Tensor] = []
    for part, x_a, b in zip(adapter.parts, low, adapter.b):
        grad_b.append((grad_outputs[part].t() @ x_a).mul_(adapter.scale))
        grad_low.append((grad_outputs[part] @ b).mul_(adapter.scale))
    stacked = torch.cat(grad_low, 1)
    grad_a = stacked.t() @ x
    grad_x = stacked @ adapter.a
    if adapter.kept < 1:
        grad_x *= mask
    return grad_x.addmm_(grad_y, w, beta=1, alpha=1), [grad_a] + grad_b
