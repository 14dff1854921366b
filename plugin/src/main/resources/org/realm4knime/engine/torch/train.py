# Training: gradients of a micro-batch, and the AdamW step.
#
# p are the weights; those from index self.trainable_from on are trained. rows and positions as in rows.py, the rest as in
# loss.py. save_memory: keep only the input of every layer and compute each layer once more on the way back (activation
# checkpointing, Chen et al. 2016), a third more work for a fraction of the memory.


def trainable(self, p: List[Tensor]) -> List[Tensor]:
    found = annotate(List[Tensor], [])
    for i in range(self.trainable_from, torch.len(p)):
        found.append(p[i])
    return found


def sums(self, found: List[Optional[Tensor]], first: int, total: List[Optional[Tensor]]) -> List[Optional[Tensor]]:
    # total plus the gradients found[first:]; None stands for zero
    result = annotate(List[Optional[Tensor]], [])
    for i in range(torch.len(found) - first):
        fresh = found[first + i]
        if torch.len(total) > 0:
            before = total[i]
            if before is not None:
                if fresh is not None:
                    fresh = torch.add_(before, fresh)
                else:
                    fresh = before
        result.append(fresh)
    return result


def layer_inputs(self, p: List[Tensor], rows: List[Tensor], turns: Tensor, shared: List[Tensor]) -> List[Tensor]:
    # Input of every layer, and the output of the last, without a graph.
    torch.set_grad_enabled(False)
    x = self.embed(p, rows)
    inputs = [x]
    for l in range(self.layers):
        x = self.layer(p, l, x, turns, shared)
        inputs.append(x)
    torch.set_grad_enabled(True)
    return inputs


def backward(self, out: Tensor, slope: Tensor, inputs: List[Tensor]) -> List[Optional[Tensor]]:
    # The gradient of each of inputs, None where out does not depend on it; slope = d loss / d out.
    return torch.grad([out], inputs, annotate(List[Optional[Tensor]], [slope]), None, False, True)


def leaf(self, x: Tensor) -> Tensor:
    return torch.requires_grad_(torch.detach(x), True)


def backward_layers(self, p: List[Tensor], rows: List[Tensor], inputs: List[Tensor], slope: Tensor, turns: Tensor, shared: List[Tensor], total: List[Optional[Tensor]]) -> List[Optional[Tensor]]:
    # The gradients of all layers and of the embedding, from slope = d loss / d output of the last layer, added to total.
    t = self.trainable(p)
    for i in range(self.layers):
        l = self.layers - 1 - i
        x = self.leaf(inputs[l])
        out = self.layer(p, l, x, turns, shared)
        found = self.backward(out, slope, torch.add([x], t))
        of_input = found[0]
        assert of_input is not None
        slope = of_input
        total = self.sums(found, 1, total)
    if self.trainable_from == 0:
        total = self.sums(self.backward(self.embed(p, rows), slope, t), 0, total)
    return total


def gradients(self, p: List[Tensor], rows: List[Tensor], positions: Tensor, targets: Tensor, scale: Tensor, objective: List[Tensor], temperature: float, rope: Tensor, save_memory: bool) -> List[Tensor]:
    # The figures of head_loss, then the gradient of every trained tensor.
    t = self.trainable(p)
    turns = self.turns_of(rows, rope)
    shared = self.shared_of(rows)
    inputs = annotate(List[Tensor], [])
    if save_memory:
        inputs = self.layer_inputs(p, rows, turns, shared)
        x = self.leaf(inputs[self.layers])
    else:
        x = self.embed(p, rows)
        for l in range(self.layers):
            x = self.layer(p, l, x, turns, shared)
    h = self.pick(p, x, positions)
    train_head = self.head >= self.trainable_from
    torch.set_grad_enabled(False)
    head = self.head_loss(p, torch.detach(h), targets, scale, temperature, objective, train_head)
    torch.set_grad_enabled(True)
    total = annotate(List[Optional[Tensor]], [])
    if save_memory:
        found = self.backward(h, head[1], torch.add([x], t))
        of_output = found[0]
        assert of_output is not None
        total = self.backward_layers(p, rows, inputs, of_output, turns, shared, self.sums(found, 1, total))
    else:
        total = self.backward(h, head[1], t)
    result = [head[0]]
    for i in range(torch.len(t)):
        gradient = total[i]
        if train_head and i == self.head - self.trainable_from:
            result.append(head[2] if gradient is None else torch.add_(head[2], gradient))
        elif gradient is None:
            result.append(torch.zeros_like(t[i]))
        else:
            result.append(gradient)
    return result


def supervised(self, p: List[Tensor], rows: List[Tensor], positions: Tensor, targets: Tensor, scale: Tensor, rope: Tensor, save_memory: Tensor) -> List[Tensor]:
    # Weighted cross-entropy.
    return self.gradients(p, rows, positions, targets, scale, annotate(List[Tensor], []), 1.0, rope, bool(save_memory))


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
    constants: Tensor,
    rope: Tensor,
    temperature: Tensor,
    save_memory: Tensor,
) -> List[Tensor]:
    # The clipped policy loss of GRPO.
    objective = [advantage, old, reference, constants]
    return self.gradients(p, rows, positions, targets, scale, objective, float(temperature), rope, bool(save_memory))


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
