"""Generation with a cache of keys and values.

Rows of a batch are padded on the left, so that all rows write the same slot of the cache at the same time: slot s of
row b holds the token at position s - start[b]; slots before start[b] are padding that nothing attends to. A row that
has ended gives its place to a further prompt, whose last token goes into the last used slot.

Java passes `packed`, the list that pack returns, and `cache`, 2 * layers tensors [B, K, S, h]: the keys of all
layers, then the values. Hidden states are float32 between calls, whatever a GPU computes in.
"""

import math
from typing import List, NamedTuple, Optional, Tuple

import torch
import torch.nn.functional as F
from torch import Tensor

from config import config
from decoder import activate, additive_mask, apply_rope, by_kind, embed, hides, project, rms_norm, to_float32
from weights import Layer, Projection, Weights, in_compute_dtype, weights_of


class Sampling(NamedTuple):
    """How the next token is drawn."""

    temperature: float  # 0 for the most likely token
    top_k: int  # 0 for all
    top_p: float
    min_p: float


def pack_projection(weight: Tensor, norm: Optional[Tensor]) -> Tensor:
    """Return a projection [out, in] as oneDNN reads it fastest.

    For the few rows of a batch that is one and a half times as fast as MKL reads the plain one. The weight of the
    norm before it, if given, is multiplied in, with the norm's factor sqrt(d).
    """
    if norm is not None:
        weight = weight * (norm * math.sqrt(weight.size(1)))
    if weight.numel() >= 32768:
        weight = torch.ops.mkldnn._reorder_linear_weight(weight, None)
    return weight


@torch.jit.export
def pack(p: List[Tensor]) -> List[Tensor]:
    """Return the weights that generation takes: those of `p` in its order, and the output projection at the end.

    Where oneDNN computes, projections are packed and contain the norms before them; what is left of a norm is sqrt(d
    eps).
    """
    packed = list(in_compute_dtype(p))
    if not config.onednn:
        packed.append(packed[0] if config.tied else packed[-1])
        return packed
    weights = weights_of(p, [])
    floor = weights.embedding.new_full([1], math.sqrt(config.hidden_size * config.eps))
    for l, layer in enumerate(weights.layers):
        first = 1 + l * config.layer_stride
        packed[first] = floor
        packed[first + 1] = pack_projection(layer.qkv.weight, layer.attention_norm)
        packed[first + 2] = pack_projection(layer.output.weight, None)
        packed[first + 3] = floor
        packed[first + 4] = pack_projection(layer.gate_up.weight, layer.mlp_norm)
        packed[first + 5] = pack_projection(layer.down.weight, None)
    packed[1 + config.layers * config.layer_stride] = floor
    packed.append(pack_projection(weights.head.weight, weights.final_norm))
    return packed


def packed_weights(packed: List[Tensor]) -> Weights:
    """Name what pack returned."""
    weights = weights_of(packed, [])
    return Weights(weights.embedding, weights.layers, weights.final_norm, Projection(packed[-1], None, None))


def normalize_for(weight: Tensor, x: Tensor) -> Tensor:
    """Return what the projection after a norm takes; x [..., d].

    Where oneDNN computes, the norm's weight and a factor sqrt(d) are part of the projection, and `weight` is sqrt(d
    eps); then x / sqrt(|x|^2 + d eps) remains.
    """
    if config.onednn:
        length = torch.linalg_vector_norm(x, 2, [-1], True)
        return x / torch.hypot(length, weight)
    return rms_norm(x, weight)


@torch.jit.export
def open_cache(packed: List[Tensor], rows: int, slots: int) -> List[Tensor]:
    """Return an empty cache for so many rows and slots.

    What no row has written yet takes part in products, with weight 0, and must not be NaN: therefore zeros.
    """
    shape = [rows, config.kv_heads, slots, config.head_dim]
    return [packed[0].new_zeros(shape) for _ in range(2 * config.layers)]


@torch.jit.export
def move_rows(
    packed: List[Tensor], cache: List[Tensor], hidden: Tensor, rows: Tensor, first: int, used: int, slots: int
) -> List[Tensor]:
    """Return a cache whose row i is row rows[i] of the given one without the slots before `first`.

    `used` slots of the given one are used; the new one has `slots`. The rows' hidden states are the last of the list.
    The given cache loses each tensor as it is copied, so that no more than one is in memory twice.
    """
    moved: List[Tensor] = []
    nothing = packed[0].new_empty([0])
    for old in cache:
        new = packed[0].new_zeros([rows.numel(), config.kv_heads, slots, config.head_dim])
        new.narrow(2, 0, used - first).copy_(old.narrow(2, first, used - first).index_select(0, rows))
        old.set_(nothing)
        moved.append(new)
    moved.append(hidden.index_select(0, rows))
    return moved


@torch.jit.export
def place_rows(
    cache: List[Tensor],
    hidden: Tensor,
    fresh: List[Tensor],
    fresh_hidden: Tensor,
    places: Tensor,
    rows: Tensor,
    used: int,
) -> Tensor:
    """Let row rows[i] of a fresh cache take the place places[i], and return the hidden states of all rows.

    All slots of the fresh cache are used; its last slot becomes used - 1.
    """
    slots = fresh[0].size(2)
    for old, new in zip(cache, fresh):
        old.narrow(2, used - slots, slots).index_copy_(0, places, new.index_select(0, rows))
    return hidden.index_copy(0, places, fresh_hidden.index_select(0, rows))


def rotations_at(rope: Tensor, at: int, T: int, start: Tensor) -> Tensor:
    """Return the rotations of slots at .. at + T - 1, complex [B, T, 1, kinds h / 2]; of padding any."""
    positions = (torch.arange(at, at + T, device=start.device) - start.unsqueeze(1)).clamp(min=0)
    rotations = torch.embedding(rope.flatten(1), positions)
    return torch.view_as_complex(rotations.view(start.size(0), T, 1, -1, 2))


def prompt_mask(at: int, T: int, start: Tensor, window: int) -> Tensor:
    """Return bool [B, 1, T, at + T]: which slots the tokens in slots at .. at + T - 1 may attend to.

    Those that are not later, and no padding; no more than `window` of them, if that is not 0. Padding sees itself,
    since a row without anything to attend to would become NaN.
    """
    query = torch.arange(at, at + T, device=start.device).unsqueeze(1)
    key = torch.arange(at + T, device=start.device)
    visible = (key <= query) & (key >= start.view(-1, 1, 1))
    if window > 0:
        visible = visible & (key > query - window)
    return (visible | (key == query)).unsqueeze(1)


def prompt_masks(at: int, T: int, start: Tensor) -> List[Tensor]:
    """Return prompt_mask for each kind of layers."""
    whole = prompt_mask(at, T, start, 0)
    masks: List[Tensor] = []
    for window in config.windows:
        mask = whole
        if hides(window, at + T):
            mask = prompt_mask(at, T, start, window)
        masks.append(mask)
    return masks


def step_mask(slots: int, start: Tensor, like: Tensor) -> Tensor:
    """Return [B K, 1, slots], 0 or minus infinity: what is added to the attention scores of one new token per row.

    The last slot is seen even where it is padding, as in prompt_mask.
    """
    slot = torch.arange(slots, device=start.device)
    visible = (slot >= start.unsqueeze(1)) | (slot == slots - 1)
    return additive_mask(visible, like).repeat_interleave(config.kv_heads, 0).unsqueeze(1)


def attend_prompt(q: Tensor, keys: Tensor, values: Tensor, mask: Tensor) -> Tensor:
    """Attention of several new tokens per row: q [B, T, H, h], keys and values [B, K, S, h] -> [B, T, H h]."""
    q = q.transpose(1, 2)
    result = F.scaled_dot_product_attention(
        q, keys, values, mask, 0.0, False, scale=config.scale, enable_gqa=config.grouped
    )
    return result.transpose(1, 2).flatten(2)


def attend_step(q: Tensor, keys: Tensor, values: Tensor, mask: Tensor) -> Tensor:
    """Attention of one new token per row: the heads of a group become rows of one product with the keys they share.

    q [B, 1, H, h], keys and values [B K, S, h], mask [B K, 1, S] -> [B, 1, H h]
    """
    grouped = q.reshape(-1, config.heads // config.kv_heads, config.head_dim)
    scores = torch.baddbmm(mask, grouped, keys.transpose(1, 2), beta=1, alpha=config.scale)
    return torch.bmm(scores.softmax(-1), values).view(q.size(0), 1, -1)


def query_key_value(w: Layer, x: Tensor, rotations: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    """Project x [B, T, d], after the norm -> rotated query [B, T, H, h], rotated key and value [B, T, K, h]."""
    qkv = project(w.qkv, x)
    bias = w.qkv_bias
    if bias is not None:
        qkv = qkv + bias
    qkv = qkv.view(x.size(0), x.size(1), -1, config.head_dim)
    qk, v = qkv.split_with_sizes([config.heads + config.kv_heads, config.kv_heads], 2)
    q_norm, k_norm = w.q_norm, w.k_norm
    if q_norm is not None and k_norm is not None:
        q, k = qk.split_with_sizes([config.heads, config.kv_heads], 2)
        qk = torch.cat([rms_norm(q, q_norm), rms_norm(k, k_norm)], 2)
    q, k = apply_rope(qk, rotations).split_with_sizes([config.heads, config.kv_heads], 2)
    return q, k, v


def mlp(w: Layer, x: Tensor) -> Tensor:
    """Return down(activation(gate(x)) * up(x)), the gated feed-forward block (Shazeer 2020); x [B, T, d]."""
    gate, up = project(w.gate_up, x).chunk(2, -1)
    return project(w.down, activate(gate) * up)


def first_visible(kind: int, end: int) -> int:
    """Return the first slot that the token in slot end - 1 may see in a kind of layers."""
    if config.windowed:
        window = config.windows[kind]
        if hides(window, end):
            return end - window
    return 0


def add_post_norm(x: Tensor, output: Tensor, post_norm: Optional[Tensor]) -> Tensor:
    """Return x [B, T, d] plus what a block gave, after its post-norm, if there is one."""
    if post_norm is not None:
        output = rms_norm(output, post_norm)
    return x + output


def extend(
    weights: Weights, cache: List[Tensor], ids: Tensor, at: int, rotations: Tensor, masks: List[Tensor]
) -> Tensor:
    """Put T tokens per row, ids [B, T], into slots at .. at + T - 1, and return the hidden states of the last, [B, d].

    rotations: rotations_at for these slots; masks: prompt_masks if T > 1, one step_mask if T == 1.
    """
    T = ids.size(1)
    end = at + T
    x = embed(weights.embedding, ids)
    rotations_of_kind = by_kind(rotations, 3)
    for l, w in enumerate(weights.layers):
        q, k, v = query_key_value(w, normalize_for(w.attention_norm, x), rotations_of_kind[w.kind])
        keys = cache[l]
        values = cache[config.layers + l]
        keys.narrow(2, at, T).copy_(k.transpose(1, 2))
        values.narrow(2, at, T).copy_(v.transpose(1, 2))
        if T > 1:
            result = attend_prompt(q, keys.narrow(2, 0, end), values.narrow(2, 0, end), masks[w.kind])
        else:
            first = first_visible(w.kind, end)
            keys = keys.flatten(0, 1).narrow(1, first, end - first)
            values = values.flatten(0, 1).narrow(1, first, end - first)
            result = attend_step(q, keys, values, masks[0].narrow(2, first, end - first))
        x = add_post_norm(x, project(w.output, result), w.attention_post_norm)
        x = add_post_norm(x, mlp(w, normalize_for(w.mlp_norm, x)), w.mlp_post_norm)
    return to_float32(normalize_for(weights.final_norm, x.select(1, T - 1)))


@torch.jit.export
def read_prompt(packed: List[Tensor], cache: List[Tensor], ids: Tensor, at: int, start: Tensor, rope: Tensor) -> Tensor:
    """Read tokens of the prompts, ids [B, T], into the cache from slot `at`; return the last hidden states [B, d]."""
    T = ids.size(1)
    masks = prompt_masks(at, T, start) if T > 1 else [step_mask(at + 1, start, packed[0])]
    return extend(packed_weights(packed), cache, ids, at, rotations_at(rope, at, T, start), masks)


def truncate(weights: Tensor, sampling: Sampling) -> Tensor:
    """Set to 0 the weights [B, V] (probabilities) of tokens that are not to be drawn.

    First those outside the k most likely tokens, then those outside the smallest set of them that has a share of
    top_p, then those below min_p times the largest. Ties with the last one kept are kept.
    """
    if sampling.top_k > 0 and sampling.top_k < weights.size(1):
        least = weights.topk(sampling.top_k, -1, True, True)[0].narrow(1, sampling.top_k - 1, 1)
        weights = weights.masked_fill(weights < least, 0.0)
    if sampling.top_p < 1.0:
        ordered = weights.sort(-1, True)[0]
        before = ordered.cumsum(-1) - ordered
        enough = before >= ordered.sum([-1], True) * sampling.top_p
        least = ordered.masked_fill(enough, float("inf")).amin([-1], True)
        weights = weights.masked_fill(weights < least, 0.0)
    if sampling.min_p > 0.0:
        least = weights.amax([-1], True) * sampling.min_p
        weights = weights.masked_fill(weights < least, 0.0)
    return weights


def sample(logits: Tensor, uniform: Tensor, sampling: Sampling) -> Tuple[Tensor, Tensor]:
    """Draw the next token [B, 1], and return it with its log-probability [B, 1].

    logits [B, V]; uniform [B, 1]: random numbers in [0, 1). It is the first token whose cumulative weight exceeds the
    random share of the whole. Log-probabilities are those at the temperature, before truncation; at temperature 0 it
    is the most likely token, with its log-probability at 1.
    """
    logits = to_float32(logits)
    if sampling.temperature == 0.0:
        log_p = logits.log_softmax(-1)
        token = log_p.argmax(-1, True)
    else:
        log_p = (logits / sampling.temperature).log_softmax(-1)
        cumulative = truncate(log_p.exp(), sampling).cumsum(-1)
        token = torch.searchsorted(cumulative, cumulative.narrow(1, config.vocab_size - 1, 1) * uniform, right=True)
        token = token.clamp(max=config.vocab_size - 1)
    return token, log_p.gather(1, token)


@torch.jit.export
def write_tokens(
    packed: List[Tensor],
    cache: List[Tensor],
    hidden: Tensor,
    at: int,
    start: Tensor,
    done: Tensor,
    uniform: Tensor,
    stops: Tensor,
    pad: int,
    temperature: float,
    top_k: int,
    top_p: float,
    min_p: float,
    last: bool,
    rope: Tensor,
) -> List[Tensor]:
    """Write the next N tokens of every row, fewer if all rows are done before; N is the width of uniform [B, N].

    Args:
        packed: what pack returned
        cache: the keys and values of the slots before `at`
        hidden: [B, d], state after the token in slot at - 1
        at: the first slot to write
        start: [B], the first slot of each row that is no padding
        done: bool [B], rows that have ended and only get padding
        uniform: [B, N], random numbers in [0, 1)
        stops: [any], tokens that end a row
        pad: the padding
        temperature: see Sampling, as for top_k, top_p and min_p
        last: whether no further call follows
        rope: [at least as many positions as slots, kinds h / 2, 2], cosine and sine

    Returns tokens [B, n], their log-probabilities [B, n], and hidden.
    """
    N = uniform.size(1)
    weights = packed_weights(packed)
    sampling = Sampling(temperature, top_k, top_p, min_p)
    masks = [step_mask(at + N, start, weights.embedding)]
    rotations = rotations_at(rope, at, N, start)
    padding = stops.new_full([], pad)
    tokens: List[Tensor] = []
    log_probs: List[Tensor] = []
    i = 0
    going = True
    while going:
        logits = project(weights.head, hidden.to(weights.embedding))
        token, log_p = sample(logits, uniform.narrow(1, i, 1), sampling)
        token = torch.where(done.unsqueeze(1), padding, token)
        tokens.append(token)
        log_probs.append(log_p)
        done = done | (token == stops).any(1)
        i += 1
        ended = bool(done.all())
        going = i < N and not ended
        if going or not (last or ended):
            hidden = extend(weights, cache, token, at + i - 1, rotations.narrow(1, i - 1, 1), masks)
    return [torch.cat(tokens, 1), torch.cat(log_probs, 1), hidden]
