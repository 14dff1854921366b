# Losses of trained tokens, with their gradients by formula.
#
# A loss is a sum over n tokens of f(log p(target)), p the softmax of the logits z / temperature. Its gradient is
# d z = f'(log p) / temperature * (onehot(target) - p), so the logits need no graph: they are made, used and dropped for a
# few rows at a time, which is faster and, with a vocabulary of 50,000, saves most of a step's memory.
#
# h [n, d] states, targets [n]; scale [n] factor of a token's loss (its weight / what the step's loss is divided by), so
# that losses and gradients of micro-batches add up to those of the whole step.
#
# objective is a list: empty for the cross-entropy; for the policy loss advantage, log-probability when sampled and under
# the reference model, shaping, all [n], and constants [3]: low, high, kl_coefficient. shaping is 0 for a sampled token, and
# gamma above 0 for one of an external route, whose log-probability when written is not known. For a cross-entropy that is in
# part one with a teacher's distribution of each token: that part [n], the teacher's states [n, e], its output projection [V, e].


def states(self, p: List[Tensor], rows: List[Tensor], positions: Tensor, rope: Tensor) -> Tensor:
    # The states that predict the tokens after `positions` (indices into all N), after the final norm, [n, d].
    plan = self.plan(p, rows, rope)
    x = torch.embedding(p[0], self.row_ids(rows))
    for l in range(self.layers):
        x = self.layer(p, l, x, rows, plan, annotate(List[Tensor], []))
    return self.norm(torch.index_select(x, 0, positions), p[self.final_norm])


def log_probs(self, p: List[Tensor], h: Tensor, temperature: float) -> Tensor:
    # [n, V]
    z = self.full(self.logits(p, h))
    if temperature != 1.0:
        z = torch.div(z, temperature)
    return torch.log_softmax(z, -1)


def token_log_probs(self, p: List[Tensor], rows: List[Tensor], positions: Tensor, targets: Tensor, rope: Tensor, temperature: Tensor) -> Tensor:
    # [n], log-probability of each trained token
    p = self.working(p)
    h = self.states(p, rows, positions, rope)
    found = annotate(List[Tensor], [])
    for part in self.parts(h):
        at = torch.unsqueeze(torch.narrow(targets, 0, part[0], part[1]), 1)
        rows_h = torch.narrow(h, 0, part[0], part[1])
        found.append(torch.squeeze(torch.gather(self.log_probs(p, rows_h, float(temperature)), 1, at), 1))
    return torch.cat(found)


def parts(self, h: Tensor) -> List[List[int]]:
    # first row and number of rows of each part whose logits are made together
    n = torch.size(h, 0)
    most = self.logit_rows
    found = annotate(List[List[int]], [])
    at = 0
    while at < n:
        size = most
        if n - at < most:
            size = n - at
        found.append([at, size])
        at = at + size
    return found


def token_loss(self, log_p: Tensor, scale: Tensor, objective: List[Tensor]) -> Tuple[Tensor, Tensor, Tensor]:
    # Loss of each token, its derivative by log_p, and [clipped tokens, sum of k3]; log_p and scale [n].
    #
    # Cross-entropy: -log p. Policy: -min(r A, clip(r, 1 - low, 1 + high) A) + kl_coefficient * k3 with r = p / p_old, A the
    # advantage, and k3 = q - log q - 1 with q = p_reference / p (Schulman, 2020): never negative, and an unbiased estimate
    # of KL(p || p_reference). Where the clipped term is the smaller one, it is constant.
    #
    # Of an external route: -f(p) A with f(p) = p / (p + gamma) in place of the ratio (LUFFY, Yan et al., 2025), without clip
    # and divergence. As d f / d log p = f (1 - f), tokens that the policy finds unlikely weigh more than by p itself.
    if torch.len(objective) < 5:
        return (torch.neg(torch.mul(log_p, scale)), torch.neg(scale), torch.new_zeros(log_p, [2]))
    advantage, old, reference, shaping, constants = objective
    low, high, kl_coefficient = torch.unbind(constants)
    ratio = torch.exp(torch.sub(log_p, old))
    free = torch.mul(ratio, advantage)
    clipped = torch.mul(torch.minimum(torch.maximum(ratio, torch.rsub(low, 1.0)), torch.add(high, 1.0)), advantage)
    cut = torch.lt(clipped, free)
    log_q = torch.sub(reference, log_p)
    q = torch.exp(log_q)
    k3 = torch.sub(torch.sub(q, log_q), 1.0)
    loss = torch.sub(torch.mul(k3, kl_coefficient), torch.minimum(free, clipped))
    slope = torch.sub(torch.mul(torch.rsub(q, 1.0), kl_coefficient), torch.masked_fill(free, cut, 0.))
    p = torch.exp(log_p)
    shaped = torch.div(p, torch.add(p, shaping))
    external = torch.gt(shaping, 0.)
    gain = torch.mul(shaped, advantage)
    loss = torch.where(external, torch.neg(gain), loss)
    slope = torch.where(external, torch.mul(gain, torch.sub(shaped, 1.0)), slope)
    sampled = torch.bitwise_not(external)
    counts = torch.stack([torch.to(torch.sum(torch.__and__(cut, sampled)), loss), torch.sum(torch.masked_fill(k3, external, 0.))])
    return (torch.mul(loss, scale), torch.mul(slope, scale), counts)


def aims_of(self, objective: List[Tensor], part: List[int]) -> List[Tensor]:
    # what the objective says of a part of the tokens; what it says of all of them comes last
    aims = annotate(List[Tensor], [])
    for i in range(torch.len(objective)):
        if i < torch.len(objective) - 1:
            aims.append(torch.narrow(objective[i], 0, part[0], part[1]))
        else:
            aims.append(objective[i])
    return aims


def teacher_states(self, p: List[Tensor], rows: List[Tensor], positions: Tensor, places: Tensor, into: Tensor, rope: Tensor) -> Tensor:
    # Writes the states of a teacher who reads tokens in rows of its own to where those tokens are in a student's batch, their
    # places: rows of into [n, e], which is returned.
    return torch.index_copy_(into, 0, places, self.full(self.states(self.working(p), rows, positions, rope)))


def slope_with_teacher(self, z: Tensor, log_probs: Tensor, at: Tensor, slope: Tensor, teacher: List[Tensor]) -> Tensor:
    # The student's distribution z [n, V] becomes d loss / d logits; slope [n, 1] is minus the scale of a token's loss. Returns the
    # cross-entropy with the teacher's distribution q of each token, [n].
    share = torch.unsqueeze(teacher[0], 1)
    q = torch.softmax(torch.matmul(teacher[1], torch.t(teacher[2])), -1)
    crossed = torch.neg(torch.sum(torch.mul(q, log_probs), [-1]))
    torch.mul_(z, torch.neg(slope))
    torch.scatter_add_(z, 1, at, torch.mul(slope, torch.rsub(share, 1.0)))
    torch.addcmul_(z, q, torch.mul(slope, share))
    return crossed


def head_loss(self, p: List[Tensor], h: Tensor, targets: Tensor, scale: Tensor, temperature: float, objective: List[Tensor], into: List[Tensor]) -> List[Tensor]:
    # Returns figures [loss, entropy sum in nats, clipped tokens, k3 sum], d loss / d h [n, d], and, unless adapters are
    # trained, the gradient of the output projection [V, d].
    figures = torch.new_zeros(scale, [4])
    of_states = annotate(List[Tensor], [])
    of_head = annotate(List[Tensor], [])
    for part in self.parts(h):
        rows_h = torch.narrow(h, 0, part[0], part[1])
        at = torch.unsqueeze(torch.narrow(targets, 0, part[0], part[1]), 1)
        log_probs = self.log_probs(p, rows_h, temperature)
        log_p = torch.squeeze(torch.gather(log_probs, 1, at), 1)
        aims = self.aims_of(objective, part)
        loss, slope, counts = self.token_loss(log_p, torch.narrow(scale, 0, part[0], part[1]), aims)
        z = torch.exp(log_probs)
        entropy = torch.neg(torch.dot(torch.flatten(z), torch.flatten(log_probs)))
        of_logits = torch.to(torch.unsqueeze(torch.div(slope, temperature), 1), z)
        if torch.len(aims) == 3:
            crossed = self.slope_with_teacher(z, log_probs, at, of_logits, aims)
            loss = torch.sub(loss, torch.mul(aims[0], torch.add(loss, torch.mul(slope, crossed))))
        else:
            torch.mul_(z, torch.neg(of_logits))
            torch.scatter_add_(z, 1, at, of_logits)
        figures = torch.add(figures, torch.cat([torch.stack([torch.sum(loss), entropy]), counts]))
        z = torch.to(z, h)
        of_states.append(torch.matmul(z, p[self.head]))
        if self.lora:
            pass
        elif torch.len(of_head) == 0:
            of_head.append(self.weight_gradient(z, rows_h, into[self.head]))
        else:
            torch.addmm_(of_head[0], torch.t(z), rows_h)
    return torch.add([figures, torch.cat(of_states)], of_head)
