
  # What follows continues the class of decoder.py.
  #
  # A pass of a causal model over its cache: T tokens of any rows, flat, each of which looks at the keys
  # and values that its row has in the cache. Names of sizes as there, and B keys of a block.
  #
  # cache: keys and values of one layer for all rows, laid out as decoder.py's table, [2 * K, slots, D and
  # more]; slots are given out in blocks of B. Those of a block that hold nothing yet are zeros.
  # Matrix products are computed by tiles of columns. A tile's width follows from the matrix alone, so
  # that threads can share a product of few rows without the bits' depending on how many they are.

  # Memory that is written before it is read, and until then takes none.
  def reserved(self: __torch__.Decoder, sizes: List[int], type: int, other: Tensor) -> Tensor:
    return torch.empty(sizes, dtype=type, layout=None, device=ops.prim.device(other))

  def chosen(self: __torch__.Decoder, x: Tensor, rows: Tensor) -> Tensor:
    return torch.index_select(x, 0, rows)

  def rows(self: __torch__.Decoder, x: Tensor, first: int, end: int) -> Tensor:
    return torch.slice(x, 0, first, end)

  def last_columns(self: __torch__.Decoder, x: Tensor, first: int, end: int) -> Tensor:
    return torch.slice(x, -1, first, end)

  # Rows of a stored matrix, widened into the same rows of another with a norm folded in.
  def widen_rows(self: __torch__.Decoder, into: Tensor, stored: Tensor, first: int, end: int, norm: Tensor) -> None:
    self.widen(into, first, torch.slice(stored, 0, first, end), 6, norm)

  # Empties blocks of a layer's cache.
  def clear_blocks(self: __torch__.Decoder, cache: Tensor, blocks: List[int], block: int) -> None:
    table = torch.unflatten(cache, 1, [-1, block])
    for b in range(torch.len(blocks)):
      torch.zero_(torch.select(table, 1, blocks[b]))

  # Copies blocks of a layer's cache: from, to, from, to.
  def copy_blocks(self: __torch__.Decoder, cache: Tensor, pairs: List[int], block: int) -> None:
    table = torch.unflatten(cache, 1, [-1, block])
    for p in range(torch.floordiv(torch.len(pairs), 2)):
      source = torch.select(table, 1, pairs[torch.mul(p, 2)])
      torch.copy_(torch.select(table, 1, pairs[torch.add(torch.mul(p, 2), 1)]), source)

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

  # Some heads' projections of hidden states x [n, E]; norm of the input w[10], matrix w[0], bias w[1].
  def heads_of(self: __torch__.Decoder, x: Tensor, w: List[Tensor], shape: List[int], first: int, end: int) -> Tensor:
    rows = torch.mul(first, shape[3])
    past = torch.mul(end, shape[3])
    bias = w[1]
    if torch.gt(torch.numel(bias), 0):
      bias = torch.slice(bias, 0, rows, past)
    flat = self.project(x, torch.slice(w[0], 0, rows, past), bias, shape[5])
    return self.spread(flat, torch.sub(end, first), self.whole(shape[3]))

  # The same, normed by head and turned by position where the model does so.
  def turned(self: __torch__.Decoder, heads: Tensor, norm: Tensor, eps: float, turns: Tensor) -> Tensor:
    if torch.gt(torch.numel(turns), 0):
      self.rotate(heads, norm, eps, turns)
    return heads

  # Queries of hidden states x [n, E] into q [n, H, D and more]. tiles: first head and end of each.
  def query_tiles(self: __torch__.Decoder, x: Tensor, w: List[Tensor], shape: List[int], eps: float, turns: Tensor, tiles: List[int], q: Tensor) -> None:
    normed = self.normed(x, eps, w[10])
    for t in range(torch.floordiv(torch.len(tiles), 2)):
      first = tiles[torch.mul(t, 2)]
      end = tiles[torch.add(torch.mul(t, 2), 1)]
      heads = self.turned(self.heads_of(normed, w, shape, first, end), w[8], eps, turns)
      torch.copy_(torch.slice(torch.slice(q, 1, first, end), 2, 0, shape[3]), heads)

  # Keys and values of hidden states x [n, E] into the cache: the first of them, as many as slots. tiles:
  # first head and end of each, keys before values; no tile holds both.
  def key_value_tiles(self: __torch__.Decoder, x: Tensor, w: List[Tensor], shape: List[int], eps: float, turns: Tensor, tiles: List[int], cache: Tensor, slots: Tensor) -> None:
    normed = self.normed(x, eps, w[10])
    for t in range(torch.floordiv(torch.len(tiles), 2)):
      first = tiles[torch.mul(t, 2)]
      end = tiles[torch.add(torch.mul(t, 2), 1)]
      heads = self.heads_of(normed, w, shape, torch.add(shape[1], first), torch.add(shape[1], end))
      if torch.lt(first, shape[2]):
        heads = self.turned(heads, w[9], eps, turns)
      kept = torch.permute(torch.slice(heads, 0, 0, torch.numel(slots)), [1, 0, 2])
      into = torch.slice(torch.slice(cache, 0, first, end), 2, 0, shape[3])
      torch.index_copy_(into, 1, slots, torch.to(kept, ops.prim.dtype(cache)))

  # Attention of a prompt's piece, whose n tokens stand in q [n, H, D and more] and whose keys and values
  # are the last of a path through the cache: into [n, H * D]. Chunk after chunk, as if each came alone.
  # path: first slot and number of slots of each of its runs.
  def attend_piece(self: __torch__.Decoder, q: Tensor, cache: Tensor, path: List[int], chunk: int, mask: Tensor, into: Tensor, shape: List[int]) -> None:
    runs = annotate(List[Tensor], [])
    for r in range(torch.floordiv(torch.len(path), 2)):
      start = path[torch.mul(r, 2)]
      runs = torch.append(runs, torch.slice(cache, 1, start, torch.add(start, path[torch.add(torch.mul(r, 2), 1)])))
    keys = runs[0]
    if torch.gt(torch.len(runs), 1):
      keys = torch.cat(runs, 1)
    n = torch.size(q, 0)
    before = torch.sub(torch.size(keys, 1), n)
    own = torch.slice(q, 2, 0, shape[3])
    for first in range(0, n, chunk):
      end = ops.prim.min(torch.add(first, chunk), n)
      seen = torch.slice(keys, 1, 0, torch.add(before, end))
      self.attend(torch.slice(own, 0, first, end), seen, mask, torch.slice(into, 0, first, end), shape[6], shape[7])

  # Which keys of its block a query looks at: 0 from low up to high, else -inf. [pairs, 1, 1, B]
  def step_mask(self: __torch__.Decoder, low: Tensor, high: Tensor, block: int, other: Tensor) -> Tensor:
    keys = torch.unsqueeze(torch.arange(block, dtype=4), 0)
    seen = torch.logical_and(torch.ge(keys, torch.unsqueeze(low, 1)), torch.lt(keys, torch.unsqueeze(high, 1)))
    mask = torch.masked_fill(torch.zeros([torch.numel(low), block], dtype=6), torch.logical_not(seen), -inf)
    return self.beside(torch.unsqueeze(torch.unsqueeze(mask, 1), 1), other)

  # Attention, and the logarithm of the sum of exponentials of what it weighs. q: [pairs, K, H / K, D].
  def weighed(self: __torch__.Decoder, q: Tensor, k: Tensor, v: Tensor, mask: Tensor, kernel: int) -> Tuple[Tensor, Tensor]:
    if torch.eq(kernel, 0):
      attended, sums = torch._scaled_dot_product_flash_attention_for_cpu(q, k, v, 0., False, attn_mask=mask)
    else:
      scores = torch.matmul(torch.to(q, ops.prim.dtype(k)), torch.transpose(k, 2, 3))
      weighed = torch.add(torch.div(torch.to(scores, 6), torch.sqrt(torch.size(q, 3))), mask)
      sums = torch.logsumexp(weighed, [-1])
      shares = torch.exp(torch.sub(weighed, torch.unsqueeze(sums, -1)))
      attended = torch.to(torch.matmul(torch.to(shares, ops.prim.dtype(v)), v), 6)
    return (attended, sums)

  # Attention of single queries, each over its row's blocks, into rows of into [T, H * D]. Each block is
  # attended to by itself, then a query's blocks are put together in their order: so bits follow from the
  # row alone, and blocks may lie anywhere. A pair is a query and one of its blocks.
  # runs: first block and number of blocks of each run of pairs whose blocks lie one after the other.
  # plan: row of q of each pair [pairs]; the pairs ordered by the block's number in its row [pairs]; the
  # rows of q in that order, those with the most blocks first. counts: rows that have a first block, a
  # second one, and so on.
  def attend_steps(self: __torch__.Decoder, q: Tensor, cache: Tensor, runs: List[int], plan: List[Tensor], counts: List[int], mask: Tensor, into: Tensor, shape: List[int]) -> None:
    groups = shape[2]
    asking = torch.slice(torch.index_select(q, 0, plan[0]), 2, 0, shape[3])
    queries = torch.unflatten(asking, 1, [groups, -1])
    table = torch.unflatten(torch.slice(cache, 2, 0, shape[3]), 1, [-1, torch.size(mask, 3)])
    attended = annotate(List[Tensor], [])
    weights = annotate(List[Tensor], [])
    pair = 0
    for r in range(torch.floordiv(torch.len(runs), 2)):
      first = runs[torch.mul(r, 2)]
      n = runs[torch.add(torch.mul(r, 2), 1)]
      past = torch.add(pair, n)
      blocks = torch.permute(torch.slice(table, 1, first, torch.add(first, n)), [1, 0, 2, 3])
      k = torch.slice(blocks, 1, 0, groups)
      v = torch.slice(blocks, 1, groups)
      part, sums = self.weighed(torch.slice(queries, 0, pair, past), k, v, torch.slice(mask, 0, pair, past), shape[6])
      attended = torch.append(attended, part)
      weights = torch.append(weights, sums)
      pair = past
    all = torch.index_select(torch.cat(attended), 0, plan[1])
    sums = self.filled(torch.flatten(torch.index_select(torch.cat(weights), 0, plan[1]), 1), 0.)
    rows = counts[0]
    most = torch.clone(torch.slice(sums, 0, 0, rows))
    at = rows
    for b in range(1, torch.len(counts)):
      some = torch.slice(most, 0, 0, counts[b])
      torch.copy_(some, torch.maximum(some, torch.slice(sums, 0, at, torch.add(at, counts[b]))))
      at = torch.add(at, counts[b])
    weight = torch.exp(torch.sub(torch.slice(sums, 0, 0, rows), most))
    total = torch.clone(weight)
    result = torch.mul(torch.slice(all, 0, 0, rows), self.by_head(weight, all))
    at = rows
    for b in range(1, torch.len(counts)):
      n = counts[b]
      past = torch.add(at, n)
      weight = torch.exp(torch.sub(torch.slice(sums, 0, at, past), torch.slice(most, 0, 0, n)))
      torch.add_(torch.slice(total, 0, 0, n), weight)
      torch.addcmul_(torch.slice(result, 0, 0, n), torch.slice(all, 0, at, past), self.by_head(weight, all))
      at = past
    torch.div_(result, self.by_head(total, all))
    torch.index_copy_(into, 0, plan[2], torch.flatten(result, 1))

  # Weights [n, H and more] beside what heads attended to [n, K, H / K, D].
  def by_head(self: __torch__.Decoder, weights: Tensor, attended: Tensor) -> Tensor:
    groups = torch.size(attended, 1)
    heads = torch.size(attended, 2)
    own = torch.slice(weights, 1, 0, torch.mul(groups, heads))
    return torch.unsqueeze(torch.unflatten(own, 1, [groups, heads]), -1)

  # Adds tiles of a product and its bias onto hidden states x, in place. tiles: first column and end.
  def add_tiles(self: __torch__.Decoder, x: Tensor, y: Tensor, weight: Tensor, bias: Tensor, type: int, tiles: List[int]) -> None:
    for t in range(torch.floordiv(torch.len(tiles), 2)):
      first = tiles[torch.mul(t, 2)]
      end = tiles[torch.add(torch.mul(t, 2), 1)]
      part = bias
      if torch.gt(torch.numel(bias), 0):
        part = torch.slice(bias, 0, first, end)
      self.add_projected(torch.slice(x, 1, first, end), y, torch.slice(weight, 0, first, end), part, type)

  # Tiles of silu(gate x) * up x, with the norm w[11] in front, into [n, F].
  def gated_tiles(self: __torch__.Decoder, x: Tensor, w: List[Tensor], shape: List[int], eps: float, tiles: List[int], into: Tensor) -> None:
    normed = self.normed(x, eps, w[11])
    for t in range(torch.floordiv(torch.len(tiles), 2)):
      first = tiles[torch.mul(t, 2)]
      end = tiles[torch.add(torch.mul(t, 2), 1)]
      gate = torch.slice(torch.silu_(self.filled(self.gate_or_up(normed, w, shape, first, end), 0.)), 1, 0, torch.sub(end, first))
      up = self.gate_or_up(normed, w, shape, torch.add(shape[4], first), torch.add(shape[4], end))
      torch.copy_(torch.slice(into, 1, first, end), torch.mul_(gate, up))

  def gate_or_up(self: __torch__.Decoder, x: Tensor, w: List[Tensor], shape: List[int], first: int, end: int) -> Tensor:
    bias = w[5]
    if torch.gt(torch.numel(bias), 0):
      bias = torch.slice(bias, 0, first, end)
    return self.project(x, torch.slice(w[4], 0, first, end), bias, shape[5])

  # Tiles of the logits of hidden states x [n, E], and of each the largest one, its id, and the sum of all
  # exponentials over its own. head: [V, E], with the final norm folded in; or as it is stored, and then
  # widened into a buffer [widest tile, E]. tiles: number, first id and end. summary: [tiles, 3, n], float64.
  def logit_tiles(self: __torch__.Decoder, x: Tensor, head: Tensor, norm: Tensor, buffer: Tensor, eps: float, tiles: List[int], logits: Tensor, summary: Tensor) -> None:
    normed = self.normed(x, eps, torch.slice(norm, 0, 0, 0))
    for t in range(torch.floordiv(torch.len(tiles), 3)):
      first = tiles[torch.add(torch.mul(t, 3), 1)]
      end = tiles[torch.add(torch.mul(t, 3), 2)]
      rows = torch.slice(head, 0, first, end)
      if torch.gt(torch.numel(norm), 0):
        self.widen(buffer, 0, rows, 6, norm)
        rows = torch.slice(buffer, 0, 0, torch.sub(end, first))
      part = torch.mm(normed, torch.t(rows))
      torch.copy_(torch.slice(logits, 1, first, end), part)
      largest, ids = torch.max(part, 1, True)
      sums = torch.sum(torch.exp_(self.filled(torch.sub_(part, largest), -inf)), [1])
      into = torch.select(summary, 0, tiles[torch.mul(t, 3)])
      torch.copy_(torch.select(into, 0, 0), torch.squeeze(largest, 1))
      torch.copy_(torch.select(into, 0, 1), torch.add(torch.squeeze(ids, 1), first))
      torch.copy_(torch.select(into, 0, 2), sums)

  # One row of logits.
  def row(self: __torch__.Decoder, logits: Tensor, row: int) -> Tensor:
    return torch.select(logits, 0, row)
