
  # Encoders: a load of flat tokens, rows that know nothing of each other, a layer at a time. Spelt as
  # decoder.py is.
  #
  # Names of sizes: T tokens of a micro-batch of whole rows, n tokens of one of them, E hidden size, H
  # heads, D head size, W head size filled up to whole vectors with zeros, F intermediate size filled up
  # likewise. Zeros in weights take zeros for what is filled up, and these add nothing to any sum.
  #
  # A layer's weights w, fp32; matrices are bf16 tensors where the device multiplies those (decoder.py).
  #   0 query, key, value     [3 * H * W, E]   rows of query and key interleaved where they are turned
  #   1 their bias            [3 * H * W] or []
  #   2 attention output      [E, H * W]
  #   3 its bias              [E] or []
  #   4, 5 attention's norm   [E] or [] without one, its bias [E] or []
  #   6 up                    [F, E], or [2 * F, E] if gated
  #   7 its bias              [F] or [2 * F] or []
  #   8 down                  [E, F]
  #   9 its bias              [E] or []
  #  10, 11 MLP's norm        [E], its bias [E] or []
  #  12, 13 keys of distances, 14, 15 queries of distances: [H * W, E] and [H * W], or []
  # conv: a convolution [E, E / groups, kernel], its bias [E], its norm [E] and that one's bias [E]; all []
  # in layers without one.
  # shape: [E, H, W, D, F, the type of the products' factors, attention: 0 by the CPU's kernel, 1 by
  # whichever the library has; the layer's reach: tokens that a token sees on each side, 0 for all;
  # activation: 0 gelu, 1 gelu by tanh, 2 relu, 3 tanh; 1 with norms in front; 1 if gated; activation of
  # the convolution; its groups]
  # rows: the number of tokens of each row of a micro-batch; what is left of it fills up a small load.

  # Copies rows from to to of a stored matrix or vector into heads of a buffer from row start on, each
  # filled up to wide rows; interleaved as rotation wants them where that is 1.
  def widen_heads(self: __torch__.Decoder, into: Tensor, start: int, stored: Tensor, from_: int, to: int, type: int, dim: int, wide: int, interleaved: int) -> None:
    rows = torch.to(self.fitting(torch.slice(stored, 0, from_, to), into, type), ops.prim.dtype(into))
    heads = torch.floordiv(torch.sub(to, from_), dim)
    columns = torch.floordiv(torch.numel(rows), torch.mul(heads, dim))
    each = torch.view(rows, [heads, dim, columns])
    if torch.eq(interleaved, 1):
      half = torch.floordiv(dim, 2)
      each = torch.reshape(torch.transpose(torch.view(each, [heads, 2, half, columns]), 1, 2), [heads, dim, columns])
    own = torch.view(torch.slice(into, 0, start, torch.add(start, torch.mul(heads, wide))), [heads, wide, columns])
    torch.copy_(torch.slice(own, 1, 0, dim), each)

  # Copies a stored matrix whose columns are of heads into one whose heads are filled up.
  def widen_columns(self: __torch__.Decoder, into: Tensor, stored: Tensor, type: int, dim: int, wide: int) -> None:
    rows = torch.to(self.fitting(stored, into, type), ops.prim.dtype(into))
    own = torch.view(into, [torch.size(into, 0), -1, wide])
    torch.copy_(torch.slice(own, 2, 0, dim), torch.view(rows, [torch.size(rows, 0), -1, dim]))

  def layer_normed(self: __torch__.Decoder, x: Tensor, weight: Tensor, bias: Tensor, eps: float) -> Tensor:
    if torch.eq(torch.numel(weight), 0):
      return x
    if torch.eq(torch.numel(bias), 0):
      return torch.layer_norm(x, [torch.size(x, -1)], weight, None, eps)
    return torch.layer_norm(x, [torch.size(x, -1)], weight, bias, eps)

  def activated(self: __torch__.Decoder, x: Tensor, kind: int) -> Tensor:
    if torch.eq(kind, 0):
      return torch.gelu_(x)
    if torch.eq(kind, 1):
      return torch.gelu_(x, approximate="tanh")
    if torch.eq(kind, 2):
      return torch.relu_(x)
    return torch.tanh_(x)

  # First states of tokens start to end: sums of rows of stored tables, then a norm. ids, positions and
  # types are on the host, as the tables are; a table of 0 numbers is none.
  def embed_rows(self: __torch__.Decoder, hidden: Tensor, start: int, end: int, ids: List[Tensor], tables: List[Tensor], norm: List[Tensor], eps: float) -> None:
    x = torch.to(torch.embedding(tables[0], torch.slice(ids[0], 0, start, end)), 6)
    for t in range(1, 3):
      table = tables[t]
      if torch.gt(torch.numel(table), 0):
        x = torch.add(x, torch.to(torch.embedding(table, torch.slice(ids[t], 0, start, end)), 6))
    torch.copy_(torch.slice(hidden, 0, start, end), self.layer_normed(self.beside(x, hidden), norm[0], norm[1], eps))

  # Buckets of the distances -longest + 1 to longest - 1, as rows of an embedding of 2 * span rows:
  # logarithmic from half of size on; size 0 for none. As transformers computes them, in fp32.
  def distance_rows(self: __torch__.Decoder, longest: int, size: int, most: int, span: int) -> Tensor:
    distances = torch.arange(torch.sub(1, longest), longest, dtype=4)
    rows = distances
    if torch.gt(size, 0):
      middle = torch.floordiv(size, 2)
      near = torch.logical_and(torch.lt(distances, middle), torch.gt(distances, torch.neg(middle)))
      far = torch.where(near, torch.full_like(distances, torch.sub(middle, 1)), torch.abs(distances))
      most_ = torch.log(torch.full([1], torch.div(torch.sub(most, 1), middle), dtype=6))
      logs = torch.div(torch.log(torch.div(torch.to(far, 6), middle)), most_)
      buckets = torch.add(torch.ceil(torch.mul(logs, torch.sub(middle, 1))), middle)
      signed = torch.mul(buckets, torch.to(torch.sign(distances), 6))
      rows = torch.to(torch.where(torch.le(far, middle), torch.to(distances, 6), signed), 4)
    return torch.clamp(torch.add(rows, span), 0, torch.sub(torch.mul(2, span), 1))

  # What all rows of a layer have of distances: keys by distance, largest first, and queries by distance,
  # smallest first, [H, distances, W], scaled; [] for none. embedded: [2 * span, E], in fp32.
  def distances(self: __torch__.Decoder, embedded: Tensor, rows: Tensor, w: List[Tensor], shape: List[int], scale: float) -> List[Tensor]:
    both = annotate(List[Tensor], [])
    for k in range(2):
      weight = w[torch.add(12, torch.mul(2, k))]
      if torch.gt(torch.numel(weight), 0):
        all = torch.mul_(self.project(embedded, weight, w[torch.add(13, torch.mul(2, k))], shape[5]), scale)
        order = rows
        if torch.eq(k, 0):
          order = torch.flip(rows, [0])
        chosen = torch.unflatten(torch.index_select(all, 0, order), 1, [shape[1], shape[2]])
        both = torch.append(both, torch.contiguous(torch.permute(chosen, [1, 0, 2])))
      else:
        both = torch.append(both, torch.empty([0], dtype=6))
    return both

  # Scores by distance of queries q [H, b, W] and keys k [H, n, W], of which the first query's place is
  # first: [H, b, n]. Tile by tile, as in a tile few distances occur: a product with each of them, read
  # aslant.
  def distance_scores(self: __torch__.Decoder, q: Tensor, k: Tensor, first: int, by: List[Tensor]) -> Tensor:
    heads = torch.size(q, 0)
    b = torch.size(q, 1)
    n = torch.size(k, 1)
    scores = torch.zeros([heads, b, n], dtype=6, layout=None, device=ops.prim.device(q))
    for low in range(0, n, 128):
      high = ops.prim.min(torch.add(low, 128), n)
      m = torch.sub(high, low)
      tile = torch.slice(scores, 2, low, high)
      steps = torch.sub(torch.add(b, m), 1)
      if torch.gt(torch.numel(by[0]), 0):
        # Rows from the largest distance of the tile on, that of its last query to its first key.
        middle = torch.floordiv(torch.size(by[0], 1), 2)
        from_ = torch.sub(middle, torch.sub(torch.sub(torch.add(first, b), 1), low))
        keys = torch.slice(by[0], 1, from_, torch.add(from_, steps))
        product = torch.bmm(q, torch.transpose(keys, 1, 2))
        torch.copy_(tile, torch.as_strided(product, [heads, b, m], [torch.mul(b, steps), torch.sub(steps, 1), 1], torch.sub(b, 1)))
      if torch.gt(torch.numel(by[1]), 0):
        # Rows from the smallest distance on, that of its first query to its last key.
        middle0 = torch.floordiv(torch.size(by[1], 1), 2)
        from0 = torch.add(middle0, torch.sub(first, torch.sub(high, 1)))
        queries = torch.slice(by[1], 1, from0, torch.add(from0, steps))
        product0 = torch.bmm(torch.slice(k, 1, low, high), torch.transpose(queries, 1, 2))
        torch.add_(tile, torch.transpose(torch.as_strided(product0, [heads, m, b], [torch.mul(m, steps), torch.sub(steps, 1), 1], torch.sub(m, 1)), 1, 2))
    return scores

  # q [H, b, W] over k and v [H, n, W], with scores to be added [H or 1, b, n] or []: [H, b, W].
  def looked(self: __torch__.Decoder, q: Tensor, k: Tensor, v: Tensor, more: Tensor, kernel: int, scale: float) -> Tensor:
    q4 = torch.unsqueeze(q, 0)
    k4 = torch.unsqueeze(k, 0)
    v4 = torch.unsqueeze(v, 0)
    if torch.gt(torch.numel(more), 0):
      m4 = torch.unsqueeze(more, 0)
      if torch.eq(kernel, 0):
        attended, _0 = torch._scaled_dot_product_flash_attention_for_cpu(q4, k4, v4, 0., False, attn_mask=m4, scale=scale)
      else:
        attended = torch.scaled_dot_product_attention(q4, k4, v4, torch.contiguous(m4), 0., False, scale=scale)
    else:
      if torch.eq(kernel, 0):
        attended, _1 = torch._scaled_dot_product_flash_attention_for_cpu(q4, k4, v4, 0., False, scale=scale)
      else:
        attended = torch.scaled_dot_product_attention(q4, k4, v4, None, 0., False, scale=scale)
    return torch.squeeze(attended, 0)

  # One row's queries q [H, b, W], of which the first is at place first, over its keys and values k and v
  # [H, n, W]: into [b, H * W]. With distances or a reach few queries at a time, at borders that follow
  # from the row alone.
  def look(self: __torch__.Decoder, q: Tensor, k: Tensor, v: Tensor, first: int, shape: List[int], scale: float, by: List[Tensor], band: Tensor, into: Tensor) -> None:
    n = torch.size(k, 1)
    end = torch.add(first, torch.size(q, 1))
    reach = shape[7]
    none = torch.slice(band, 0, 0, 0)
    narrow = torch.__and__(torch.gt(reach, 0), torch.gt(n, torch.add(reach, 1)))
    far = torch.gt(torch.add(torch.numel(by[0]), torch.numel(by[1])), 0)
    step = n
    if torch.__or__(narrow, far):
      step = 128
    for at in range(first, end, step):
      past = ops.prim.min(torch.add(at, step), end)
      some = torch.slice(q, 1, torch.sub(at, first), torch.sub(past, first))
      low = 0
      high = n
      more = none
      if far:
        more = self.distance_scores(some, k, at, by)
      if narrow:
        low = ops.prim.max(torch.sub(at, reach), 0)
        high = ops.prim.min(torch.add(past, reach), n)
        left = torch.sub(low, torch.sub(at, reach))
        more = torch.unsqueeze(torch.slice(torch.slice(band, 0, 0, torch.sub(past, at)), 1, left, torch.add(left, torch.sub(high, low))), 0)
      attended = self.looked(some, torch.slice(k, 1, low, high), torch.slice(v, 1, low, high), more, shape[6], scale)
      rows = torch.unflatten(torch.slice(into, 0, torch.sub(at, first), torch.sub(past, first)), 1, [shape[1], shape[2]])
      torch.copy_(rows, torch.transpose(attended, 0, 1))

  # What a query of a block may see in layers that slide: 0, or -inf. [128, 128 + 2 * reach]
  def band(self: __torch__.Decoder, reach: int) -> Tensor:
    all = torch.full([128, torch.add(128, torch.mul(2, reach))], -inf, dtype=6)
    return torch.add_(torch.tril(all, -1), torch.triu(all, torch.add(torch.mul(2, reach), 1)))

  # Queries, keys and values of x [T, E]: [T, 3, H, W]. turns: [T, D / 2] or [].
  def looking(self: __torch__.Decoder, x: Tensor, w: List[Tensor], shape: List[int], turns: Tensor) -> Tensor:
    qkv = torch.unflatten(self.project(x, w[0], w[1], shape[5]), 1, [3, shape[1], shape[2]])
    self.turn(torch.slice(qkv, 1, 0, 2), shape, turns)
    return qkv

  # Turns queries and keys, or keys alone, [T, 2 or 1, H, W], in place.
  def turn(self: __torch__.Decoder, heads: Tensor, shape: List[int], turns: Tensor) -> None:
    if torch.gt(torch.numel(turns), 0):
      turned = torch.slice(heads, 3, 0, shape[3])
      pairs = torch.view_as_complex(torch.unflatten(turned, -1, [-1, 2]))
      torch.mul_(pairs, torch.unsqueeze(torch.unsqueeze(turns, 1), 1))

  # Attention output and MLP of states x [T, E], of which attended [T, H * W] is what they saw.
  def finished(self: __torch__.Decoder, x: Tensor, attended: Tensor, w: List[Tensor], shape: List[int], eps: float) -> Tensor:
    sums = torch.add_(self.project(attended, w[2], w[3], shape[5]), x)
    front = torch.eq(shape[9], 1)
    y = sums
    if front:
      y = self.layer_normed(sums, w[10], w[11], eps)
    else:
      sums = self.layer_normed(sums, w[4], w[5], eps)
      y = sums
    up = self.project(y, w[6], w[7], shape[5])
    if torch.eq(shape[10], 1):
      inner = self.activated(torch.slice(up, 1, 0, shape[4]), shape[8])
      torch.mul_(inner, torch.slice(up, 1, shape[4]))
    else:
      inner = self.activated(up, shape[8])
    out = torch.add_(self.project(inner, w[8], w[9], shape[5]), sums)
    if front:
      return out
    return self.layer_normed(out, w[10], w[11], eps)

  # A convolution over each row of x [T, E], added to y, with a norm behind.
  def convolved_rows(self: __torch__.Decoder, x: Tensor, y: Tensor, rows: List[int], conv: List[Tensor], shape: List[int], eps: float) -> Tensor:
    at = 0
    half = torch.floordiv(torch.size(conv[0], 2), 2)
    for r in range(torch.len(rows)):
      n = rows[r]
      own = torch.unsqueeze(torch.t(torch.slice(x, 0, at, torch.add(at, n))), 0)
      out = torch.conv1d(torch.contiguous(own), conv[0], conv[1], [1], [half], [1], shape[12])
      wide = torch.contiguous(torch.transpose(torch.squeeze(out, 0), 0, 1))
      torch.add_(torch.slice(y, 0, at, torch.add(at, n)), self.activated(wide, shape[11]))
      at = torch.add(at, n)
    return self.layer_normed(y, conv[2], conv[3], eps)

  # A layer over tokens start to end, which are whole rows and what fills up a small load, in place.
  def encoder_layer(self: __torch__.Decoder, hidden: Tensor, start: int, end: int, rows: List[int], w: List[Tensor], shape: List[int], eps: float, scale: float, angles: Tensor, positions: Tensor, by: List[Tensor], band: Tensor, conv: List[Tensor]) -> None:
    x = torch.slice(hidden, 0, start, end)
    turns = angles
    if torch.gt(torch.numel(angles), 0):
      turns = torch.index_select(angles, 0, torch.slice(positions, 0, start, end))
    seen = x
    if torch.eq(shape[9], 1):
      seen = self.layer_normed(x, w[4], w[5], eps)
    qkv = self.looking(seen, w, shape, turns)
    attended = torch.empty([torch.size(x, 0), torch.mul(shape[1], shape[2])], dtype=6, layout=None, device=ops.prim.device(x))
    at = 0
    for r in range(torch.len(rows)):
      n = rows[r]
      own = torch.permute(torch.slice(qkv, 0, at, torch.add(at, n)), [1, 2, 0, 3])
      self.look(torch.select(own, 0, 0), torch.select(own, 0, 1), torch.select(own, 0, 2), 0, shape, scale, by, band, torch.slice(attended, 0, at, torch.add(at, n)))
      at = torch.add(at, n)
    torch.zero_(torch.slice(attended, 0, at))
    y = self.finished(x, attended, w, shape, eps)
    if torch.gt(torch.numel(conv[0]), 0):
      y = self.convolved_rows(x, y, rows, conv, shape, eps)
    torch.copy_(x, y)

  # The last layer where each row's first state alone is read, in three parts. firsts: tokens of these.
  # Queries of rows start to end: into q [rows, H * W]. At place 0 nothing is turned.
  def first_queries(self: __torch__.Decoder, hidden: Tensor, firsts: Tensor, start: int, end: int, w: List[Tensor], shape: List[int], eps: float, q: Tensor) -> None:
    x = torch.index_select(hidden, 0, torch.slice(firsts, 0, start, end))
    if torch.eq(shape[9], 1):
      x = self.layer_normed(x, w[4], w[5], eps)
    width = torch.mul(shape[1], shape[2])
    bias = w[1]
    if torch.gt(torch.numel(bias), 0):
      bias = torch.slice(bias, 0, 0, width)
    torch.copy_(torch.slice(q, 0, start, end), self.project(x, torch.slice(w[0], 0, 0, width), bias, shape[5]))

  # What they see among tokens start to end, which are whole rows, the first of them number first: into
  # attended [rows, H * W].
  def first_looks(self: __torch__.Decoder, hidden: Tensor, start: int, end: int, rows: List[int], first: int, w: List[Tensor], shape: List[int], eps: float, scale: float, angles: Tensor, positions: Tensor, by: List[Tensor], band: Tensor, q: Tensor, attended: Tensor) -> None:
    x = torch.slice(hidden, 0, start, end)
    if torch.eq(shape[9], 1):
      x = self.layer_normed(x, w[4], w[5], eps)
    width = torch.mul(shape[1], shape[2])
    bias = w[1]
    if torch.gt(torch.numel(bias), 0):
      bias = torch.slice(bias, 0, width)
    kv = torch.unflatten(self.project(x, torch.slice(w[0], 0, width), bias, shape[5]), 1, [2, shape[1], shape[2]])
    if torch.gt(torch.numel(angles), 0):
      self.turn(torch.slice(kv, 1, 0, 1), shape, torch.index_select(angles, 0, torch.slice(positions, 0, start, end)))
    at = 0
    for r in range(torch.len(rows)):
      n = rows[r]
      own = torch.permute(torch.slice(kv, 0, at, torch.add(at, n)), [1, 2, 0, 3])
      row = torch.add(first, r)
      query = torch.transpose(torch.unflatten(torch.slice(q, 0, row, torch.add(row, 1)), 1, [shape[1], shape[2]]), 0, 1)
      self.look(query, torch.select(own, 0, 0), torch.select(own, 0, 1), 0, shape, scale, by, band, torch.slice(attended, 0, row, torch.add(row, 1)))
      at = torch.add(at, n)

  # What is behind attention, for rows start to end: into states [rows, E].
  def first_states(self: __torch__.Decoder, hidden: Tensor, firsts: Tensor, start: int, end: int, w: List[Tensor], shape: List[int], eps: float, attended: Tensor, states: Tensor) -> None:
    x = torch.index_select(hidden, 0, torch.slice(firsts, 0, start, end))
    torch.copy_(torch.slice(states, 0, start, end), self.finished(x, torch.slice(attended, 0, start, end), w, shape, eps))

  # A head's square layer over states [R, E] of rows: in place. w: its matrix, its bias or [], the norm in
  # front or [], its bias or [], the norm behind or [], its bias or [].
  def head_dense(self: __torch__.Decoder, states: Tensor, start: int, end: int, w: List[Tensor], kind: int, eps: float) -> None:
    x = torch.slice(states, 0, start, end)
    y = self.layer_normed(x, w[2], w[3], eps)
    if torch.gt(torch.numel(w[0]), 0):
      y = self.layer_normed(self.activated(self.project(y, w[0], w[1], 6), kind), w[4], w[5], eps)
    torch.copy_(x, y)
