# Whole sequences for training: how they are laid out, and what all layers need to know of that.
#
# rows is a list of one tensor or of four:
#   ids [B, T]                       plain: every row is a sequence from position 0, padded on the right
#   prompts [g, P], lengths [g],     shared: row r of R completions goes on where prompt owner[r] ends, so that a prompt is
#   owner [R], ids [R, C]            computed once for all its completions; all padded on the right
#
# Layers see one stretch of N tokens: N = B T, or N = g P + R C with the prompts first. Only attention knows of rows.


def row_ids(self, rows: List[Tensor]) -> Tensor:
    # all tokens in order, [N]
    if torch.len(rows) == 1:
        return torch.flatten(rows[0])
    return torch.cat([torch.flatten(rows[0]), torch.flatten(rows[3])])


def positions_of(self, rows: List[Tensor]) -> Tensor:
    # [N]
    first = torch.repeat(self.whole_numbers(0, torch.size(rows[0], 1), rows[0]), [torch.size(rows[0], 0)])
    if torch.len(rows) == 1:
        return first
    before = torch.unsqueeze(torch.index_select(rows[1], 0, rows[2]), 1)
    return torch.cat([first, torch.flatten(torch.add(before, self.whole_numbers(0, torch.size(rows[3], 1), rows[3])))])


def causal_mask(self, T: int, like: Tensor) -> Tensor:
    # [G T, T] for G queries a key head: a token sees itself and those before
    query = torch.unsqueeze(self.whole_numbers(0, T, like), 1)
    seen = torch.le(torch.unsqueeze(self.whole_numbers(0, T, like), 0), query)
    return torch.repeat(self.additive(seen, like), [self.heads // self.kv_heads, 1])


def completion_mask(self, rows: List[Tensor], like: Tensor) -> Tensor:
    # [R K, G C, P + C]: a token of a completion sees the whole prompt, itself and those before in the completion
    P = torch.size(rows[0], 1)
    R = torch.size(rows[3], 0)
    C = torch.size(rows[3], 1)
    key = self.whole_numbers(0, P + C, like)
    query = torch.unsqueeze(self.whole_numbers(P, P + C, like), 1)
    length = torch.view(torch.index_select(rows[1], 0, rows[2]), [-1, 1, 1])
    own = torch.__and__(torch.ge(key, P), torch.le(key, query))
    seen = torch.__or__(torch.lt(key, length), torch.unsqueeze(own, 0))
    mask = torch.view(self.additive(seen, like), [R, 1, 1, C, P + C])
    mask = torch.expand(mask, [R, self.kv_heads, self.heads // self.kv_heads, C, P + C])
    return torch.reshape(mask, [R * self.kv_heads, -1, P + C])


def plan(self, p: List[Tensor], rows: List[Tensor], rope: Tensor) -> List[Tensor]:
    # What every layer needs: rotations, complex [N, 1, h / 2]; the causal mask, empty where attention is fused; and for shared
    # rows the mask of completions. rope [at least as many positions, h / 2, 2]
    turns = torch.unsqueeze(torch.view_as_complex(torch.index_select(rope, 0, self.positions_of(rows))), 1)
    T = torch.size(rows[0], 1)
    if T >= self.fused_from:
        T = 0
    made = [turns, self.causal_mask(T, p[0])]
    if torch.len(rows) > 1:
        made.append(self.completion_mask(rows, p[0]))
    return made
