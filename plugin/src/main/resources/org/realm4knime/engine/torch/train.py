# Training: losses with their gradients, and the AdamW step.
#
# A micro-batch is ids [B, T], padded on the right, and N trained tokens: `positions` [N] are indices into the B * T hidden
# states, each of the state that predicts the token; `targets` [N] are the tokens; `scale` [N] is the factor of a token's
# loss (its weight / what the step's loss is divided by), so that the losses and gradients of micro-batches add up to those
# of the whole step. p are the parameters, g the gradients summed so far.


def token_logits(self, p: List[Tensor], ids: Tensor, positions: Tensor, rope: Tensor) -> Tensor:
    # [N, V]. The hidden states are picked before the output projection: prompt and padding cost no logits.
    hidden = torch.reshape(self.hidden(p, ids, rope), [-1, self.hidden_size])
    return self.logits(p, torch.index_select(hidden, 0, positions))


def entropy(self, log_probs: Tensor) -> Tensor:
    # Sum over the N positions of -sum_v p_v log p_v, in nats; log_probs [N, V].
    fixed = torch.detach(log_probs)
    return torch.neg(torch.sum(torch.mul(torch.exp(fixed), fixed)))


def clear(self, g: List[Tensor]) -> Tensor:
    torch._foreach_zero_(g)
    return torch.zeros([])


def add_gradients(self, loss: Tensor, p: List[Tensor], g: List[Tensor]) -> NoneType:
    # g += d loss / d p
    fresh = annotate(List[Tensor], [])
    for gradient in torch.grad([loss], p, None, None, False, False):
        assert gradient is not None
        fresh.append(gradient)
    torch._foreach_add_(g, fresh, alpha=1)


def token_log_probs(self, p: List[Tensor], ids: Tensor, positions: Tensor, targets: Tensor, rope: Tensor, temperature: Tensor) -> Tensor:
    # [N], log-probability of each trained token
    logits = torch.div(self.token_logits(p, ids, positions, rope), float(temperature))
    log_probs = torch.log_softmax(logits, -1)
    return torch.squeeze(torch.gather(log_probs, 1, torch.unsqueeze(targets, 1)), 1)


def supervised(self, p: List[Tensor], g: List[Tensor], ids: Tensor, positions: Tensor, targets: Tensor, scale: Tensor, rope: Tensor) -> Tensor:
    # Weighted cross-entropy: sum_n scale_n * -log p(target_n). Returns [loss, entropy sum].
    log_probs = torch.log_softmax(self.token_logits(p, ids, positions, rope), -1)
    log_p = torch.squeeze(torch.gather(log_probs, 1, torch.unsqueeze(targets, 1)), 1)
    loss = torch.neg(torch.sum(torch.mul(log_p, scale)))
    self.add_gradients(loss, p, g)
    return torch.stack([torch.detach(loss), self.entropy(log_probs)])


def grpo(
    self,
    p: List[Tensor],
    g: List[Tensor],
    ids: Tensor,
    positions: Tensor,
    targets: Tensor,
    scale: Tensor,
    advantage: Tensor,
    old: Tensor,
    reference: Tensor,
    rope: Tensor,
    temperature: Tensor,
    low: Tensor,
    high: Tensor,
    kl_coefficient: Tensor,
) -> Tensor:
    # sum_n scale_n * (-min(r A, clip(r, 1 - low, 1 + high) A) + kl_coefficient * k3) with r = p(target) / p_old(target), A the
    # advantage, and k3 = q - log q - 1 with q = p_reference(target) / p(target) (Schulman, 2020): never negative, and an
    # unbiased estimate of KL(p || p_reference). Returns [loss, entropy sum, clipped tokens, k3 sum].
    logits = torch.div(self.token_logits(p, ids, positions, rope), float(temperature))
    log_probs = torch.log_softmax(logits, -1)
    log_p = torch.squeeze(torch.gather(log_probs, 1, torch.unsqueeze(targets, 1)), 1)
    ratio = torch.exp(torch.sub(log_p, old))
    free = torch.mul(ratio, advantage)
    clipped = torch.mul(torch.clamp(ratio, 1.0 - float(low), 1.0 + float(high)), advantage)
    log_q = torch.sub(reference, log_p)
    k3 = torch.sub(torch.sub(torch.exp(log_q), log_q), 1.0)
    token_loss = torch.neg(torch.minimum(free, clipped))
    if float(kl_coefficient) != 0.0:
        token_loss = torch.add(token_loss, torch.mul(k3, float(kl_coefficient)))
    loss = torch.sum(torch.mul(token_loss, scale))
    self.add_gradients(loss, p, g)
    clip_count = torch.sum(torch._cast_Float(torch.lt(torch.detach(clipped), torch.detach(free))))
    return torch.stack(
        [torch.detach(loss), self.entropy(log_probs), torch.to(clip_count, loss), torch.detach(torch.sum(k3))]
    )


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
        torch._foreach_mul_(g, torch.clamp(torch.div(float(max_norm), torch.add(norm, 1e-6)), None, 1.0))
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
