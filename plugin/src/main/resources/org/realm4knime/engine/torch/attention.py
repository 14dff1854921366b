# Attention for training, forward and backward, with shapes as in layer.py. Rows from position 0, which see themselves and what
# is before, are fused from self.fused_from tokens on: their weights [T, T] are never in memory, and half of them never computed
# (Dao et al. 2022). Shorter rows and completions of shared prompts are faster as products of matrices, in which the G queries
# of a key head are rows of one product.


def heads_first(self, x: Tensor, B: int) -> Tensor:
    # [N, heads, h] of B rows -> [B K, (heads / K) T, h]
    apart = torch.view(x, [B, -1, self.kv_heads, torch.size(x, 1) // self.kv_heads, self.head_dim])
    return torch.reshape(torch.permute(apart, [0, 2, 3, 1, 4]), [B * self.kv_heads, -1, self.head_dim])


def heads_last(self, x: Tensor, B: int, heads: int) -> Tensor:
    # the way back: [N, heads, h]
    apart = torch.view(x, [B, self.kv_heads, heads // self.kv_heads, -1, self.head_dim])
    return torch.reshape(torch.permute(apart, [0, 3, 1, 2, 4]), [-1, heads, self.head_dim])


def attend(self, q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tuple[Tensor, Tensor]:
    # q [b, n, h], k and v [b, s, h], mask [b or 1, n, s] -> result [b, n, h], weights [b, n, s]
    weights = torch.softmax(torch.baddbmm(mask, q, torch.transpose(k, 1, 2), beta=1, alpha=self.scale), -1)
    return (torch.bmm(weights, v), weights)


def attend_back(self, q: Tensor, k: Tensor, v: Tensor, weights: Tensor, slope: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    # slopes of q, k and v
    of_v = torch.bmm(torch.transpose(weights, 1, 2), slope)
    of_weights = torch.bmm(slope, torch.transpose(v, 1, 2))
    of_scores = torch._softmax_backward_data(of_weights, weights, -1, ops.prim.dtype(weights))
    of_q = torch.baddbmm(q, of_scores, k, beta=0, alpha=self.scale)
    of_k = torch.baddbmm(k, torch.transpose(of_scores, 1, 2), q, beta=0, alpha=self.scale)
    return (of_q, of_k, of_v)


def by_row(self, x: Tensor, B: int) -> Tensor:
    # [N, heads, h] of B rows, or [N, heads h] -> [B, heads, T, h], without a copy
    return torch.transpose(torch.reshape(x, [B, torch.size(x, 0) // B, -1, self.head_dim]), 1, 2)


def for_queries(self, x: Tensor, B: int) -> Tensor:
    # keys or values [N, K, h] of B rows -> [B, H, T, h]: each as often as it has queries
    apart = self.by_row(x, B)
    if self.grouped:
        shared = torch.expand(torch.unsqueeze(apart, 2), [-1, -1, self.heads // self.kv_heads, -1, -1])
        apart = torch.flatten(shared, 1, 2)
    return apart


def of_queries(self, slope: Tensor) -> Tensor:
    # the way back, summed up: [B, H, T, h] -> [B K, T, h]
    B, H, T, h = torch.size(slope)
    return torch.sum(torch.reshape(slope, [B * self.kv_heads, self.heads // self.kv_heads, T, h]), [1])


def attend_rows(self, q: Tensor, k: Tensor, v: Tensor, B: int, mask: Tensor, kept: List[Tensor]) -> Tensor:
    # B rows from position 0: q [N, H, h], k and v [N, K, h] -> [N, H, h]; appends what attend_rows_back needs to kept
    if torch.size(q, 0) // B < self.fused_from:
        q = self.heads_first(q, B)
        k = self.heads_first(k, B)
        v = self.heads_first(v, B)
        a, weights = self.attend(q, k, v, mask)
        kept.extend([q, k, v, weights])
        return self.heads_last(a, B, self.heads)
    # a view would keep queries and keys too
    v = torch.contiguous(v)
    a, sums = torch._scaled_dot_product_flash_attention_for_cpu(self.by_row(q, B), self.for_queries(k, B), self.for_queries(v, B), 0.0, True, attn_mask=None, scale=self.scale)
    kept.extend([q, k, v, sums])
    return torch.flatten(torch.transpose(a, 1, 2), 0, 1)


def attend_rows_back(self, slope: Tensor, a: Tensor, B: int, kept: List[Tensor]) -> Tuple[Tensor, Tensor, Tensor]:
    # slope and result a [N, H h] -> slopes of queries [N, H, h] and of keys and values [B K, T, h]
    q, k, v, weights = torch.slice(kept, 0, 4)
    if torch.size(slope, 0) // B < self.fused_from:
        slope = torch.view(slope, [-1, self.heads, self.head_dim])
        of_q, of_k, of_v = self.attend_back(q, k, v, weights, self.heads_first(slope, B))
        return (self.heads_last(of_q, B, self.heads), of_k, of_v)
    of_q, of_k, of_v = torch._scaled_dot_product_flash_attention_for_cpu_backward(self.by_row(slope, B), self.by_row(q, B), self.for_queries(k, B), self.for_queries(v, B), self.by_row(a, B), weights, 0.0, True, attn_mask=None, scale=self.scale)
    return (torch.flatten(torch.transpose(of_q, 1, 2), 0, 1), self.of_queries(of_k), self.of_queries(of_v))


def with_prompts(self, prompts: Tensor, own: Tensor, owner: Tensor) -> Tensor:
    # Keys or values of the prompts [g K, P, h] and of the completions [R K, C, h] -> [R K, P + C, h]
    g = torch.size(prompts, 0) // self.kv_heads
    apart = torch.view(prompts, [g, self.kv_heads, -1, self.head_dim])
    return torch.cat([torch.flatten(torch.index_select(apart, 0, owner), 0, 1), own], 1)


def with_prompts_back(self, slope: Tensor, of_prompts: Tensor, owner: Tensor) -> Tensor:
    # Adds to the slope of the prompts what their completions sent; returns that of the completions' own.
    P = torch.size(of_prompts, 1)
    shape = [-1, self.kv_heads, P, self.head_dim]
    sent = torch.reshape(torch.narrow(slope, 1, 0, P), shape)
    torch.index_add_(torch.view(of_prompts, shape), 0, owner, sent)
    return torch.narrow(slope, 1, P, torch.size(slope, 1) - P)


def attention(self, q: Tensor, k: Tensor, v: Tensor, rows: List[Tensor], plan: List[Tensor], kept: List[Tensor]) -> Tensor:
    # q [N, H, h], k and v [N, K, h] -> [N, H h]; appends what attention_back needs to kept.
    B = torch.size(rows[0], 0)
    tokens = torch.numel(rows[0])
    first_k = torch.narrow(k, 0, 0, tokens)
    first_v = torch.narrow(v, 0, 0, tokens)
    result = self.attend_rows(torch.narrow(q, 0, 0, tokens), first_k, first_v, B, plan[1], kept)
    if torch.len(rows) > 1:
        R = torch.size(rows[3], 0)
        n = torch.size(q, 0) - tokens
        row_q = self.heads_first(torch.narrow(q, 0, tokens, n), R)
        prompt_k = kept[1]
        prompt_v = kept[2]
        if tokens // B >= self.fused_from:
            prompt_k = self.heads_first(first_k, B)
            prompt_v = self.heads_first(first_v, B)
        row_k = self.with_prompts(prompt_k, self.heads_first(torch.narrow(k, 0, tokens, n), R), rows[2])
        row_v = self.with_prompts(prompt_v, self.heads_first(torch.narrow(v, 0, tokens, n), R), rows[2])
        a, weights = self.attend(row_q, row_k, row_v, plan[2])
        kept.extend([row_q, row_k, row_v, weights])
        result = torch.cat([result, self.heads_last(a, R, self.heads)], 0)
    return torch.flatten(result, 1)


def attention_back(self, slope: Tensor, a: Tensor, rows: List[Tensor], kept: List[Tensor]) -> Tuple[Tensor, Tensor, Tensor]:
    # slope and result a [N, H h] -> slopes of q, k and v
    B = torch.size(rows[0], 0)
    tokens = torch.numel(rows[0])
    first_slope = torch.narrow(slope, 0, 0, tokens)
    first_q, of_k, of_v = self.attend_rows_back(first_slope, torch.narrow(a, 0, 0, tokens), B, kept)
    if torch.len(rows) == 1:
        return (first_q, self.heads_last(of_k, B, self.kv_heads), self.heads_last(of_v, B, self.kv_heads))
    R = torch.size(rows[3], 0)
    q, k, v, weights = torch.slice(kept, 4, 8)
    slope = torch.view(slope, [-1, self.heads, self.head_dim])
    sent = self.heads_first(torch.narrow(slope, 0, tokens, torch.size(slope, 0) - tokens), R)
    row_q, row_k, row_v = self.attend_back(q, k, v, weights, sent)
    own_k = self.heads_last(self.with_prompts_back(row_k, of_k, rows[2]), R, self.kv_heads)
    own_v = self.heads_last(self.with_prompts_back(row_v, of_v, rows[2]), R, self.kv_heads)
    first_k = self.heads_last(of_k, B, self.kv_heads)
    first_v = self.heads_last(of_v, B, self.kv_heads)
    row_q = self.heads_last(row_q, R, self.heads)
    return (torch.cat([first_q, row_q], 0), torch.cat([first_k, own_k], 0), torch.cat([first_v, own_v], 0))
