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


def weight_gradient(self, slope: Tensor, x: Tensor, into: Tensor) -> Tensor:
    # slope^T x [out, in] of slope [N, out] and x [N, in], in the memory of into (train.py) where their types agree
    if self.half:
        return torch.matmul(torch.t(slope), x)
    return torch.mm(torch.t(slope), x, out=into)


def project_back(self, p: List[Tensor], i: int, x: Tensor, slope: Tensor, into: List[Tensor], g: List[Tensor]) -> Tensor:
    # Appends the gradient of projection i, which was given x [N, in], or those of its adapters (lora.py).
    if self.lora:
        sent = self.adapt_back(p, i, x, slope, g)
    else:
        g.append(self.weight_gradient(slope, x, into[i]))
        sent = torch.matmul(slope, p[i])
    return sent


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


def feed_forward_back(self, p: List[Tensor], o: int, slope: Tensor, y: Tensor, gate_up: Tensor, into: List[Tensor], g: List[Tensor]) -> Tensor:
    # Appends the gradients of down and of gate_up; y [N, d]: the input before the norm's weight, d loss / d input after it.
    gate, up = torch.chunk(gate_up, 2, -1)
    raised = torch.silu(gate)
    of_product = self.project_back(p, o + 5, torch.mul(raised, up), slope, into, g)
    of_gate_up = torch.empty_like(gate_up)
    of_gate, of_up = torch.chunk(of_gate_up, 2, -1)
    torch.mul(of_product, raised, out=of_up)
    torch.silu_backward(torch.mul_(of_product, up), gate, grad_input=of_gate)
    return self.project_back(p, o + 4, torch.mul(y, p[o + 3]), of_gate_up, into, g)


def layer_back(self, p: List[Tensor], l: int, slope: Tensor, rows: List[Tensor], plan: List[Tensor], kept: List[Tensor], into: List[Tensor]) -> Tuple[Tensor, List[Tensor]]:
    # From slope = d loss / d output of layer l [N, d], which it changes, that of the input, and the gradients of the layer's
    # weights, or of its adapters, in the order of p; into as in train.py.
    o = 1 + l * self.layer_stride
    both = self.heads + self.kv_heads
    base = 2
    if self.qk_norm:
        base = 4
    a, y, inverse, gate_up = torch.slice(kept, base, base + 4)
    g = annotate(List[Tensor], [])
    sent = self.feed_forward_back(p, o, slope, y, gate_up, into, g)
    slope, of_second_norm = self.norm_back(sent, y, inverse, p[o + 3], slope)
    of_a = self.project_back(p, o + 2, a, slope, into, g)
    of_q, of_k, of_v = self.attention_back(of_a, a, rows, torch.slice(kept, base + 4))
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
    sent = self.project_back(p, o + 1, torch.mul(kept[0], p[o]), stacked, into, g)
    slope, of_norm = self.norm_back(sent, kept[0], kept[1], p[o], slope)
    if self.lora:
        found = self.adapter_order(g)
    else:
        of_down, of_gate_up, of_output, of_qkv = g
        found = torch.add([of_norm, of_qkv, of_output, of_second_norm, of_gate_up, of_down], others)
    return (slope, found)
