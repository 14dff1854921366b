# Training: gradients of a micro-batch, and the AdamW step.
#
# On a GPU the work is done in bfloat16 (self.half) with copies of the weights; the weights themselves, the gradients that are
# summed up, the loss and the optimizer stay in float32.
#
# p are the weights, and adapters behind them (lora.py), which then alone are trained; rows and positions as in rows.py, the
# rest as in loss.py. save_memory: keep only the input of every layer and compute each layer once more on the way back
# (activation checkpointing, Chen et al. 2016), a third more work for a fraction of the memory. into: for each trained tensor
# memory for its gradient, that of an earlier one or none [0], so that the system need not give, and clear, it in every step;
# gradients of norms, of adapters and on a GPU are new tensors.


def scatter_rows(self, slope: Tensor, at: Tensor, rows: int) -> Tensor:
    # [rows, d]: slope [n, d] added up by the row each belongs to, at [n]
    return torch.embedding_dense_backward(slope, at, rows, -1, False)


def add_to_embedding(self, total: Tensor, slope: Tensor, ids: Tensor) -> Tensor:
    if torch.numel(ids) < self.vocab_size // 4:
        return torch.index_add_(total, 0, ids, slope)
    return torch.add_(total, self.scatter_rows(slope, ids, self.vocab_size))


def gradients(self, p: List[Tensor], rows: List[Tensor], positions: Tensor, targets: Tensor, scale: Tensor, objective: List[Tensor], temperature: float, rope: Tensor, save_memory: bool, into: List[Tensor]) -> List[Tensor]:
    # The figures of head_loss, then the gradient of every trained tensor in the order of p.
    masters = p
    p = self.working(p)
    plan = self.plan(p, rows, rope)
    ids = self.row_ids(rows)
    x = torch.embedding(p[0], ids)
    inputs = annotate(List[Tensor], [])
    kept = annotate(List[List[Tensor]], [])
    for l in range(self.layers):
        inputs.append(x)
        of_layer = annotate(List[Tensor], [])
        x = self.layer(p, l, x, rows, plan, of_layer)
        if save_memory:
            of_layer = annotate(List[Tensor], [])
        else:
            inputs[l] = torch.new_empty(x, [0])
        kept.append(of_layer)
    y, inverse = self.unit(torch.index_select(x, 0, positions))
    h = torch.mul(y, p[self.final_norm])
    head = self.head_loss(p, h, targets, scale, temperature, objective, into)
    sent, of_final_norm = self.norm_back(head[1], y, inverse, p[self.final_norm], torch.zeros_like(y))
    slope = self.scatter_rows(sent, positions, torch.numel(ids))
    backwards = annotate(List[List[Tensor]], [])
    for i in range(self.layers):
        l = self.layers - 1 - i
        if save_memory:
            self.layer(p, l, inputs[l], rows, plan, kept[l])
        slope, of_layer = self.layer_back(p, l, slope, rows, plan, kept[l], into)
        kept[l] = annotate(List[Tensor], [])
        backwards.append(of_layer)
    result = [head[0]]
    if self.lora:
        pass
    elif self.tied:
        result.append(self.add_to_embedding(head[2], slope, ids))
    else:
        result.append(self.scatter_rows(slope, ids, self.vocab_size))
    for i in range(self.layers):
        result.extend(backwards[self.layers - 1 - i])
    first = 0
    if self.lora:
        first = self.lora_first
    else:
        result.append(of_final_norm)
        if not self.tied:
            result.append(head[2])
    for i in range(torch.len(masters) - first):
        result[1 + i] = torch.to(result[1 + i], masters[first + i])
    return result


def supervised(self, p: List[Tensor], rows: List[Tensor], positions: Tensor, targets: Tensor, scale: Tensor, rope: Tensor, save_memory: Tensor, into: List[Tensor]) -> List[Tensor]:
    # Weighted cross-entropy.
    return self.gradients(p, rows, positions, targets, scale, annotate(List[Tensor], []), 1.0, rope, bool(save_memory), into)


def distilled(self, p: List[Tensor], rows: List[Tensor], positions: Tensor, targets: Tensor, scale: Tensor, teacher: List[Tensor], rope: Tensor, save_memory: Tensor, into: List[Tensor]) -> List[Tensor]:
    # Weighted cross-entropy, in part with a teacher's distributions; teacher as loss.py says of such an objective.
    return self.gradients(p, rows, positions, targets, scale, teacher, 1.0, rope, bool(save_memory), into)


def policy(
    self,
    p: List[Tensor],
    rows: List[Tensor],
    positions: Tensor,
    targets: Tensor,
    scale: Tensor,
    advantage: Tensor,
    old: Tensor,
    reference: Tensor,
    shaping: Tensor,
    constants: Tensor,
    rope: Tensor,
    temperature: Tensor,
    save_memory: Tensor,
    into: List[Tensor],
) -> List[Tensor]:
    # The clipped policy loss of GRPO, and the shaped one of external routes.
    objective = [advantage, old, reference, shaping, constants]
    return self.gradients(p, rows, positions, targets, scale, objective, float(temperature), rope, bool(save_memory), into)


def add_gradients(self, total: List[Tensor], fresh: List[Tensor]) -> Tensor:
    torch._foreach_add_(total, fresh, alpha=1)
    return torch.zeros([])


def adamw(self, p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], steps: Tensor, lr: float, beta1: float, beta2: float, decay: float, eps: float) -> NoneType:
    if torch.len(p) > 0:
        counts = annotate(List[Tensor], [])
        for i in range(torch.len(p)):
            counts.append(steps)
        torch._fused_adamw_(p, g, m, v, annotate(List[Tensor], []), counts, lr=lr, beta1=beta1, beta2=beta2, weight_decay=decay, eps=eps, amsgrad=False, maximize=False)


def apply_gradients(
    self,
    p: List[Tensor],
    g: List[Tensor],
    m: List[Tensor],
    v: List[Tensor],
    steps: Tensor,
    lr: Tensor,
    beta1: Tensor,
    beta2: Tensor,
    decay: Tensor,
    eps: Tensor,
    max_norm: Tensor,
) -> Tensor:
    # One AdamW step with the gradients g, scaled down in place to the global norm max_norm. Only matrices decay. Returns
    # the norm before clipping; if it is not finite, the parameters stay as they are.
    norm = torch.norm(torch.stack(torch._foreach_norm(g, 2)), 2)
    if bool(torch.isfinite(norm)):
        if bool(torch.gt(norm, float(max_norm))):
            torch._foreach_mul_(g, torch.div(float(max_norm), torch.add(norm, 1e-6)))
        torch.add_(steps, 1.0)
        decayed = annotate(List[List[Tensor]], [[], [], [], []])
        others = annotate(List[List[Tensor]], [[], [], [], []])
        for i in range(torch.len(p)):
            group = decayed if torch.dim(p[i]) > 1 else others
            group[0].append(p[i])
            group[1].append(g[i])
            group[2].append(m[i])
            group[3].append(v[i])
        self.adamw(decayed[0], decayed[1], decayed[2], decayed[3], steps, float(lr), float(beta1), float(beta2), float(decay), float(eps))
        self.adamw(others[0], others[1], others[2], others[3], steps, float(lr), float(beta1), float(beta2), 0.0, float(eps))
    return norm


def take_back(self, p: List[Tensor], m: List[Tensor], v: List[Tensor], steps: Tensor, lr: Tensor, beta1: Tensor, beta2: Tensor, eps: Tensor) -> Tensor:
    # Takes back an AdamW step of the learning rate lr, its weight decay aside: p += lr * mean / (sqrt(square) + eps), both
    # corrected for their bias.
    count = float(steps)
    of_mean = 1.0 - float(beta1) ** count
    of_square = (1.0 - float(beta2) ** count) ** 0.5
    for i in range(torch.len(p)):
        size = torch.add(torch.div(torch.sqrt(v[i]), of_square), float(eps))
        torch.addcdiv_(p[i], m[i], size, value=float(lr) / of_mean)
    return torch.zeros([])
