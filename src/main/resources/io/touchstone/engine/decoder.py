class Decoder(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # The arithmetic of a Llama-like decoder over a load of flat tokens, one layer at a time.
  #
  # Names of sizes: T tokens of a micro-batch, R read-outs of a load, E hidden size, H query heads,
  # K key-value heads, D head size, F intermediate size.
  #
  # A layer's weights w, fp32, norms folded into the matrix that follows them:
  #   0 query, key, value  [(H + 2K) * D, E]   rows of query and key interleaved (see rotate)
  #   1 their bias         [(H + 2K) * D] or []
  #   2 attention output   [E, H * D]
  #   3 its bias           [E] or []
  #   4 gate, up           [2F, E]
  #   5 their bias         [2F] or []
  #   6 down               [E, F]
  #   7 its bias           [E] or []
  #   8 query norm         [D] or []           interleaved like the rows
  #   9 key norm           [D] or []
  # shape: [E, H, K, D, F]
  # Keys and values of a layer stand in one table for the whole load, [tokens, 2 * K * D].
  # plan: for each block of queries its first token, its length, the number of ranges of keys that its
  # path has in front of it, and for each of these first token and length; tokens of the load.

  # Bytes of a file seen as numbers of a type (5 float16, 6 float32, 15 bfloat16), without a copy:
  # the language has no call that reinterprets a tensor, but a tensor may share another's storage.
  def numbers(self: __torch__.Decoder, bytes: Tensor, type: int, shape: List[int]) -> Tensor:
    flat = torch.set_(torch.empty([0], dtype=type), bytes, 0, [torch.floordiv(torch.numel(bytes), self.width(type))], [1])
    return torch.view(flat, shape)

  def width(self: __torch__.Decoder, type: int) -> int:
    if torch.eq(type, 6):
      bytes = 4
    else:
      bytes = 2
    return bytes

  def floats(self: __torch__.Decoder, stored: Tensor) -> Tensor:
    return torch.to(stored, 6)

  def embed(self: __torch__.Decoder, table: Tensor, ids: Tensor) -> Tensor:
    return torch.to(torch.embedding(table, ids), 6)

  # Angles as transformers computes them, in fp32: [blocks * 1024, D / 2] of cos + i sin. In blocks of
  # one size, so that a position's bits do not depend on the length of the table.
  # kind 0: default, 1: linear (scaling: factor), 2: llama3 (scaling: factor, low_freq_factor,
  # high_freq_factor, original_max_position_embeddings).
  def rotary(self: __torch__.Decoder, blocks: int, dim: int, theta: float, kind: int, scaling: List[float]) -> Tensor:
    steps = torch.div(torch.to(torch.arange(0, dim, 2, dtype=4), 6), dim)
    frequencies = torch.reciprocal(torch.pow(theta, steps))
    if torch.eq(kind, 1):
      frequencies = torch.div(frequencies, scaling[0])
    if torch.eq(kind, 2):
      frequencies = self.llama3(frequencies, scaling[0], scaling[1], scaling[2], scaling[3])
    parts = annotate(List[Tensor], [])
    for b in range(blocks):
      first = torch.mul(b, 1024)
      positions = torch.to(torch.arange(first, torch.add(first, 1024), dtype=4), 6)
      angles = torch.mul(torch.unsqueeze(positions, 1), frequencies)
      parts = torch.append(parts, torch.complex(torch.cos(angles), torch.sin(angles)))
    return torch.cat(parts)

  def llama3(self: __torch__.Decoder, frequencies: Tensor, factor: float, low: float, high: float, original: float) -> Tensor:
    wavelengths = torch.mul(torch.reciprocal(frequencies), 6.283185307179586)
    slow = torch.gt(wavelengths, torch.div(original, low))
    fast = torch.lt(wavelengths, torch.div(original, high))
    scaled = torch.where(slow, torch.div(frequencies, factor), frequencies)
    smooth = torch.div(torch.sub(torch.mul(torch.reciprocal(wavelengths), original), low), torch.sub(high, low))
    smoothed = torch.add(torch.div(torch.mul(torch.rsub(smooth, 1), scaled), factor), torch.mul(smooth, scaled))
    between = torch.logical_and(torch.logical_not(fast), torch.logical_not(slow))
    return torch.where(between, smoothed, scaled)

  # Widens a stored matrix or vector into rows of a buffer from row start on, a norm's weights folded in.
  def widen(self: __torch__.Decoder, into: Tensor, start: int, stored: Tensor, norm: Tensor) -> None:
    rows = torch.slice(into, 0, start, torch.add(start, torch.size(stored, 0)))
    torch.copy_(rows, stored)
    if torch.gt(torch.numel(norm), 0):
      torch.mul_(rows, torch.to(norm, 6))

  # The same for a query or key projection (or its bias or norm): within a head of dim rows, row i and
  # row i + dim / 2, which rotary turns together, come to stand side by side.
  def widen_interleaved(self: __torch__.Decoder, into: Tensor, start: int, stored: Tensor, norm: Tensor, dim: int) -> None:
    rows = torch.slice(into, 0, start, torch.add(start, torch.size(stored, 0)))
    half = torch.floordiv(dim, 2)
    columns = torch.floordiv(torch.numel(stored), torch.size(stored, 0))
    halves = torch.transpose(torch.view(stored, [-1, 2, half, columns]), 1, 2)
    torch.copy_(torch.view(rows, [-1, half, 2, columns]), halves)
    if torch.gt(torch.numel(norm), 0):
      torch.mul_(rows, torch.to(norm, 6))

  # x / sqrt(mean(x^2) + eps) over the last dimension.
  def normed(self: __torch__.Decoder, x: Tensor, eps: float) -> Tensor:
    norms = torch.linalg_vector_norm(x, 2, [-1], True)
    scale = torch.rsqrt_(torch.add_(torch.div_(torch.mul_(norms, norms), torch.size(x, -1)), eps))
    return torch.mul(x, scale)

  def project(self: __torch__.Decoder, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    if torch.gt(torch.numel(bias), 0):
      return torch.addmm(bias, x, torch.t(weight))
    return torch.mm(x, torch.t(weight))

  # Per-head norms (Qwen3), then the rotation by position, in place. heads: [T, n, D].
  def rotate(self: __torch__.Decoder, heads: Tensor, norm: Tensor, eps: float, turns: Tensor) -> None:
    if torch.gt(torch.numel(norm), 0):
      torch.copy_(heads, torch.mul(self.normed(heads, eps), norm))
    pairs = torch.view_as_complex(torch.unflatten(heads, -1, [-1, 2]))
    torch.mul_(pairs, torch.unsqueeze(turns, 1))

  # 0 where a query may look, -inf where the key comes after it: [size, size].
  def triangle(self: __torch__.Decoder, size: int) -> Tensor:
    return torch.triu(torch.full([size, size], -inf, dtype=6), 1)

  # Keys and values of a block's path up to and with its first n own tokens: [path, 2, K, D].
  def path(self: __torch__.Decoder, kv: Tensor, plan: List[int], at: int, n: int, shape: List[int]) -> Tensor:
    start = plan[at]
    ranges = plan[torch.add(at, 2)]
    end = torch.add(start, n)
    rows = torch.slice(kv, 0, start, end)
    if torch.gt(ranges, 0):
      first = plan[torch.add(at, 3)]
      if torch.eq(torch.add(first, plan[torch.add(at, 4)]), start):
        # One range, and the block follows it at once: nothing has to be put together.
        rows = torch.slice(kv, 0, first, end)
      else:
        parts = annotate(List[Tensor], [])
        for r in range(ranges):
          from_ = plan[torch.add(torch.add(at, 3), torch.mul(r, 2))]
          length = plan[torch.add(torch.add(at, 4), torch.mul(r, 2))]
          parts = torch.append(parts, torch.slice(kv, 0, from_, torch.add(from_, length)))
        rows = torch.cat(torch.append(parts, rows))
    return torch.unflatten(rows, 1, [2, shape[2], shape[3]])

  # Attention of q [n, H, D] over keys and values [m, 2, K, D]: into [n, H * D].
  # mask: [] for all keys, [n, m] otherwise.
  def attend(self: __torch__.Decoder, q: Tensor, kv: Tensor, mask: Tensor, causal: bool, into: Tensor) -> None:
    n = torch.size(q, 0)
    m = torch.size(kv, 0)
    groups = torch.size(kv, 2)
    dim = torch.size(kv, 3)
    heads = torch.floordiv(torch.size(q, 1), groups)
    q4 = torch.permute(torch.unflatten(q, 1, [groups, heads]), [1, 2, 0, 3])
    k4 = torch.expand(torch.unsqueeze(torch.permute(torch.select(kv, 1, 0), [1, 0, 2]), 1), [groups, heads, m, dim])
    v4 = torch.expand(torch.unsqueeze(torch.permute(torch.select(kv, 1, 1), [1, 0, 2]), 1), [groups, heads, m, dim])
    if torch.gt(torch.numel(mask), 0):
      masked, _0 = torch._scaled_dot_product_flash_attention_for_cpu(q4, k4, v4, 0., False, attn_mask=mask)
      torch.copy_(torch.view(into, [n, groups, heads, dim]), torch.permute(masked, [2, 0, 1, 3]))
    else:
      plain, _1 = torch._scaled_dot_product_flash_attention_for_cpu(q4, k4, v4, 0., causal)
      torch.copy_(torch.view(into, [n, groups, heads, dim]), torch.permute(plain, [2, 0, 1, 3]))

  # Attention output and MLP added onto the residual stream x, in place.
  def finish(self: __torch__.Decoder, x: Tensor, attended: Tensor, w: List[Tensor], eps: float) -> None:
    inner = torch.size(w[6], 1)
    torch.addmm_(x, attended, torch.t(w[2]))
    if torch.gt(torch.numel(w[3]), 0):
      torch.add_(x, w[3])
    both = self.project(self.normed(x, eps), w[4], w[5])
    gate = torch.silu_(torch.slice(both, 1, 0, inner))
    torch.mul_(gate, torch.slice(both, 1, inner))
    torch.addmm_(x, gate, torch.t(w[6]))
    if torch.gt(torch.numel(w[7]), 0):
      torch.add_(x, w[7])

  # Queries [n, H * D] of hidden states x at their positions.
  def queries(self: __torch__.Decoder, x: Tensor, w: List[Tensor], shape: List[int], eps: float, turns: Tensor) -> Tensor:
    width = torch.mul(shape[1], shape[3])
    bias = w[1]
    if torch.gt(torch.numel(bias), 0):
      bias = torch.slice(bias, 0, 0, width)
    q = self.project(self.normed(x, eps), torch.slice(w[0], 0, 0, width), bias)
    self.rotate(torch.unflatten(q, 1, [shape[1], shape[3]]), w[8], eps, turns)
    return q

  # First half of a layer: keys and values of tokens start to end.
  def keys_values(self: __torch__.Decoder, hidden: Tensor, start: int, end: int, w: List[Tensor], shape: List[int], eps: float, table: Tensor, positions: Tensor, kv: Tensor) -> None:
    queries = torch.mul(shape[1], shape[3])
    keys = torch.mul(shape[2], shape[3])
    x = torch.slice(hidden, 0, start, end)
    turns = torch.index_select(table, 0, torch.slice(positions, 0, start, end))
    bias = w[1]
    if torch.gt(torch.numel(bias), 0):
      bias = torch.slice(bias, 0, queries)
    both = self.project(self.normed(x, eps), torch.slice(w[0], 0, queries), bias)
    self.rotate(torch.unflatten(torch.slice(both, 1, 0, keys), 1, [shape[2], shape[3]]), w[9], eps, turns)
    torch.copy_(torch.slice(kv, 0, start, end), both)

  # Second half, once all keys and values stand: tokens start to end, whose blocks the plan lists.
  def layer(self: __torch__.Decoder, hidden: Tensor, start: int, end: int, w: List[Tensor], shape: List[int], eps: float, table: Tensor, positions: Tensor, kv: Tensor, plan: List[int], triangle: Tensor) -> None:
    x = torch.slice(hidden, 0, start, end)
    turns = torch.index_select(table, 0, torch.slice(positions, 0, start, end))
    q = self.queries(x, w, shape, eps, turns)
    attended = torch.empty_like(q)
    at = 0
    covered = 0
    while torch.lt(at, torch.len(plan)):
      first = torch.sub(plan[at], start)
      n = plan[torch.add(at, 1)]
      ranges = plan[torch.add(at, 2)]
      covered = torch.add(first, n)
      own = torch.unflatten(torch.slice(q, 0, first, covered), 1, [shape[1], shape[3]])
      into = torch.slice(attended, 0, first, covered)
      keys = self.path(kv, plan, at, n, shape)
      if torch.eq(ranges, 0):
        self.attend(own, keys, torch.empty([0], dtype=6), True, into)
      else:
        m = torch.size(keys, 0)
        mask = torch.zeros([n, m], dtype=6)
        torch.copy_(torch.slice(mask, 1, torch.sub(m, n)), torch.slice(torch.slice(triangle, 0, 0, n), 1, 0, n))
        self.attend(own, keys, mask, False, into)
      at = torch.add(torch.add(at, 3), torch.mul(ranges, 2))
    # Rows that fill up a small load belong to no block.
    torch.zero_(torch.slice(attended, 0, covered))
    self.finish(x, attended, w, eps)

  # Second half of the last layer: queries, attention output and MLP for the read-outs only.
  # readouts: index in the load of each read-out. plan here: for each read-out from start to end the
  # first token of its segment, the number of that segment's tokens up to the read-out, and the
  # ranges before it. Hidden states of the read-outs: into states [R, E].
  def last_layer(self: __torch__.Decoder, hidden: Tensor, readouts: Tensor, start: int, end: int, w: List[Tensor], shape: List[int], eps: float, table: Tensor, positions: Tensor, kv: Tensor, plan: List[int], states: Tensor) -> None:
    rows = torch.slice(readouts, 0, start, end)
    x = torch.index_select(hidden, 0, rows)
    turns = torch.index_select(table, 0, torch.index_select(positions, 0, rows))
    q = self.queries(x, w, shape, eps, turns)
    attended = torch.zeros_like(q)
    at = 0
    row = 0
    while torch.lt(at, torch.len(plan)):
      one = torch.unflatten(torch.slice(q, 0, row, torch.add(row, 1)), 1, [shape[1], shape[3]])
      keys = self.path(kv, plan, at, plan[torch.add(at, 1)], shape)
      self.attend(one, keys, torch.empty([0], dtype=6), False, torch.slice(attended, 0, row, torch.add(row, 1)))
      at = torch.add(torch.add(at, 3), torch.mul(plan[torch.add(at, 2)], 2))
      row = torch.add(row, 1)
    self.finish(x, attended, w, eps)
    torch.copy_(torch.slice(states, 0, start, end), x)
