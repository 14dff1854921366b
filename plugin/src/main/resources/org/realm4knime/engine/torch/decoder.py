# The decoder of the Llama family: Llama, Qwen2 (bias on query, key and value), Qwen3 (norm on query and key).
#
# TorchScript in its serialised dialect. Every file of this folder is a list of methods of one class; the configuration
# is there as constants: self.layers, self.heads, ... (DecoderProgram.java). Weights come as the list p:
#
#   0                 token embedding              [V, d]
#   1 + l * stride    layer l:
#     + 0  norm before attention                   [d]
#     + 1  query, key and value, stacked           [(H + 2 K) h, d]
#     + 2  attention output                        [d, H h]
#     + 3  norm before the feed-forward block      [d]
#     + 4  gate and up, stacked                    [2 I, d]
#     + 5  down                                    [d, I]
#     + 6  bias of query, key and value            [(H + 2 K) h]   if qkv_bias
#     then norm of query, norm of key              [h], [h]        if qk_norm
#   final_norm        norm after the last layer    [d]
#   head              output projection            [V, d]          the embedding itself if tied (head == 0)
#
# B batch, T positions, V vocabulary, d hidden size, H heads, K key and value heads, h size of a head, I feed-forward size.


def working(self, p: List[Tensor]) -> List[Tensor]:
    # The weights to work with: themselves or, on a GPU (self.half), copies in bfloat16. What else is in p stays.
    if not self.half:
        return p
    copies = annotate(List[Tensor], [])
    for weight in p:
        copies.append(torch.to(weight, 15) if torch.is_floating_point(weight) else weight)
    return copies


def full(self, x: Tensor) -> Tensor:
    # x in float32 where the work is done in bfloat16
    return torch.to(x, 6) if self.half else x


def whole_numbers(self, first: int, end: int, like: Tensor) -> Tensor:
    return torch.arange(first, end, dtype=4, layout=None, device=ops.prim.device(like), pin_memory=False)


def additive(self, seen: Tensor, like: Tensor) -> Tensor:
    # 0 where seen, else minus infinity
    return torch.masked_fill(torch.new_zeros(like, torch.size(seen)), torch.logical_not(seen), -float("inf"))


def norm(self, x: Tensor, weight: Tensor) -> Tensor:
    # RMS norm over the last dimension: x / sqrt(mean(x^2) + eps) * weight (Zhang and Sennrich 2019)
    return torch.rms_norm(x, [torch.size(x, -1)], weight, self.eps)


def linear(self, w: Tensor, x: Tensor) -> Tensor:
    # x [..., in] times w [out, in], which generation packs (generate.py) -> [..., out]
    if ops.prim.is_mkldnn(w):
        return ops.mkldnn._linear_pointwise(x, w, None, "none", annotate(List[Optional[number]], []), "")
    return torch.linear(x, w)


def project(self, p: List[Tensor], i: int, x: Tensor) -> Tensor:
    # the projection p[i] of a layer, with its adapters (lora.py) if there are any
    y = self.linear(p[i], x)
    if self.lora:
        y = self.adapt(p, i, x, y)
    return y


def rotate(self, x: Tensor, rope: Tensor) -> Tensor:
    # Rotary position embedding (Su et al. 2021). The rows of the query and key weights are ordered so that the two
    # halves of a rotated pair are neighbours (WeightLayout.java), which makes the rotation one complex product.
    # x [B, T, heads, h], rope complex [B or 1, T, 1, h / 2]
    pairs = torch.view(self.full(x), [torch.size(x, 0), torch.size(x, 1), torch.size(x, 2), -1, 2])
    turned = torch.view_as_real(torch.mul(torch.view_as_complex(pairs), rope))
    return torch.to(torch.flatten(turned, 3), x)


def query_key_value(self, p: List[Tensor], o: int, x: Tensor, rope: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
    # x [B, T, d] after the norm -> rotated query [B, T, H, h], rotated key and value [B, T, K, h]
    B = torch.size(x, 0)
    T = torch.size(x, 1)
    if self.qkv_bias:
        stacked = torch.add(self.project(p, o + 1, x), p[o + 6])
    else:
        stacked = self.project(p, o + 1, x)
    both = self.heads + self.kv_heads
    qk, v = torch.split_with_sizes(stacked, [both * self.head_dim, self.kv_heads * self.head_dim], -1)
    qk = torch.view(qk, [B, T, both, self.head_dim])
    if self.qk_norm:
        q, k = torch.split_with_sizes(qk, [self.heads, self.kv_heads], 2)
        n = o + self.qk_norm_offset
        qk = torch.cat([self.norm(q, p[n]), self.norm(k, p[n + 1])], 2)
    q, k = torch.split_with_sizes(self.rotate(qk, rope), [self.heads, self.kv_heads], 2)
    return (q, k, torch.view(v, [B, T, self.kv_heads, self.head_dim]))


def feed_forward(self, p: List[Tensor], o: int, x: Tensor) -> Tensor:
    # SwiGLU (Shazeer 2020): down(silu(gate(x)) * up(x))
    gate, up = torch.chunk(self.project(p, o + 4, x), 2, -1)
    return self.project(p, o + 5, torch.mul(torch.silu(gate), up))


def logits(self, p: List[Tensor], h: Tensor) -> Tensor:
    # h [..., d] -> [..., V]
    return self.linear(p[self.head], h)
