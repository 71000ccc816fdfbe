class Decoder(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # TorchScript's serialized form, which torch.jit.save writes: an archive of this text is loaded
  # without Python. It is spelt as torch.jit.script(f).code prints what was written in Python: a + b as
  # torch.add(a, b), types as numbers (4 int64, 5 float16, 6 float32, 15 bfloat16), self with its type.

  # The arithmetic of a Llama-like decoder over a load of flat tokens, one layer at a time.
  #
  # Names of sizes: T tokens of a micro-batch, R read-outs of a load, E hidden size, H query heads,
  # K key-value heads, D head size, F intermediate size.
  #
  # A layer's weights w. With factors of fp32 a norm is folded into the matrix that follows it; with
  # factors of bf16 matrices hold bf16 numbers, and the product of a norm and a matrix would be none.
  # All are fp32 tensors, but matrices are bf16 tensors where the device multiplies those: a GPU, or a CPU
  # that has such products and is asked for them; there not the first one, which keeps results unrounded.
  #   0 query, key, value  [(H + 2K) * D, E]   rows of query and key interleaved (see rotate)
  #   1 their bias         [(H + 2K) * D] or []
  #   2 attention output   [E, H * D]
  #   3 its bias           [E] or []
  #   4 gate, up           [2F, E], only up [F, E] if it is not gated, or [] without an MLP
  #   5 their bias         [2F] or [F] or []
  #   6 down               [E, F]
  #   7 its bias           [E] or []
  #   8 query norm         [D], [H * D] of all heads together, or []; interleaved like the rows
  #   9 key norm           [D], [K * D] of all heads together, or []
  #  10 input norm         [E] or [] if folded; a layer norm's [2, 1, E]
  #  11 MLP's norm         the same
  #  12 norm of what attention adds to the residual stream  [E] or []
  #  13 norm of what the MLP adds to it                     [E] or []
  # and of a decoder with experts, as many as shape says (a row of the router for each, then zeros):
  #  14 router             [experts and more, E], or [] in a layer without
  #  15 gate, up of each   [experts * 2 * inner, E]
  #  16 down of each       [experts * E, inner]
  # shape: [E, H, K, D, F, the type of the products' factors (6 float32, 15 bfloat16), attention: 0 by
  # the CPU's kernel, 1 by whichever kernel the library has for the device; the layer's window: the
  # most keys that a query looks at, its own among them, or 0 where it looks at all before it; whether
  # there is an input norm, and whether there is an MLP's norm (1 or 0); the MLP's activation: 0 silu, 1
  # gelu by tanh, 2 gelu by erf; whether it is gated (1 or 0); whether it takes what attention takes, and
  # not what attention has added to (1 or 0); how many experts there are, how many each row passes, and
  # whether their weights are divided by their sum (1 or 0)]
  # facts: [eps of the norms, what products of queries and keys are divided by, what each branch is
  # multiplied by before it is added to the residual stream, the cap of scores or 0 without one]
  # Keys and values of a layer stand in one table for the whole load, [2 * K, tokens, D and more]:
  # first the heads of the keys, then those of the values. fp32; on a GPU of the factors' type. Rows
  # of heads, of queries too, are filled up to whole vectors, and the rest is never read: kernels take
  # other ways with what lies elsewhere in a vector, and bits would depend on a token's place. Nor do
  # rows that lie apart become one run, whose last numbers vector loops would leave to scalar ones.
  # plan: for each block of queries its first token, its length, the number of ranges of keys that its
  # path has in front of it, and for each of these first token and length; tokens of the load.

  # numbers, one_plus, sum, embed, rotary and mask compute on the host, where stored tensors are; all else, but for
  # what beside moves, stays on the device of the tensors that it is given.

  # A tensor on the device of another; itself if it is there.
  def beside(self: __torch__.Decoder, x: Tensor, other: Tensor) -> Tensor:
    return torch.to(x, ops.prim.device(other), ops.prim.dtype(x))

  def buffer(self: __torch__.Decoder, sizes: List[int], type: int, other: Tensor) -> Tensor:
    return torch.zeros(sizes, dtype=type, layout=None, device=ops.prim.device(other))

  # Bytes of a file seen as numbers of a type (5 float16, 6 float32, 15 bfloat16, 24 float8_e4m3fn), without a copy:
  # the language has no call that reinterprets a tensor, but a tensor may share another's storage.
  def numbers(self: __torch__.Decoder, bytes: Tensor, type: int, shape: List[int]) -> Tensor:
    flat = torch.set_(torch.empty([0], dtype=type), bytes, 0, [torch.floordiv(torch.numel(bytes), self.width(type))], [1])
    return torch.view(flat, shape)

  def width(self: __torch__.Decoder, type: int) -> int:
    bytes = 2
    if torch.eq(type, 6):
      bytes = 4
    if torch.eq(type, 24):
      bytes = 1
    return bytes

  # The first number of a tensor, for who has to wait until it is written.
  def first(self: __torch__.Decoder, x: Tensor) -> Tensor:
    return torch.to(torch.slice(torch.view(x, [-1]), 0, 0, 1), 6)

  def floats(self: __torch__.Decoder, stored: Tensor) -> Tensor:
    return torch.to(stored, 6)

  def one_plus(self: __torch__.Decoder, stored: Tensor) -> Tensor:
    return torch.add(torch.to(stored, 6), 1.)

  # Two stored vectors, one below the other, in fp32, [2, 1, E].
  def both(self: __torch__.Decoder, first: Tensor, second: Tensor) -> Tensor:
    return torch.unsqueeze(torch.stack([torch.to(first, 6), torch.to(second, 6)]), 1)

  # Columns of a stored matrix, as the rows of one.
  def columns(self: __torch__.Decoder, stored: Tensor, first: int, end: int) -> Tensor:
    return torch.t(torch.slice(stored, 1, first, end))

  # A stored matrix and what an adapter adds to it, in fp32.
  def sum(self: __torch__.Decoder, stored: Tensor, a: Tensor, b: Tensor, scale: float) -> Tensor:
    whole = torch.to(stored, 6, False, True)
    return torch.addmm_(whole, torch.to(b, 6), torch.to(a, 6), alpha=scale)

  # A stored matrix of FP8 numbers times its scales, in fp32. parts: scales above and beside each other,
  # each for so many rows and columns, the last ones for what is left; 0 for all.
  def scaled(self: __torch__.Decoder, stored: Tensor, scales: Tensor, parts: List[int], rows: int, columns: int) -> Tensor:
    whole = torch.to(stored, 6)
    grid = torch.view(torch.to(scales, 6), parts)
    if torch.gt(columns, 0):
      grid = torch.slice(torch.repeat_interleave(grid, columns, 1), 1, 0, torch.size(whole, 1))
    if torch.le(rows, 1):
      return torch.mul_(whole, grid)
    for r in range(parts[0]):
      part = torch.slice(whole, 0, torch.mul(r, rows), torch.mul(torch.add(r, 1), rows))
      torch.mul_(part, torch.slice(grid, 0, r, torch.add(r, 1)))
    return whole

  # Rows of a stored table, beside another tensor, times a factor that is rounded to a type.
  def embed(self: __torch__.Decoder, table: Tensor, ids: Tensor, factor: float, type: int, other: Tensor) -> Tensor:
    rows = torch.to(self.beside(torch.embedding(table, ids), other), 6)
    if torch.ne(factor, 1.):
      rows = torch.mul(rows, self.rounded(torch.to(torch.tensor(factor), 6), type))
    return rows

  # Adds rows of a stored table to states, in place.
  def add_rows(self: __torch__.Decoder, x: Tensor, table: Tensor, ids: Tensor) -> None:
    torch.add_(x, self.embed(table, ids, 1., 6, x))

  # Widens a stored matrix or vector into rows of a buffer from row start on: its numbers rounded to a
  # type, a norm's weights folded in. To another device it goes as it is stored, which is smallest.
  def widen(self: __torch__.Decoder, into: Tensor, start: int, stored: Tensor, type: int, norm: Tensor) -> None:
    rows = torch.slice(into, 0, start, torch.add(start, torch.size(stored, 0)))
    torch.copy_(rows, self.fitting(stored, into, type))
    if torch.gt(torch.numel(norm), 0):
      torch.mul_(rows, torch.to(self.beside(norm, into), 6))

  # The same for a query or key projection (or its bias or norm): within a head of dim rows, row i and
  # row i + turned / 2, which rotary turns together, come to stand side by side. Those behind the first
  # turned rows stay where they are.
  def widen_interleaved(self: __torch__.Decoder, into: Tensor, start: int, stored: Tensor, type: int, norm: Tensor, dim: int, turned: int) -> None:
    rows = torch.slice(into, 0, start, torch.add(start, torch.size(stored, 0)))
    columns = torch.floordiv(torch.numel(stored), torch.size(stored, 0))
    heads = torch.view(rows, [-1, dim, columns])
    from_ = torch.view(self.fitting(stored, into, type), [-1, dim, columns])
    halves = torch.transpose(torch.unflatten(torch.slice(from_, 1, 0, turned), 1, [2, -1]), 1, 2)
    torch.copy_(torch.unflatten(torch.slice(heads, 1, 0, turned), 1, [-1, 2]), halves)
    if torch.gt(dim, turned):
      torch.copy_(torch.slice(heads, 1, turned), torch.slice(from_, 1, turned))
    if torch.gt(torch.numel(norm), 0):
      torch.mul_(rows, torch.to(self.beside(norm, into), 6))

  # Stored numbers beside a buffer, so that a copy into it leaves numbers of the type.
  def fitting(self: __torch__.Decoder, stored: Tensor, into: Tensor, type: int) -> Tensor:
    moved = self.beside(stored, into)
    if torch.eq(ops.prim.dtype(into), 6):
      return self.rounded(moved, type)
    return moved

  # Numbers as a type holds them; as they are if it is float32, which holds all.
  def rounded(self: __torch__.Decoder, x: Tensor, type: int) -> Tensor:
    if torch.eq(type, 6):
      return x
    return torch.to(torch.to(x, type), 6)

  # As many numbers as a row needs for whole steps of loops, which take two vectors at a time. What they
  # leave over is computed by scalars, in other bits; and in rows that follow each other at once it would
  # be the last numbers of the last row, whichever that is.
  def whole(self: __torch__.Decoder, numbers: int) -> int:
    return torch.mul(torch.floordiv(torch.add(numbers, 31), 32), 32)

  # Rows [n, w] filled up so.
  def filled(self: __torch__.Decoder, x: Tensor, with_: float) -> Tensor:
    missing = torch.sub(self.whole(torch.size(x, 1)), torch.size(x, 1))
    if torch.gt(missing, 0):
      x = torch.constant_pad_nd(x, [0, missing], with_)
    return x

  # norm * x / sqrt(mean(x^2) + eps) over the last dimension; no norm if it is folded elsewhere.
  # A norm [2, 1, E] is a layer norm's, its weights and its biases.
  def normed(self: __torch__.Decoder, x: Tensor, eps: float, norm: Tensor) -> Tensor:
    if torch.eq(torch.dim(norm), 3):
      both = torch.select(norm, 1, 0)
      return torch.layer_norm(x, [torch.size(x, -1)], torch.select(both, 0, 0), torch.select(both, 0, 1), eps)
    norms = torch.linalg_vector_norm(x, 2, [-1], True)
    scale = torch.rsqrt_(torch.add_(torch.div_(torch.mul_(norms, norms), torch.size(x, -1)), eps))
    scaled = torch.mul(x, scale)
    if torch.gt(torch.numel(norm), 0):
      torch.mul_(scaled, norm)
    return scaled

  # The same in front of a branch that may have no norm there (0).
  def normed_if(self: __torch__.Decoder, there: int, x: Tensor, eps: float, norm: Tensor) -> Tensor:
    if torch.eq(there, 0):
      return x
    return self.normed(x, eps, norm)

  # Factors of the type's numbers, sums and results of fp32. A weight that is no fp32 tensor asks for
  # the library's product of such tensors, which rounds its result to the type.
  def project(self: __torch__.Decoder, x: Tensor, weight: Tensor, bias: Tensor, type: int) -> Tensor:
    if torch.ne(ops.prim.dtype(weight), 6):
      y = torch.to(torch.mm(torch.to(x, type), torch.t(weight)), 6)
      if torch.gt(torch.numel(bias), 0):
        torch.add_(y, bias)
      return y
    return self.float_product(self.rounded(x, type), weight, bias)

  # A product of its own, without a bias.
  def product(self: __torch__.Decoder, x: Tensor, weight: Tensor, type: int) -> Tensor:
    return self.project(x, weight, torch.empty([0], dtype=6), type)

  # Adds a product and its bias onto the residual stream x, in place, times a factor.
  def add_projected(self: __torch__.Decoder, x: Tensor, y: Tensor, weight: Tensor, bias: Tensor, type: int, factor: float) -> None:
    if torch.eq(ops.prim.dtype(weight), 6):
      self.add_float_product(x, self.rounded(y, type), weight, factor)
    else:
      torch.add_(x, torch.mm(torch.to(y, type), torch.t(weight)), alpha=factor)
    if torch.gt(torch.numel(bias), 0):
      torch.add_(x, bias, alpha=factor)

  # The same with a norm of what is added, where there is one.
  def add_branch(self: __torch__.Decoder, x: Tensor, y: Tensor, weight: Tensor, bias: Tensor, norm: Tensor, type: int, facts: List[float]) -> None:
    if torch.gt(torch.numel(norm), 0):
      torch.add_(x, self.normed(self.project(y, weight, bias, type), facts[0], norm), alpha=facts[2])
    else:
      self.add_projected(x, y, weight, bias, type, facts[2])

  # An MLP's activation, in place.
  def activate(self: __torch__.Decoder, x: Tensor, kind: int) -> Tensor:
    if torch.eq(kind, 0):
      return torch.silu_(x)
    if torch.eq(kind, 1):
      return torch.gelu_(x, approximate="tanh")
    return torch.gelu_(x)

  # Norms of heads, each by itself or all together, then the rotation by position, in place. heads:
  # [T, n, D].
  def rotate(self: __torch__.Decoder, heads: Tensor, norm: Tensor, eps: float, turns: Tensor) -> None:
    if torch.gt(torch.numel(norm), torch.size(heads, 2)):
      torch.copy_(heads, torch.view(self.normed(torch.flatten(heads, 1), eps, norm), [-1, torch.size(heads, 1), torch.size(heads, 2)]))
    elif torch.gt(torch.numel(norm), 0):
      torch.copy_(heads, self.normed(heads, eps, norm))
    pairs = torch.view_as_complex(torch.unflatten(heads, -1, [-1, 2]))
    torch.mul_(pairs, torch.unsqueeze(turns, 1))

  # Attention output and MLP, if there is one, added onto the residual stream x, in place.
  def finish(self: __torch__.Decoder, x: Tensor, attended: Tensor, w: List[Tensor], shape: List[int], facts: List[float]) -> None:
    if torch.eq(shape[12], 1):
      beside = self.inner(x, w, shape, facts)
      self.add_branch(x, attended, w[2], w[3], w[12], shape[5], facts)
      self.add_branch(x, beside, w[6], w[7], w[13], shape[5], facts)
      return
    self.add_branch(x, attended, w[2], w[3], w[12], shape[5], facts)
    if torch.gt(torch.numel(w[4]), 0):
      self.add_branch(x, self.inner(x, w, shape, facts), w[6], w[7], w[13], shape[5], facts)
    if torch.gt(shape[13], 0):
      if torch.gt(torch.numel(w[14]), 0):
        self.add_experts(x, w, shape, facts)

  # Experts in the place of an MLP: each takes the rows that chose it, at least 64 of them, so that their
  # bits do not depend on how many they are, and adds what it makes of them onto x one after another, in
  # place. So a row's sums have one order.
  def add_experts(self: __torch__.Decoder, x: Tensor, w: List[Tensor], shape: List[int], facts: List[float]) -> None:
    y = self.normed_if(shape[9], x, facts[0], w[11])
    weights = self.routes(y, w[14], shape)
    none = torch.slice(w[11], 0, 0, 0)
    both_rows = torch.floordiv(torch.size(w[15], 0), shape[13])
    half = torch.floordiv(both_rows, 2)
    for e in range(shape[13]):
      weight = torch.slice(weights, 1, e, torch.add(e, 1))
      mine = torch.view(torch.nonzero(torch.flatten(weight)), [-1])
      n = torch.size(mine, 0)
      if torch.gt(n, 0):
        rows = mine
        if torch.lt(n, 64):
          rows = torch.cat([mine, torch.expand(torch.slice(mine, 0, 0, 1), [torch.sub(64, n)])])
        up = torch.slice(w[15], 0, torch.mul(e, both_rows), torch.mul(torch.add(e, 1), both_rows))
        down = torch.slice(w[16], 0, torch.mul(e, shape[0]), torch.mul(torch.add(e, 1), shape[0]))
        both = self.project(torch.index_select(y, 0, rows), up, none, shape[5])
        gate = self.activate(torch.slice(both, 1, 0, half), shape[10])
        torch.mul_(gate, torch.slice(both, 1, half))
        made = torch.slice(self.project(gate, down, none, shape[5]), 0, 0, n)
        torch.mul_(made, torch.index_select(weight, 0, mine))
        torch.index_add_(x, 0, mine, torch.mul(made, facts[2]))

  # What each row's experts weigh, 0 for those that it does not choose: [n, experts]. fp32 whatever the
  # type of factors. The router has rows of zeros behind its own.
  def routes(self: __torch__.Decoder, y: Tensor, router: Tensor, shape: List[int]) -> Tensor:
    logits = torch.slice(torch.mm(y, torch.t(router)), 1, 0, shape[13])
    all = torch.softmax(logits, 1)
    best, which = torch.topk(all, shape[14], 1)
    if torch.eq(shape[15], 1):
      best = torch.div(best, torch.sum(best, [1], True))
    return torch.scatter(torch.zeros_like(all), 1, which, best)

  # What an MLP's last matrix takes, [n, F].
  def inner(self: __torch__.Decoder, x: Tensor, w: List[Tensor], shape: List[int], facts: List[float]) -> Tensor:
    both = self.project(self.normed_if(shape[9], x, facts[0], w[11]), w[4], w[5], shape[5])
    if torch.eq(shape[11], 0):
      return self.activate(torch.slice(self.filled(both, 0.), 1, 0, shape[4]), shape[10])
    gate = self.activate(torch.slice(both, 1, 0, shape[4]), shape[10])
    return torch.mul_(gate, torch.slice(both, 1, shape[4]))

  # Rows of heads [n, H * D] as [n, H, D], as far apart as the table's.
  def spread(self: __torch__.Decoder, flat: Tensor, heads: int, wide: int) -> Tensor:
    rows = torch.unflatten(flat, 1, [heads, -1])
    dim = torch.size(rows, 2)
    if torch.gt(wide, dim):
      rows = torch.slice(torch.constant_pad_nd(rows, [0, torch.sub(wide, dim)]), 2, 0, dim)
    return rows

  # Queries [n, H, D] of hidden states x at their positions, for a table so wide.
  def queries(self: __torch__.Decoder, x: Tensor, w: List[Tensor], shape: List[int], facts: List[float], turns: Tensor, wide: int) -> Tensor:
    width = torch.mul(shape[1], shape[3])
    bias = w[1]
    if torch.gt(torch.numel(bias), 0):
      bias = torch.slice(bias, 0, 0, width)
    flat = self.project(self.normed_if(shape[8], x, facts[0], w[10]), torch.slice(w[0], 0, 0, width), bias, shape[5])
    q = self.spread(flat, shape[1], wide)
    self.rotate(q, w[8], facts[0], turns)
    return q

  # First half of a layer: keys and values of tokens start to end.
  def keys_values(self: __torch__.Decoder, hidden: Tensor, start: int, end: int, w: List[Tensor], shape: List[int], facts: List[float], table: Tensor, positions: Tensor, kv: Tensor) -> None:
    queries = torch.mul(shape[1], shape[3])
    keys = torch.mul(shape[2], shape[3])
    x = torch.slice(hidden, 0, start, end)
    turns = torch.index_select(table, 0, torch.slice(positions, 0, start, end))
    bias = w[1]
    if torch.gt(torch.numel(bias), 0):
      bias = torch.slice(bias, 0, queries)
    both = self.project(self.normed_if(shape[8], x, facts[0], w[10]), torch.slice(w[0], 0, queries), bias, shape[5])
    self.rotate(torch.unflatten(torch.slice(both, 1, 0, keys), 1, [shape[2], shape[3]]), w[9], facts[0], turns)
    heads = torch.unflatten(both, 1, [torch.mul(2, shape[2]), shape[3]])
    torch.copy_(torch.slice(torch.slice(kv, 1, start, end), 2, 0, shape[3]), torch.permute(heads, [1, 0, 2]))

  # Second half, once all keys and values stand: tokens start to end, whose blocks the plan lists.
  def layer(self: __torch__.Decoder, hidden: Tensor, start: int, end: int, w: List[Tensor], shape: List[int], facts: List[float], table: Tensor, positions: Tensor, kv: Tensor, plan: List[int], mask: Tensor) -> None:
    x = torch.slice(hidden, 0, start, end)
    turns = torch.index_select(table, 0, torch.slice(positions, 0, start, end))
    q = self.queries(x, w, shape, facts, turns, torch.size(kv, 2))
    attended = torch.flatten(torch.empty_like(q), 1)
    at = 0
    covered = 0
    while torch.lt(at, torch.len(plan)):
      first = torch.sub(plan[at], start)
      n = plan[torch.add(at, 1)]
      covered = torch.add(first, n)
      self.attend(torch.slice(q, 0, first, covered), self.path(kv, plan, at, n), mask, torch.slice(attended, 0, first, covered), shape, facts)
      at = torch.add(torch.add(at, 3), torch.mul(plan[torch.add(at, 2)], 2))
    # Rows that fill up a small load belong to no block.
    torch.zero_(torch.slice(attended, 0, covered))
    self.finish(x, attended, w, shape, facts)

  # Second half of the last layer: queries, attention output and MLP for the read-outs only.
  # readouts: index in the load of each read-out, of which the first are skipped. plan here: for each
  # read-out from start to end the first token of its segment, the number of that segment's tokens up
  # to the read-out, and the ranges before it. Hidden states of the read-outs: into states [R, E].
  def last_layer(self: __torch__.Decoder, hidden: Tensor, readouts: Tensor, skipped: int, start: int, end: int, w: List[Tensor], shape: List[int], facts: List[float], table: Tensor, positions: Tensor, kv: Tensor, plan: List[int], mask: Tensor, states: Tensor) -> None:
    rows = torch.slice(readouts, 0, torch.add(skipped, start), torch.add(skipped, end))
    x = torch.index_select(hidden, 0, rows)
    turns = torch.index_select(table, 0, torch.index_select(positions, 0, rows))
    q = self.queries(x, w, shape, facts, turns, torch.size(kv, 2))
    attended = torch.flatten(torch.zeros_like(q), 1)
    at = 0
    row = 0
    while torch.lt(at, torch.len(plan)):
      keys = self.path(kv, plan, at, plan[torch.add(at, 1)])
      self.attend(torch.slice(q, 0, row, torch.add(row, 1)), keys, mask, torch.slice(attended, 0, row, torch.add(row, 1)), shape, facts)
      at = torch.add(torch.add(at, 3), torch.mul(plan[torch.add(at, 2)], 2))
      row = torch.add(row, 1)
    self.finish(x, attended, w, shape, facts)
    torch.copy_(torch.slice(states, 0, start, end), x)

  # A layer of a head, but not its last, over states [R, E] of read-outs start to end, or over what the
  # layer before it put out: into [R, outputs].
  # w: its matrix [outputs, E], its bias [outputs] or [], the final norm [E], which the first one has.
  def head_layer(self: __torch__.Decoder, states: Tensor, start: int, end: int, w: List[Tensor], eps: float, into: Tensor) -> None:
    x = torch.slice(states, 0, start, end)
    if torch.gt(torch.numel(w[2]), 0):
      x = self.normed(x, eps, w[2])
    torch.copy_(torch.slice(into, 0, start, end), torch.relu_(self.project(x, w[0], w[1], 6)))
