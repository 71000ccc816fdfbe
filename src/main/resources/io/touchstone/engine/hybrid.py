
  # Further methods of the class that decoder.py begins: layers of a hybrid, each a norm and one mixer.
  # Attention is a layer of the decoder without a rotation and without what stands behind it.

  # Names of sizes: C tokens of a chunk, G groups, h heads of a group, P size of a head, I = h * P
  # channels of a group, N numbers that a channel remembers, K tokens that the convolution sees.
  #
  # A Mamba layer's weights w. The rows of its first projection are brought into an order in which each
  # group's stand together, W of them and maybe more that fill up: gates [I], channels [I], input
  # matrix [N], output matrix [N], steps [h]. The middle M = I + 2N of these pass the convolution.
  #   0 first projection [G * W, E]        1 its bias [G * W] or []
  #   2 convolution      [G, K, M]         3 its bias [G, M] or []
  #   4 A_log            [G, h]            5 D [G, h]
  #   6 dt_bias          [G, h]            7 norm of the groups [G, I]
  #   8 last projection  [E, G * I]        9 its bias [E] or []
  #  10 norm [E] or [] if folded
  # shape: [G, h, P, N, K, C, the type of the products' factors]
  # An MLP's: 0 up [F, E], 1 its bias [F] or [], 2 down [E, F], 3 its bias [E] or [], 4 norm [E] or [].

  # A part of a buffer, in a shape of its own.
  def part(self: __torch__.Decoder, buffer: Tensor, first: int, sizes: List[int]) -> Tensor:
    numbers = 1
    for size in sizes:
      numbers = torch.mul(numbers, size)
    return torch.view(torch.slice(buffer, 0, first, torch.add(first, numbers)), sizes)

  # As widen does, but some rows of a stored tensor only.
  def widen_part(self: __torch__.Decoder, into: Tensor, start: int, stored: Tensor, first: int, end: int, type: int, norm: Tensor) -> None:
    self.widen(into, start, torch.slice(stored, 0, first, end), type, norm)

  # Some channels of a stored convolution [channels, 1, K] as columns of a group's [K, M], in fp32.
  def widen_taps(self: __torch__.Decoder, into: Tensor, group: int, column: int, stored: Tensor, first: int, end: int) -> None:
    columns = torch.slice(torch.select(into, 0, group), 1, column, torch.add(column, torch.sub(end, first)))
    taps = torch.select(torch.slice(stored, 0, first, end), 1, 0)
    torch.copy_(columns, torch.t(self.fitting(taps, into, 6)))

  # An MLP of squared ReLUs added onto the residual stream of tokens start to end, in place.
  def squared_mlp(self: __torch__.Decoder, hidden: Tensor, start: int, end: int, w: List[Tensor], type: int, eps: float) -> None:
    x = torch.slice(hidden, 0, start, end)
    up = torch.relu_(self.project(self.normed(x, eps, w[4]), w[0], w[1], type))
    torch.mul_(up, up)
    self.add_projected(x, up, w[2], w[3], type, 1.)

  # A Mamba layer in three: the first projection of tokens start to end, into a table [tokens, G * W];
  def mamba_in(self: __torch__.Decoder, hidden: Tensor, start: int, end: int, w: List[Tensor], type: int, eps: float, table: Tensor) -> None:
    x = torch.slice(hidden, 0, start, end)
    torch.copy_(torch.slice(table, 0, start, end), self.project(self.normed(x, eps, w[10]), w[0], w[1], type))

  # one group of some chunks, whose gates make place for what comes of them;
  # plan: for each chunk the state that it goes on from and the one that it leaves (-1: none; the next
  # one may write over what it goes on from), the number of tokens that only the convolution sees, the
  # number of its last tokens that are written, the number of ranges of tokens, and for each of these
  # its first token and its length.
  # A chunk has C tokens, some of them maybe none, whatever the row has: what the library computes for a
  # token depends on the shape that it is computed in.
  def mamba_chunks(self: __torch__.Decoder, table: Tensor, group: int, w: List[Tensor], shape: List[int], eps: float, least: float, plan: List[int], states: int) -> None:
    inner = torch.mul(shape[1], shape[2])
    before = torch.sub(shape[4], 1)
    rows = torch.select(torch.unflatten(table, 1, [shape[0], -1]), 1, group)
    kept = torch.zeros([states, shape[3], inner], dtype=6, layout=None, device=ops.prim.device(table))
    none = torch.slice(kept, 0, 0, 0)
    at = 0
    while torch.lt(at, torch.len(plan)):
      chunk = torch.zeros([torch.add(before, shape[5]), torch.size(rows, 1)], dtype=6, layout=None, device=ops.prim.device(table))
      row = torch.sub(before, plan[torch.add(at, 2)])
      end = 0
      for r in range(plan[torch.add(at, 4)]):
        first = plan[torch.add(torch.add(at, 5), torch.mul(r, 2))]
        length = plan[torch.add(torch.add(at, 6), torch.mul(r, 2))]
        end = torch.add(first, length)
        torch.copy_(torch.slice(chunk, 0, row, torch.add(row, length)), torch.slice(rows, 0, first, end))
        row = torch.add(row, length)
      old = none
      if torch.ge(plan[at], 0):
        old = torch.select(kept, 0, plan[at])
      new = none
      if torch.ge(plan[torch.add(at, 1)], 0):
        new = torch.select(kept, 0, plan[torch.add(at, 1)])
      tokens = torch.sub(row, before)
      mixed = self.mamba_chunk(chunk, tokens, group, w, shape, eps, least, old, new)
      own = plan[torch.add(at, 3)]
      gates = torch.slice(torch.slice(rows, 0, torch.sub(end, own), end), 1, 0, inner)
      torch.copy_(gates, torch.slice(mixed, 0, torch.sub(tokens, own), tokens))
      at = torch.add(torch.add(at, 5), torch.mul(plan[torch.add(at, 4)], 2))

  # and the last projection, added onto the residual stream.
  def mamba_out(self: __torch__.Decoder, hidden: Tensor, start: int, end: int, w: List[Tensor], shape: List[int], table: Tensor) -> None:
    groups = torch.unflatten(torch.slice(table, 0, start, end), 1, [shape[0], -1])
    mixed = torch.flatten(torch.slice(groups, 2, 0, torch.mul(shape[1], shape[2])), 1)
    self.add_projected(torch.slice(hidden, 0, start, end), mixed, w[8], w[9], shape[6], 1.)

  # Gates, and what of a chunk's rows passes the convolution, in one group. A chunk in parallel (arXiv
  # 2405.21060, section 6): with x, B, C behind the convolution, steps dt, a = -exp(A_log) and
  # s_l = dt_1 a + … + dt_l a
  #   y_l = sum over m <= l of exp(s_l - s_m) (C_l . B_m) dt_m x_m + exp(s_l) S C_l + D x_l
  #   S'  = exp(s_C) S + sum over m of exp(s_C - s_m) dt_m x_m B_m
  # Sums of float64: their differences are small where they are large. Where m > l there is no decay but
  # growth without a bound, so that it is masked before it is exponentiated.
  # chunk: [K - 1 + C, W], of which tokens are; steps of at least so much; old S [N, I] or [], new S
  # likewise, written: [C, I].
  def mamba_chunk(self: __torch__.Decoder, chunk: Tensor, tokens: int, group: int, w: List[Tensor], shape: List[int], eps: float, least: float, old: Tensor, new: Tensor) -> Tensor:
    inner = torch.mul(shape[1], shape[2])
    state = shape[3]
    size = shape[5]
    own = torch.slice(chunk, 0, torch.sub(shape[4], 1))
    steps = torch.add(inner, torch.add(inner, torch.mul(2, state)))
    raw = torch.slice(chunk, 1, inner, steps)
    mixed = self.convolved(raw, torch.select(w[2], 0, group), self.of_group(w[3], group), size)
    x = torch.unflatten(torch.slice(mixed, 1, 0, inner), 1, [shape[1], shape[2]])
    b = torch.slice(mixed, 1, inner, torch.add(inner, state))
    c = torch.slice(mixed, 1, torch.add(inner, state))
    dt = self.steps(torch.slice(own, 1, steps, torch.add(steps, shape[1])), torch.select(w[6], 0, group), least)
    torch.zero_(torch.slice(dt, 0, tokens))
    sums = torch.cumsum(torch.to(torch.mul(dt, self.rates(torch.select(w[4], 0, group))), 7), 0)
    by_head = torch.t(sums)
    after = torch.triu(torch.ones([size, size], dtype=11, layout=None, device=ops.prim.device(chunk)), 1)
    between = torch.sub(torch.unsqueeze(by_head, 2), torch.unsqueeze(by_head, 1))
    decays = torch.exp_(torch.to(torch.masked_fill_(between, after, -inf), 6))
    stepped = torch.mul(x, torch.unsqueeze(dt, 2))
    seen = torch.mul_(decays, torch.mm(c, torch.t(b)))
    y = torch.permute(torch.bmm(seen, torch.permute(stepped, [1, 0, 2])), [1, 0, 2])
    y = torch.addcmul(y, x, torch.unsqueeze(torch.select(w[5], 0, group), 1))
    if torch.gt(torch.numel(old), 0):
      carried = torch.unflatten(torch.mm(c, old), 1, [shape[1], shape[2]])
      torch.addcmul_(y, carried, torch.unsqueeze(torch.exp(torch.to(sums, 6)), 2))
    if torch.gt(torch.numel(new), 0):
      last = torch.slice(sums, 0, torch.sub(size, 1))
      rest = torch.exp(torch.to(torch.sub(last, sums), 6))
      fresh = torch.mm(torch.t(b), torch.flatten(torch.mul(stepped, torch.unsqueeze(rest, 2)), 1))
      if torch.gt(torch.numel(old), 0):
        faded = torch.unsqueeze(torch.exp(torch.to(last, 6)), 2)
        torch.add_(fresh, torch.flatten(torch.mul(torch.unflatten(old, 1, [shape[1], shape[2]]), faded), 1))
      torch.copy_(new, fresh)
    gated = torch.mul(torch.flatten(y, 1), torch.silu(torch.slice(own, 1, 0, inner)))
    return self.normed(gated, eps, torch.select(w[7], 0, group))

  def of_group(self: __torch__.Decoder, w: Tensor, group: int) -> Tensor:
    if torch.gt(torch.numel(w), 0):
      return torch.select(w, 0, group)
    return w

  # What the convolution makes of its last size rows, SiLU behind it. taps: [K, M]
  def convolved(self: __torch__.Decoder, raw: Tensor, taps: Tensor, bias: Tensor, size: int) -> Tensor:
    sum = torch.mul(torch.slice(raw, 0, 0, size), torch.select(taps, 0, 0))
    for k in range(torch.sub(torch.size(taps, 0), 1)):
      next = torch.add(k, 1)
      torch.addcmul_(sum, torch.slice(raw, 0, next, torch.add(next, size)), torch.select(taps, 0, next))
    if torch.gt(torch.numel(bias), 0):
      torch.add_(sum, bias)
    return torch.silu_(sum)

  def steps(self: __torch__.Decoder, raw: Tensor, bias: Tensor, least: float) -> Tensor:
    return torch.clamp_min_(torch.softplus(torch.add(raw, bias)), least)

  def rates(self: __torch__.Decoder, logarithms: Tensor) -> Tensor:
    return torch.neg_(torch.exp(logarithms))

  # What follows is for passes over a cache, see passes.py.

  # Tiles of the first projection of hidden states x [n, E], into [n, G * W]. tiles: first column and end.
  def mamba_in_tiles(self: __torch__.Decoder, x: Tensor, w: List[Tensor], type: int, eps: float, tiles: List[int], table: Tensor) -> None:
    normed = self.normed(x, eps, w[10])
    for t in range(torch.floordiv(torch.len(tiles), 2)):
      first = tiles[torch.mul(t, 2)]
      end = tiles[torch.add(torch.mul(t, 2), 1)]
      part = self.project(normed, torch.slice(w[0], 0, first, end), self.part_of(w[1], first, end), type)
      torch.copy_(torch.slice(table, 1, first, end), part)

  def part_of(self: __torch__.Decoder, bias: Tensor, first: int, end: int) -> Tensor:
    if torch.gt(torch.numel(bias), 0):
      return torch.slice(bias, 0, first, end)
    return bias

  # Tiles of the squared ReLUs of an MLP, into [n, F].
  def squared_tiles(self: __torch__.Decoder, x: Tensor, w: List[Tensor], type: int, eps: float, tiles: List[int], into: Tensor) -> None:
    normed = self.normed(x, eps, w[4])
    for t in range(torch.floordiv(torch.len(tiles), 2)):
      first = tiles[torch.mul(t, 2)]
      end = tiles[torch.add(torch.mul(t, 2), 1)]
      up = torch.relu_(self.project(normed, torch.slice(w[0], 0, first, end), self.part_of(w[1], first, end), type))
      torch.copy_(torch.slice(into, 1, first, end), torch.mul_(up, up))

  def copied(self: __torch__.Decoder, x: Tensor) -> Tensor:
    return torch.clone(x)

  # One group of a prompt's piece, its tokens rows first up to end of the table, chunk after chunk: into
  # [T, G * I]. What a sequence remembers of a layer: the state [G, N, I], of zeros at its beginning, and
  # the window [K - 1, G, M] that the convolution sees, as it is before it; both are written anew.
  def mamba_piece(self: __torch__.Decoder, table: Tensor, first: int, end: int, position: int, group: int, w: List[Tensor], shape: List[int], eps: float, least: float, state: Tensor, window: Tensor, into: Tensor) -> None:
    inner = torch.mul(shape[1], shape[2])
    past = torch.add(inner, torch.add(inner, torch.mul(2, shape[3])))
    before = torch.sub(shape[4], 1)
    rows = torch.slice(torch.select(torch.unflatten(table, 1, [shape[0], -1]), 1, group), 0, first, end)
    mixed = torch.slice(torch.select(torch.unflatten(into, 1, [shape[0], -1]), 1, group), 0, first, end)
    own = torch.select(state, 0, group)
    seen = torch.select(window, 1, group)
    tokens = torch.sub(end, first)
    old = own
    if torch.eq(position, 0):
      old = torch.slice(own, 0, 0, 0)
    for at in range(0, tokens, shape[5]):
      n = ops.prim.min(shape[5], torch.sub(tokens, at))
      chunk = torch.zeros([torch.add(before, shape[5]), torch.size(rows, 1)], dtype=6, layout=None, device=ops.prim.device(table))
      if torch.eq(at, 0):
        torch.copy_(torch.slice(torch.slice(chunk, 0, 0, before), 1, inner, past), seen)
      else:
        torch.copy_(torch.slice(chunk, 0, 0, before), torch.slice(rows, 0, torch.sub(at, before), at))
      torch.copy_(torch.slice(chunk, 0, before, torch.add(before, n)), torch.slice(rows, 0, at, torch.add(at, n)))
      y = self.mamba_chunk(chunk, n, group, w, shape, eps, least, old, own)
      torch.copy_(torch.slice(mixed, 0, at, torch.add(at, n)), torch.slice(y, 0, 0, n))
      old = own
    path = torch.cat([seen, torch.slice(rows, 1, inner, past)])
    torch.copy_(seen, torch.slice(path, 0, torch.sub(torch.size(path, 0), before)))

  # Single tokens, each the next one of its sequence: the recurrence itself. Each by itself, whatever
  # comes beside it.
  def mamba_steps(self: __torch__.Decoder, table: Tensor, rows: List[int], w: List[Tensor], shape: List[int], eps: float, least: List[float], states: List[Tensor], windows: List[Tensor], into: Tensor) -> None:
    for s in range(torch.len(rows)):
      row = torch.unflatten(torch.select(table, 0, rows[s]), 0, [shape[0], -1])
      y = self.mamba_step(row, w, shape, eps, least[s], states[s], windows[s])
      torch.copy_(torch.select(into, 0, rows[s]), torch.flatten(y))

  def mamba_step(self: __torch__.Decoder, row: Tensor, w: List[Tensor], shape: List[int], eps: float, least: float, state: Tensor, window: Tensor) -> Tensor:
    inner = torch.mul(shape[1], shape[2])
    past = torch.add(inner, torch.add(inner, torch.mul(2, shape[3])))
    seen = torch.cat([window, torch.unsqueeze(torch.slice(row, 1, inner, past), 0)])
    torch.copy_(window, torch.slice(seen, 0, 1))
    mixed = torch.mul(torch.select(seen, 0, 0), torch.select(w[2], 1, 0))
    for k in range(1, shape[4]):
      torch.addcmul_(mixed, torch.select(seen, 0, k), torch.select(w[2], 1, k))
    if torch.gt(torch.numel(w[3]), 0):
      torch.add_(mixed, w[3])
    torch.silu_(mixed)
    x = torch.unflatten(torch.slice(mixed, 1, 0, inner), 1, [shape[1], shape[2]])
    b = torch.slice(mixed, 1, inner, torch.add(inner, shape[3]))
    c = torch.slice(mixed, 1, torch.add(inner, shape[3]))
    dt = self.steps(torch.slice(row, 1, past, torch.add(past, shape[1])), w[6], least)
    fade = torch.exp(torch.mul(dt, self.rates(w[4])))
    torch.mul_(torch.unflatten(state, 2, [shape[1], shape[2]]), torch.unsqueeze(torch.unsqueeze(fade, 1), 3))
    stepped = torch.flatten(torch.mul(x, torch.unsqueeze(dt, 2)), 1)
    torch.addcmul_(state, torch.unsqueeze(b, 2), torch.unsqueeze(stepped, 1))
    y = torch.squeeze(torch.bmm(torch.unsqueeze(c, 1), state), 1)
    y = torch.add(y, torch.flatten(torch.mul(x, torch.unsqueeze(w[5], 2)), 1))
    gated = torch.mul_(y, torch.silu(torch.slice(row, 1, 0, inner)))
    return self.normed(gated, eps, w[7])
