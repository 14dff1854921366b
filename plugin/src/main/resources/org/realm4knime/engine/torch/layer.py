# A decoder layer for training, forward and backward. The backward pass is written out: PyTorch's own needs twice the time
# for all that is no matrix product, and keeps more. Shapes as in rows.py and decoder.py: N tokens in one stretch, B rows of
# T tokens, G = H / K queries a key head. A method named x_back takes d loss / d result of x and returns d loss / d input.


def unit(self, x: Tensor) -> Tuple[Tensor, Tensor]:
    # RMS norm without its weight: x / rms(x) [n, d], and 1 / rms(x) [n, 1].
    size = torch.linalg_vector_norm(self.full(x), 2, [-1], True)
    inverse = torch.rsqrt(torch.add(torch.div(torch.mul(size, size), float(torch.size(x, -1))), self.eps))
    return (torch.to(torch.mul(x, inverse), x), inverse)


def norm_back(self, sent: Tensor, y: Tensor, inverse: Tensor, weight: Tensor, slope: Tensor) -> Tuple[Tensor, Tensor]:
    # Back through weight * y, with (y, inverse) the result of unit(x): from sent [n, d], which it changes, adds d loss / d x to
    # slope, and returns that with the gradient of weight.
    shared = torch.mul(sent, y)
    along = torch.div(torch.mv(shared, weight), float(torch.size(y, 1)))
    torch.addcmul_(torch.mul_(sent, weight), y, torch.unsqueeze(along, 1), value=-1)
    return (torch.addcmul_(slope, sent, inverse), torch.sum(shared, [0]))


def unit_back(self, slope: Tensor, x: Tensor, inverse: Tensor) -> Tensor:
    # x: the result of unit. Changes slope.
    along = torch.div(torch.sum(torch.mul(slope, x), [-1], True), float(torch.size(x, -1)))
    return torch.mul_(torch.addcmul_(slope, x, along, value=-1), inverse)


def project_onto(self, p: List[Tensor], i: int, x: Tensor, base: Tensor) -> Tensor:
    # base [N, out] plus the projection p[i] of x, with its adapters (lora.py) if there are any
    y = torch.addmm(base, x, torch.t(p[i]), beta=1, alpha=1)
    if self.lora:
        y = self.adapt(p, i, x, y)
    return y


def project_back(self, p: List[Tensor], i: int, x: Tensor, slope: Tensor, g: List[Tensor]) -> Tensor:
    # Appends the gradient of projection i, which was given x [N, in], or those of its adapters (lora.py).
    if self.lora:
        sent = self.adapt_back(p, i, x, slope, g)
    else:
        g.append(torch.matmul(torch.t(slope), x))
        sent = torch.matmul(slope, p[i])
    return sent


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
    first_q = self.heads_first(torch.narrow(q, 0, 0, tokens), B)
    first_k = self.heads_first(torch.narrow(k, 0, 0, tokens), B)
    first_v = self.heads_first(torch.narrow(v, 0, 0, tokens), B)
    a, weights = self.attend(first_q, first_k, first_v, plan[1])
    kept.extend([first_q, first_k, first_v, weights])
    result = self.heads_last(a, B, self.heads)
    if torch.len(rows) > 1:
        R = torch.size(rows[3], 0)
        n = torch.size(q, 0) - tokens
        row_q = self.heads_first(torch.narrow(q, 0, tokens, n), R)
        row_k = self.with_prompts(first_k, self.heads_first(torch.narrow(k, 0, tokens, n), R), rows[2])
        row_v = self.with_prompts(first_v, self.heads_first(torch.narrow(v, 0, tokens, n), R), rows[2])
        a, weights = self.attend(row_q, row_k, row_v, plan[2])
        kept.extend([row_q, row_k, row_v, weights])
        result = torch.cat([result, self.heads_last(a, R, self.heads)], 0)
    return torch.flatten(result, 1)


def attention_back(self, slope: Tensor, rows: List[Tensor], kept: List[Tensor]) -> Tuple[Tensor, Tensor, Tensor]:
    # slope [N, H h] -> those of q, k and v
    B = torch.size(rows[0], 0)
    tokens = torch.numel(rows[0])
    slope = torch.view(slope, [-1, self.heads, self.head_dim])
    q, k, v, weights = torch.slice(kept, 0, 4)
    of_q, of_k, of_v = self.attend_back(q, k, v, weights, self.heads_first(torch.narrow(slope, 0, 0, tokens), B))
    first_q = self.heads_last(of_q, B, self.heads)
    if torch.len(rows) == 1:
        return (first_q, self.heads_last(of_k, B, self.kv_heads), self.heads_last(of_v, B, self.kv_heads))
    R = torch.size(rows[3], 0)
    q, k, v, weights = torch.slice(kept, 4, 8)
    sent = self.heads_first(torch.narrow(slope, 0, tokens, torch.size(slope, 0) - tokens), R)
    row_q, row_k, row_v = self.attend_back(q, k, v, weights, sent)
    own_k = self.heads_last(self.with_prompts_back(row_k, of_k, rows[2]), R, self.kv_heads)
    own_v = self.heads_last(self.with_prompts_back(row_v, of_v, rows[2]), R, self.kv_heads)
    first_k = self.heads_last(of_k, B, self.kv_heads)
    first_v = self.heads_last(of_v, B, self.kv_heads)
    row_q = self.heads_last(row_q, R, self.heads)
    return (torch.cat([first_q, row_q], 0), torch.cat([first_k, own_k], 0), torch.cat([first_v, own_v], 0))


def turn(self, x: Tensor, turns: Tensor) -> Tensor:
    # Rotary position embedding of x [N, heads, h] by complex [N, 1, h / 2]; see rotate in decoder.py.
    pairs = torch.view_as_complex(torch.view(self.full(x), [torch.size(x, 0), torch.size(x, 1), -1, 2]))
    return torch.to(torch.flatten(torch.view_as_real(torch.mul(pairs, turns)), 2), x)


def head_norm_weight(self, p: List[Tensor], o: int) -> Tensor:
    # norm of query and key for every head, [H + K, h]
    n = o + self.qk_norm_offset
    of_q = torch.expand(p[n], [self.heads, self.head_dim])
    return torch.cat([of_q, torch.expand(p[n + 1], [self.kv_heads, self.head_dim])])


def layer(self, p: List[Tensor], l: int, x: Tensor, rows: List[Tensor], plan: List[Tensor], kept: List[Tensor]) -> Tensor:
    # x [N, d] through layer l. Appends to kept what layer_back needs.
    o = 1 + l * self.layer_stride
    both = self.heads + self.kv_heads
    y, inverse = self.unit(x)
    kept.extend([y, inverse])
    stacked = self.project(p, o + 1, torch.mul(y, p[o]))
    if self.qkv_bias:
        stacked = torch.add_(stacked, p[o + 6])
    stacked = torch.view(stacked, [-1, both + self.kv_heads, self.head_dim])
    qk, v = torch.split_with_sizes(stacked, [both, self.kv_heads], 1)
    if self.qk_norm:
        qk, inverse = self.unit(qk)
        kept.extend([qk, inverse])
        qk = torch.mul(qk, self.head_norm_weight(p, o))
    qk = self.turn(torch.contiguous(qk), plan[0])
    q, k = torch.split_with_sizes(qk, [self.heads, self.kv_heads], 1)
    seen = annotate(List[Tensor], [])
    a = self.attention(q, k, v, rows, plan, seen)
    x = self.project_onto(p, o + 2, a, x)
    y, inverse = self.unit(x)
    gate_up = self.project(p, o + 4, torch.mul(y, p[o + 3]))
    kept.extend([a, y, inverse, gate_up])
    kept.extend(seen)
    gate, up = torch.chunk(gate_up, 2, -1)
    return self.project_onto(p, o + 5, torch.mul_(torch.silu(gate), up), x)


def feed_forward_back(self, p: List[Tensor], o: int, slope: Tensor, y: Tensor, gate_up: Tensor, g: List[Tensor]) -> Tensor:
    # Appends the gradients of down and of gate_up; y [N, d]: the input before the norm's weight, d loss / d input after it.
    gate, up = torch.chunk(gate_up, 2, -1)
    raised = torch.silu(gate)
    of_product = self.project_back(p, o + 5, torch.mul(raised, up), slope, g)
    of_gate_up = torch.empty_like(gate_up)
    of_gate, of_up = torch.chunk(of_gate_up, 2, -1)
    torch.mul(of_product, raised, out=of_up)
    torch.silu_backward(torch.mul_(of_product, up), gate, grad_input=of_gate)
    return self.project_back(p, o + 4, torch.mul(y, p[o + 3]), of_gate_up, g)


def layer_back(self, p: List[Tensor], l: int, slope: Tensor, rows: List[Tensor], plan: List[Tensor], kept: List[Tensor]) -> Tuple[Tensor, List[Tensor]]:
    # From slope = d loss / d output of layer l [N, d], which it changes, that of the input, and the gradients of the layer's
    # weights, or of its adapters, in the order of p.
    o = 1 + l * self.layer_stride
    both = self.heads + self.kv_heads
    base = 2
    if self.qk_norm:
        base = 4
    a, y, inverse, gate_up = torch.slice(kept, base, base + 4)
    g = annotate(List[Tensor], [])
    sent = self.feed_forward_back(p, o, slope, y, gate_up, g)
    slope, of_second_norm = self.norm_back(sent, y, inverse, p[o + 3], slope)
    of_q, of_k, of_v = self.attention_back(self.project_back(p, o + 2, a, slope, g), rows, torch.slice(kept, base + 4))
    of_qk = self.turn(torch.cat([of_q, of_k], 1), torch.conj(plan[0]))
    others = annotate(List[Tensor], [])
    if self.qk_norm:
        of_weight = torch.sum(torch.mul(of_qk, kept[2]), [0])
        of_q_norm, of_k_norm = torch.split_with_sizes(of_weight, [self.heads, self.kv_heads], 0)
        others = [torch.sum(of_q_norm, [0]), torch.sum(of_k_norm, [0])]
        of_qk = self.unit_back(torch.mul_(of_qk, self.head_norm_weight(p, o)), kept[2], kept[3])
    stacked = torch.flatten(torch.cat([of_qk, of_v], 1), 1)
    if self.qkv_bias:
        others = torch.add([torch.sum(stacked, [0])], others)
    sent = self.project_back(p, o + 1, torch.mul(kept[0], p[o]), stacked, g)
    slope, of_norm = self.norm_back(sent, kept[0], kept[1], p[o], slope)
    if self.lora:
        found = self.adapter_order(g)
    else:
        of_down, of_gate_up, of_output, of_qkv = g
        found = torch.add([of_norm, of_qkv, of_output, of_second_norm, of_gate_up, of_down], others)
    return (slope, found)
