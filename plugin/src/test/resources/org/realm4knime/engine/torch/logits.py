"""Logits, which no training and no generation gives, for DecoderTest."""

from typing import List

import torch
from decoder import linear
from loss import hidden_states
from rows import rows_of
from torch import Tensor
from weights import weights_of


@torch.jit.export
def logits(p: List[Tensor], rows: List[Tensor], positions: Tensor, rope: Tensor) -> Tensor:
    """Return the logits after `positions`, [n, V]; arguments as in train.py."""
    weights = weights_of(p, [])
    return linear(hidden_states(weights, rows_of(rows), positions, rope), weights.head.weight)
