# Whole sequences through the decoder, for training.
#
# rows is a list of one tensor or of four:
#   ids [B, T]                       plain: every row is a sequence from position 0, padded on the right
#   prompts [g, P], lengths [g],     shared: row r of R completions goes on where prompt owner[r] ends, so that a prompt is
#   owner [R], ids [R, C]            computed once for all its completions; all padded on the right
#
# The states of shared rows are one stretch of N = g P + R C tokens, the prompts first; only attention knows of rows.


def embed(self, p: List[Tensor], rows: List[Tensor]) -> Tensor:
    # [B, T, d], or [1, N, d] for shared rows
    if torch.len(rows) == 1:
        ids = rows[0]
    else:
        ids = torch.unsqueeze(torch.cat([torch.flatten(rows[0]), torch.flatten(rows[3])]), 0)
    return torch.embedding(p[0], ids)


def turns_of(self, rows: List[Tensor], rope: Tensor) -> Tensor:
    # rotations at the rows' positions, complex [1, T or N, 1, h / 2]; rope [at least as many positions, h / 2, 2]
    if torch.len(rows) == 1:
        turns = torch.narrow(rope, 0, 0, torch.size(rows[0], 1))
    else:
        device = ops.prim.device(rope)
        prompt = torch.arange(0, torch.size(rows[0], 1), dtype=4, layout=None, device=device, pin_memory=False)
        completion = torch.arange(0, torch.size(rows[3], 1), dtype=4, layout=None, device=device, pin_memory=False)
        before = torch.unsqueeze(torch.index_select(rows[1], 0, rows[2]), 1)
        positions = [torch.repeat(prompt, [torch.size(rows[0], 0)]), torch.flatten(torch.add(before, completion))]
        turns = torch.index_select(rope, 0, torch.cat(positions))
    return torch.unsqueeze(torch.unsqueeze(torch.view_as_complex(turns), 1), 0)


def shared_of(self, rows: List[Tensor]) -> List[Tensor]:
    # What attention needs of shared rows: prompts, owner, and which of P prompt and C completion tokens each completion
    # token sees, bool [R, 1, C, P + C]. Empty for plain rows.
    shared = annotate(List[Tensor], [])
    if torch.len(rows) > 1:
        P = torch.size(rows[0], 1)
        C = torch.size(rows[3], 1)
        device = ops.prim.device(rows[0])
        key = torch.arange(0, P + C, dtype=4, layout=None, device=device, pin_memory=False)
        query = torch.unsqueeze(torch.arange(P, P + C, dtype=4, layout=None, device=device, pin_memory=False), 1)
        length = torch.view(torch.index_select(rows[1], 0, rows[2]), [-1, 1, 1])
        own = torch.__and__(torch.ge(key, P), torch.le(key, query))
        seen = torch.__or__(torch.lt(key, length), torch.unsqueeze(own, 0))
        shared = [rows[0], rows[2], torch.unsqueeze(seen, 1)]
    return shared


def attend(self, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
    # Causal attention within each row: q [B, T, H, h], k and v [B, T, K, h] -> [B, T, H h]
    a = torch.scaled_dot_product_attention(torch.transpose(q, 1, 2), torch.transpose(k, 1, 2), torch.transpose(v, 1, 2), None, 0., True, scale=None, enable_gqa=self.grouped)
    return torch.flatten(torch.transpose(a, 1, 2), 2)


def prompts_and_rows(self, x: Tensor, shared: List[Tensor]) -> Tuple[Tensor, Tensor]:
    # [1, N, heads, h] -> prompts [g, P, heads, h] and completions [R, C, heads, h]
    tokens = torch.numel(shared[0])
    prompts, rows = torch.split_with_sizes(torch.squeeze(x, 0), [tokens, torch.size(x, 1) - tokens], 0)
    heads = torch.size(x, 2)
    prompts = torch.view(prompts, [torch.size(shared[0], 0), -1, heads, self.head_dim])
    return (prompts, torch.view(rows, [torch.numel(shared[1]), -1, heads, self.head_dim]))


def attend_shared(self, q: Tensor, k: Tensor, v: Tensor, shared: List[Tensor]) -> Tensor:
    # q [1, N, H, h], k and v [1, N, K, h] -> [1, N, H h]
    prompt_q, row_q = self.prompts_and_rows(q, shared)
    prompt_k, row_k = self.prompts_and_rows(k, shared)
    prompt_v, row_v = self.prompts_and_rows(v, shared)
    of_prompts = self.attend(prompt_q, prompt_k, prompt_v)
    keys = torch.cat([torch.index_select(prompt_k, 0, shared[1]), row_k], 1)
    values = torch.cat([torch.index_select(prompt_v, 0, shared[1]), row_v], 1)
    a = torch.scaled_dot_product_attention(torch.transpose(row_q, 1, 2), torch.transpose(keys, 1, 2), torch.transpose(values, 1, 2), shared[2], 0., False, scale=None, enable_gqa=self.grouped)
    of_rows = torch.flatten(torch.transpose(a, 1, 2), 2)
    return torch.unsqueeze(torch.cat([torch.flatten(of_prompts, 0, 1), torch.flatten(of_rows, 0, 1)], 0), 0)


def layer(self, p: List[Tensor], l: int, x: Tensor, turns: Tensor, shared: List[Tensor]) -> Tensor:
    # x [B, T, d] through layer l
    o = 1 + l * self.layer_stride
    q, k, v = self.query_key_value(p, o, self.norm(x, p[o]), turns)
    if torch.len(shared) == 0:
        a = self.attend(q, k, v)
    else:
        a = self.attend_shared(q, k, v, shared)
    x = torch.add(x, self.project(p, o + 2, a))
    return torch.add(x, self.feed_forward(p, o, self.norm(x, p[o + 3])))


def pick(self, p: List[Tensor], x: Tensor, positions: Tensor) -> Tensor:
    # The states at `positions` (indices into all B T or N of them) after the final norm, [n, d].
    chosen = torch.index_select(torch.reshape(x, [-1, self.hidden_size]), 0, positions)
    return self.norm(chosen, p[self.final_norm])


def states(self, p: List[Tensor], rows: List[Tensor], positions: Tensor, rope: Tensor) -> Tensor:
    # The states that predict the tokens after `positions`, [n, d].
    turns = self.turns_of(rows, rope)
    shared = self.shared_of(rows)
    x = self.embed(p, rows)
    for l in range(self.layers):
        x = self.layer(p, l, x, turns, shared)
    return self.pick(p, x, positions)
