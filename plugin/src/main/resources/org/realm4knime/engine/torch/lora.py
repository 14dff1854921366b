# Low-rank adapters beside the projections (LoRA, Hu et al. 2021): y = x W^T + scale * dropout(x) A^T B^T.
#
# In the list p, behind the weights of decoder.py, which are frozen:
#
#   lora_seed                    seed of the dropout, int64          if lora_dropout
#   lora_first + l * lora_stride layer l, for each adapted weight in order:
#                                A [n r, in] of its n adapted parts, stacked; then B [rows of the part, r] of each
#
# x [N, in], N tokens, r rank. Gradients as in layer.py: x_back takes d loss / d result of x and returns d loss / d input.


def dropout_mask(self, p: List[Tensor], i: int, x: Tensor) -> Tensor:
    # [N, in], 0 for the share that is dropped, else 1 / the share kept. The draw depends on the seed and the weight i alone:
    # the backward pass, and a layer that is computed again to save memory, draw the same.
    generator = torch.Generator(device=ops.prim.device(x), seed=int(p[self.lora_seed]) + i)
    return torch.div_(torch.bernoulli(torch.full_like(x, self.lora_kept), generator=generator), self.lora_kept)


def adapt_parts(self, p: List[Tensor], i: int, a: int, x: Tensor, y: Tensor, rows: List[int], adapted: List[bool]) -> Tensor:
    # Adds to y [N, sum of rows] = x W^T of weight i what the adapters of its parts give; a: place of A in p.
    if self.lora_dropout:
        x = torch.mul(x, self.dropout_mask(p, i, x))
    low = torch.linear(x, p[a])
    n = 0
    at = 0
    for j in range(torch.len(rows)):
        if adapted[j]:
            of_part = torch.narrow(low, 1, n * self.lora_rank, self.lora_rank)
            n = n + 1
            torch.addmm_(torch.narrow(y, 1, at, rows[j]), of_part, torch.t(p[a + n]), beta=1, alpha=self.lora_scale)
        at = at + rows[j]
    return y


def adapt_parts_back(self, p: List[Tensor], i: int, a: int, x: Tensor, slope: Tensor, rows: List[int], adapted: List[bool], g: List[Tensor]) -> Tensor:
    # Appends the gradients of A and of each B; slope [N, sum of rows].
    mask = annotate(List[Tensor], [])
    if self.lora_dropout:
        mask = [self.dropout_mask(p, i, x)]
        x = torch.mul(x, mask[0])
    low = torch.linear(x, p[a])
    of_low = annotate(List[Tensor], [])
    of_b = annotate(List[Tensor], [])
    slopes = torch.split_with_sizes(slope, rows, 1)
    n = 0
    for j in range(torch.len(rows)):
        if adapted[j]:
            part = torch.narrow(low, 1, n * self.lora_rank, self.lora_rank)
            n = n + 1
            of_b.append(torch.mul_(torch.matmul(torch.t(slopes[j]), part), self.lora_scale))
            of_low.append(torch.mul_(torch.matmul(slopes[j], p[a + n]), self.lora_scale))
    sent = torch.cat(of_low, 1)
    g.append(torch.matmul(torch.t(sent), x))
    g.extend(of_b)
    of_input = torch.matmul(sent, p[a])
    if self.lora_dropout:
        torch.mul_(of_input, mask[0])
    return torch.addmm_(of_input, slope, p[i], beta=1, alpha=1)


def adapter_of(self, i: int) -> Tuple[int, int, List[int], List[bool]]:
    # Of a layer's weight i: its number within the layer, place of its A in p, rows of its parts, and which are adapted.
    l = (i - 1) // self.layer_stride
    within = i - 1 - l * self.layer_stride
    a = self.lora_first + l * self.lora_stride
    rows = [self.hidden_size]
    if within == 1:
        rows = [self.query_rows, self.key_rows, self.key_rows]
        return (within, a + self.lora_at_1, rows, [self.lora_q_proj, self.lora_k_proj, self.lora_v_proj])
    elif within == 2:
        return (within, a + self.lora_at_2, rows, [self.lora_o_proj])
    elif within == 4:
        rows = [self.intermediate_size, self.intermediate_size]
        return (within, a + self.lora_at_4, rows, [self.lora_gate_proj, self.lora_up_proj])
    else:
        return (within, a + self.lora_at_5, rows, [self.lora_down_proj])


def adapt(self, p: List[Tensor], i: int, x: Tensor, y: Tensor) -> Tensor:
    # y = x W^T of the layer's weight i, to which is added what its adapters give
    within, a, rows, adapted = self.adapter_of(i)
    if torch.any(adapted):
        return self.adapt_parts(p, i, a, x, y, rows, adapted)
    return y


def adapt_back(self, p: List[Tensor], i: int, x: Tensor, slope: Tensor, g: List[Tensor]) -> Tensor:
    # Appends the gradients of the adapters of weight i, if it has any.
    within, a, rows, adapted = self.adapter_of(i)
    if torch.any(adapted):
        return self.adapt_parts_back(p, i, a, x, slope, rows, adapted, g)
    return torch.matmul(slope, p[i])


def adapter_order(self, g: List[Tensor]) -> List[Tensor]:
    # A layer's gradients in the order of p; they were found for down, gate and up, output, and query, key and value.
    down = self.lora_size_5
    gate_up = down + self.lora_size_4
    output = gate_up + self.lora_size_2
    first = torch.add(torch.slice(g, output), torch.slice(g, gate_up, output))
    return torch.add(first, torch.add(torch.slice(g, down, gate_up), torch.slice(g, 0, down)))
