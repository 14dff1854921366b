# Generation with a cache of keys and values.
#
# Rows of a batch are padded on the left, so that all rows write the same slot of the cache at the same time: slot s of
# row b holds the token at position s - start[b]; slots before start[b] are padding that nothing attends to. A row that has
# ended gives its place to a further prompt, whose last token goes into the last used slot.
#
# cache: 2 * layers tensors [B, K, slots, h]; the keys of all layers, then the values.
# Hidden states are float32 between calls, whatever a GPU works in.
# B rows, T new tokens a row, S slots used so far, V vocabulary, d hidden size, H heads, K key and value heads, h head size.


def packed(self, weight: Tensor, norm: Optional[Tensor]) -> Tensor:
    # A projection as oneDNN reads it fastest, one and a half times as fast as MKL reads the plain one for the few rows of a
    # batch; with the weight of the norm before it, and the norm's factor sqrt(d), multiplied in.
    w = weight
    if norm is not None:
        w = torch.mul(weight, torch.mul(norm, torch.sqrt(torch.size(weight, 1))))
    if torch.numel(w) >= 32768:
        w = ops.mkldnn._reorder_linear_weight(w, None)
    return w


def pack(self, p: List[Tensor]) -> List[Tensor]:
    # The weights that the functions below take as p: those of decoder.py and the output projection at the end. Where
    # oneDNN computes, projections are packed and contain the norms before them.
    w = annotate(List[Tensor], [])
    for tensor in self.working(p):
        w.append(tensor)
    if self.onednn:
        floor = torch.new_full(p[0], [1], torch.sqrt(torch.size(p[0], 1) * self.eps))
        for l in range(self.layers):
            o = 1 + l * self.layer_stride
            w[o] = floor
            w[o + 3] = floor
            w[o + 1] = self.packed(p[o + 1], p[o])
            w[o + 2] = self.packed(p[o + 2], None)
            w[o + 4] = self.packed(p[o + 4], p[o + 3])
            w[o + 5] = self.packed(p[o + 5], None)
        w[self.final_norm] = floor
        w.append(self.packed(p[self.head], p[self.final_norm]))
    else:
        w.append(w[self.head])
    return w


def normed(self, p: List[Tensor], i: int, x: Tensor) -> Tensor:
    # What the projection after a norm takes. p[i] is the norm's weight, or sqrt(d eps) if the weight and a factor sqrt(d)
    # are part of the packed projection; then x / sqrt(|x|^2 + d eps) remains. x [..., d]
    if self.onednn:
        length = torch.linalg_vector_norm(x, 2, [-1], True, dtype=None)
        return torch.div(x, torch.hypot(length, p[i]))
    return self.norm(x, p[i])


def new_cache(self, p: List[Tensor], rows: int, slots: int) -> List[Tensor]:
    # zeros: what no row has written yet takes part in products, with weight 0, and must not be NaN
    cache = annotate(List[Tensor], [])
    for i in range(2 * self.layers):
        cache.append(torch.new_zeros(p[0], [rows, self.kv_heads, slots, self.head_dim]))
    return cache


def open_cache(self, p: List[Tensor], rows: Tensor, slots: Tensor) -> List[Tensor]:
    return self.new_cache(p, int(rows), int(slots))


def select_rows(self, p: List[Tensor], cache: List[Tensor], hidden: Tensor, rows: Tensor, first: Tensor, used: Tensor, slots: Tensor) -> List[Tensor]:
    # A cache of `slots` slots whose row i is row rows[i] of the given one without the slots before `first`; its hidden
    # states are the last of the list.
    F = int(first)
    S = int(used) - F
    chosen = self.new_cache(p, torch.numel(rows), int(slots))
    for i in range(2 * self.layers):
        torch.copy_(torch.narrow(chosen[i], 2, 0, S), torch.index_select(torch.narrow(cache[i], 2, F, S), 0, rows))
    chosen.append(torch.index_select(hidden, 0, rows))
    return chosen


def place_rows(self, p: List[Tensor], cache: List[Tensor], hidden: Tensor, fresh: List[Tensor], fresh_hidden: Tensor, places: Tensor, rows: Tensor, used: Tensor) -> Tensor:
    # Row rows[i] of the fresh cache, all of whose slots are used, takes the place places[i]; its last slot becomes
    # used - 1. Returns the hidden states of all rows.
    W = torch.size(fresh[0], 2)
    at = int(used) - W
    for i in range(2 * self.layers):
        torch.index_copy_(torch.narrow(cache[i], 2, at, W), 0, places, torch.index_select(fresh[i], 0, rows))
    return torch.index_copy(hidden, 0, places, torch.index_select(fresh_hidden, 0, rows))


def turns_at(self, rope: Tensor, at: int, T: int, start: Tensor) -> Tensor:
    # rotations of slots at .. at + T - 1, complex [B, T, 1, h / 2]; those of padding are of no consequence
    positions = torch.clamp(torch.sub(torch.unsqueeze(self.whole_numbers(at, at + T, start), 0), torch.unsqueeze(start, 1)), 0)
    table = torch.flatten(rope, 1)
    turns = torch.view(torch.embedding(table, positions), [torch.size(start, 0), T, 1, -1, 2])
    return torch.view_as_complex(turns)


def prompt_mask(self, at: int, T: int, start: Tensor) -> Tensor:
    # bool [B, 1, T, at + T], true where a slot may be attended to: not later, and no padding. Padding sees itself, since
    # a row without anything to attend to would become NaN.
    query = torch.unsqueeze(self.whole_numbers(at, at + T, start), 1)
    key = torch.unsqueeze(self.whole_numbers(0, at + T, start), 0)
    real = torch.ge(torch.unsqueeze(key, 0), torch.view(start, [-1, 1, 1]))
    seen = torch.__and__(torch.unsqueeze(torch.le(key, query), 0), real)
    return torch.unsqueeze(torch.__or__(seen, torch.unsqueeze(torch.eq(key, query), 0)), 1)


def step_mask(self, slots: int, start: Tensor, p: List[Tensor]) -> Tensor:
    # [B * K, 1, slots], 0 or minus infinity: what is added to the attention scores of one new token a row. The last slot is
    # seen even where it is padding, as in prompt_mask.
    slot = torch.unsqueeze(self.whole_numbers(0, slots, start), 0)
    real = torch.__or__(torch.ge(slot, torch.unsqueeze(start, 1)), torch.eq(slot, slots - 1))
    return torch.unsqueeze(torch.repeat_interleave(self.additive(real, p[0]), self.kv_heads, 0), 1)


def attend_prompt(self, q: Tensor, keys: Tensor, values: Tensor, mask: Tensor) -> Tensor:
    # q [B, T, H, h], keys and values [B, K, S, h] -> [B, T, H h]
    a = torch.scaled_dot_product_attention(torch.transpose(q, 1, 2), keys, values, mask, 0., False, scale=None, enable_gqa=self.grouped)
    return torch.flatten(torch.transpose(a, 1, 2), 2)


def attend_step(self, q: Tensor, keys: Tensor, values: Tensor, mask: Tensor) -> Tensor:
    # One new token a row: the heads of a group become rows of one matrix product with the keys they share.
    # q [B, 1, H, h], keys and values [B * K, S, h], mask [B * K, 1, S] -> [B, 1, H h]
    grouped = torch.reshape(q, [-1, self.heads // self.kv_heads, self.head_dim])
    scores = torch.baddbmm(mask, grouped, torch.transpose(keys, 1, 2), beta=1, alpha=self.scale)
    return torch.view(torch.bmm(torch.softmax(scores, -1), values), [torch.size(q, 0), 1, -1])


def extend(self, p: List[Tensor], cache: List[Tensor], ids: Tensor, at: int, turns: Tensor, mask: Tensor) -> Tensor:
    # Puts T tokens a row, ids [B, T], into slots at .. at + T - 1 and returns the hidden states of the last, [B, d].
    # turns: turns_at for these slots; mask: prompt_mask if T > 1, step_mask if T == 1.
    B = torch.size(ids, 0)
    T = torch.size(ids, 1)
    S = at + T
    x = torch.embedding(p[0], ids)
    for l in range(self.layers):
        o = 1 + l * self.layer_stride
        q, k, v = self.query_key_value(p, o, self.normed(p, o, x), turns)
        keys = cache[l]
        values = cache[self.layers + l]
        torch.copy_(torch.narrow(keys, 2, at, T), torch.transpose(k, 1, 2))
        torch.copy_(torch.narrow(values, 2, at, T), torch.transpose(v, 1, 2))
        if T > 1:
            a = self.attend_prompt(q, torch.narrow(keys, 2, 0, S), torch.narrow(values, 2, 0, S), mask)
        else:
            a = self.attend_step(q, torch.narrow(torch.flatten(keys, 0, 1), 1, 0, S), torch.narrow(torch.flatten(values, 0, 1), 1, 0, S), torch.narrow(mask, 2, 0, S))
        x = torch.add(x, self.project(p, o + 2, a))
        x = torch.add(x, self.feed_forward(p, o, self.normed(p, o + 3, x)))
    return self.full(self.normed(p, self.final_norm, torch.select(x, 1, T - 1)))


def read_prompt(self, p: List[Tensor], cache: List[Tensor], ids: Tensor, at: Tensor, start: Tensor, rope: Tensor) -> Tensor:
    # A stretch of the prompts, ids [B, T], into the cache from slot `at`; returns the last hidden states [B, d].
    first = int(at)
    T = torch.size(ids, 1)
    if T > 1:
        mask = self.prompt_mask(first, T, start)
    else:
        mask = self.step_mask(first + 1, start, p)
    return self.extend(p, cache, ids, first, self.turns_at(rope, first, T, start), mask)


def truncate(self, weights: Tensor, top_k: int, top_p: float, min_p: float) -> Tensor:
    # Sets to 0 the weights [B, V] (probabilities) outside the k most likely tokens, outside the smallest set of them that
    # has a share of top_p, and below min_p times the largest, in this order. Ties with the last one kept are kept.
    kept = weights
    if top_k > 0:
        if top_k < torch.size(weights, 1):
            least = torch.narrow((torch.topk(kept, top_k, -1, True, True))[0], 1, top_k - 1, 1)
            kept = torch.masked_fill(kept, torch.lt(kept, least), 0.)
    if top_p < 1.0:
        ordered, _ = torch.sort(kept, -1, True)
        before = torch.sub(torch.cumsum(ordered, -1), ordered)
        enough = torch.ge(before, torch.mul(torch.sum(ordered, [-1], True), top_p))
        least = torch.amin(torch.masked_fill(ordered, enough, float("inf")), [-1], True)
        kept = torch.masked_fill(kept, torch.lt(kept, least), 0.)
    if min_p > 0.0:
        least = torch.mul(torch.amax(kept, [-1], True), min_p)
        kept = torch.masked_fill(kept, torch.lt(kept, least), 0.)
    return kept


def choose(self, logits: Tensor, uniform: Tensor, temperature: float, top_k: int, top_p: float, min_p: float) -> Tuple[Tensor, Tensor]:
    # The next token [B, 1] and its log-probability [B, 1], from logits [B, V] and random numbers uniform [B, 1] in [0, 1):
    # the first token whose cumulative weight exceeds the random share of the whole. Log-probabilities are those at the
    # temperature, before truncation; at temperature 0 the most likely token, with its log-probability at 1.
    logits = self.full(logits)
    if temperature == 0.0:
        log_probs = torch.log_softmax(logits, -1)
        token = torch.argmax(log_probs, -1, True)
    else:
        log_probs = torch.log_softmax(torch.div(logits, temperature), -1)
        weights = self.truncate(torch.exp(log_probs), top_k, top_p, min_p)
        cumulative = torch.cumsum(weights, -1)
        total = torch.narrow(cumulative, 1, self.vocab_size - 1, 1)
        token = torch.searchsorted(cumulative, torch.mul(total, uniform), right=True)
        token = torch.clamp(token, None, self.vocab_size - 1)
    return (token, torch.gather(log_probs, 1, token))


def write_tokens(
    self,
    p: List[Tensor],
    cache: List[Tensor],
    hidden: Tensor,
    at: Tensor,
    start: Tensor,
    done: Tensor,
    uniform: Tensor,
    stops: Tensor,
    pad: Tensor,
    sampling: Tensor,
    last: Tensor,
    rope: Tensor,
) -> List[Tensor]:
    # The next N tokens of every row, fewer if all rows are done before; N is the width of uniform [B, N].
    # hidden [B, d]: state after the token in slot at - 1; done bool [B]: rows that have ended and only get padding;
    # stops: tokens that end a row; sampling: temperature, top_k, top_p, min_p; last: whether no further call follows.
    # Returns tokens [B, n], their log-probabilities [B, n], hidden.
    N = torch.size(uniform, 1)
    slot = int(at)
    temperature = float(sampling[0])
    top_k = int(sampling[1])
    top_p = float(sampling[2])
    min_p = float(sampling[3])
    final = bool(last)
    mask = self.step_mask(slot + N, start, p)
    turns = self.turns_at(rope, slot, N, start)
    tokens = annotate(List[Tensor], [])
    log_probs = annotate(List[Tensor], [])
    i = 0
    going = True
    while going:
        token, log_prob = self.choose(self.project(p, torch.len(p) - 1, torch.to(hidden, p[0])), torch.narrow(uniform, 1, i, 1), temperature, top_k, top_p, min_p)
        token = torch.where(torch.unsqueeze(done, 1), pad, token)
        tokens.append(token)
        log_probs.append(log_prob)
        done = torch.__or__(done, torch.any(torch.eq(token, stops), 1))
        i = i + 1
        ended = bool(torch.all(done))
        going = i < N and not ended
        if going or not (final or ended):
            hidden = self.extend(p, cache, token, slot + i - 1, torch.narrow(turns, 1, i - 1, 1), mask)
    return [torch.cat(tokens, 1), torch.cat(log_probs, 1), hidden]
