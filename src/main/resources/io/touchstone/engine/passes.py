
  # What follows continues the class of decoder.py.
  #
  # A pass of a causal model over its cache: T tokens of any rows, flat, each of which looks at the keys
  # and values that its row has in the cache. Names of sizes as there, and B keys of a block.
  #
  # Keys and values of one layer for all rows: keys [K, blocks, D, B], values [K, blocks, B, D]. What a block
  # does not hold yet is zeros.
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

  # Empties blocks of keys or values.
  def clear_blocks(self: __torch__.Decoder, table: Tensor, blocks: List[int]) -> None:
    for b in range(torch.len(blocks)):
      torch.zero_(torch.select(table, 1, blocks[b]))

  # Copies blocks of keys or values: from, to, from, to.
  def copy_blocks(self: __torch__.Decoder, table: Tensor, pairs: List[int]) -> None:
    for p in range(torch.floordiv(torch.len(pairs), 2)):
      source = torch.select(table, 1, pairs[torch.mul(p, 2)])
      torch.copy_(torch.select(table, 1, pairs[torch.add(torch.mul(p, 2), 1)]), source)

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
  def query_tiles(self: __torch__.Decoder, x: Tensor, w: List[Tensor], shape: List[int], facts: List[float], turns: Tensor, tiles: List[int], q: Tensor) -> None:
    normed = self.normed_if(shape[8], x, facts[0], w[10])
    for t in range(torch.floordiv(torch.len(tiles), 2)):
      first = tiles[torch.mul(t, 2)]
      end = tiles[torch.add(torch.mul(t, 2), 1)]
      heads = self.turned(self.heads_of(normed, w, shape, first, end), w[8], facts[0], turns)
      torch.copy_(torch.slice(torch.slice(q, 1, first, end), 2, 0, shape[3]), heads)

  # Keys and values of hidden states x [n, E] into the cache: the first of them, each to a place in a block.
  # places: blocks and places in them, as many as there are tokens. tiles: first head and end of each, keys
  # before values; no tile holds both.
  def key_value_tiles(self: __torch__.Decoder, x: Tensor, w: List[Tensor], shape: List[int], facts: List[float], turns: Tensor, tiles: List[int], keys: Tensor, values: Tensor, places: List[Tensor]) -> None:
    normed = self.normed_if(shape[8], x, facts[0], w[10])
    for t in range(torch.floordiv(torch.len(tiles), 2)):
      first = tiles[torch.mul(t, 2)]
      end = tiles[torch.add(torch.mul(t, 2), 1)]
      heads = self.heads_of(normed, w, shape, torch.add(shape[1], first), torch.add(shape[1], end))
      if torch.lt(first, shape[2]):
        heads = self.turned(heads, w[9], facts[0], turns)
        into = torch.permute(torch.slice(keys, 0, first, end), [1, 3, 0, 2])
      else:
        into = torch.permute(torch.slice(values, 0, torch.sub(first, shape[2]), torch.sub(end, shape[2])), [1, 2, 0, 3])
      own = torch.to(torch.slice(heads, 0, 0, torch.numel(places[0])), ops.prim.dtype(keys))
      torch.index_put_(into, annotate(List[Optional[Tensor]], [places[0], places[1]]), own)

  # The keys and values of some blocks, one after the other as decoder.py's table has them.
  # into: [2 * K, tokens, D and more]
  def gather(self: __torch__.Decoder, keys: Tensor, values: Tensor, blocks: Tensor, into: Tensor) -> None:
    groups = torch.size(keys, 0)
    own = torch.slice(torch.unflatten(into, 1, [torch.numel(blocks), -1]), 3, 0, torch.size(keys, 2))
    torch.copy_(torch.slice(own, 0, 0, groups), torch.transpose(torch.index_select(keys, 1, blocks), 2, 3))
    torch.copy_(torch.slice(own, 0, groups), torch.index_select(values, 1, blocks))

  # Attention of some of a prompt's piece, tokens that stand in q [n, H, D and more], over the first keys
  # and values of its path, whose last are theirs: into [n, H * D]. Chunk after chunk, as if each came alone.
  def attend_piece(self: __torch__.Decoder, q: Tensor, path: Tensor, seen: int, chunk: int, mask: Tensor, into: Tensor, shape: List[int], facts: List[float]) -> None:
    n = torch.size(q, 0)
    before = torch.sub(seen, n)
    own = torch.slice(q, 2, 0, shape[3])
    for first in range(0, n, chunk):
      end = ops.prim.min(torch.add(first, chunk), n)
      keys = torch.slice(path, 1, 0, torch.add(before, end))
      self.attend(torch.slice(own, 0, first, end), keys, mask, torch.slice(into, 0, first, end), shape, facts)

  # Which keys of its block a query looks at: 0 from low up to high, else -inf. [pairs, 1, B]
  def step_mask(self: __torch__.Decoder, low: Tensor, high: Tensor, block: int, other: Tensor) -> Tensor:
    keys = torch.unsqueeze(torch.arange(block, dtype=4), 0)
    seen = torch.logical_and(torch.ge(keys, torch.unsqueeze(low, 1)), torch.lt(keys, torch.unsqueeze(high, 1)))
    mask = torch.masked_fill(torch.zeros([torch.numel(low), block], dtype=6), torch.logical_not(seen), -inf)
    return self.beside(torch.unsqueeze(mask, 1), other)

  # The rows of a table [K * blocks * rows, ...] that the H heads of each pair add up, and where each head's
  # begin: one bag for each pair and head.
  def bags(self: __torch__.Decoder, blocks: Tensor, table: Tensor, heads: int) -> List[Tensor]:
    groups = torch.size(table, 0)
    rows = torch.size(table, 2)
    pairs = torch.numel(blocks)
    first = torch.mul(torch.add(torch.unsqueeze(blocks, 1), torch.mul(torch.arange(groups, dtype=4), torch.size(table, 1))), rows)
    each = torch.unsqueeze(torch.add(torch.unsqueeze(first, 2), torch.arange(rows, dtype=4)), 2)
    all = torch.reshape(torch.expand(each, [pairs, groups, torch.floordiv(heads, groups), rows]), [-1])
    ends = torch.arange(0, torch.add(torch.numel(all), 1), rows, dtype=4)
    type = 4
    if torch.lt(torch.mul(torch.mul(groups, torch.size(table, 1)), rows), 2147483647):
      # Half as much to read again in each layer.
      type = 3
    return [torch.to(all, type), torch.to(ends, type)]

  # A sum of a table's rows for each bag, weighed. On a CPU that is far faster than products of so few rows.
  def bagged(self: __torch__.Decoder, table: Tensor, bags: List[Tensor], weights: Tensor) -> Tensor:
    rows = torch.view(table, [-1, torch.size(table, 3)])
    sums, _0, _1, _2 = torch.embedding_bag(rows, bags[0], bags[1], False, 0, False, torch.reshape(weights, [-1]), True)
    return sums

  # The same as a product of a block of the table and the weights [pairs, H, rows].
  def multiplied(self: __torch__.Decoder, table: Tensor, blocks: Tensor, weights: Tensor) -> Tensor:
    own = torch.permute(torch.index_select(table, 1, blocks), [1, 0, 2, 3])
    grouped = torch.unflatten(torch.to(weights, ops.prim.dtype(table)), 1, [torch.size(table, 0), -1])
    return torch.to(torch.matmul(grouped, own), 6)

  # Attention of single queries, each over its row's blocks, into rows of into [T, H * D]. Each block is
  # attended to by itself, then a query's blocks are put together in their order: so bits follow from the
  # row alone, and blocks may lie anywhere. A pair is a query and one of its blocks; pairs are ordered by
  # the block's number in its row, then by row, those with the most blocks first.
  # plan: row of q of each pair; its block; the rows of q in their order. counts: rows that have a first
  # block, a second one, and so on. key_bags, value_bags: of keys and values.
  def attend_steps(self: __torch__.Decoder, q: Tensor, keys: Tensor, values: Tensor, plan: List[Tensor], key_bags: List[Tensor], value_bags: List[Tensor], counts: List[int], mask: Tensor, into: Tensor, shape: List[int], facts: List[float]) -> None:
    asking = torch.slice(torch.index_select(q, 0, plan[0]), 2, 0, shape[3])
    queries = torch.div(asking, facts[1])
    pairs = torch.size(asking, 0)
    if torch.eq(shape[6], 0):
      scores = torch.view(self.bagged(keys, key_bags, queries), [pairs, shape[1], -1])
    else:
      scores = torch.view(self.multiplied(keys, plan[1], queries), [pairs, shape[1], -1])
    if torch.gt(facts[3], 0.):
      torch.mul_(torch.tanh_(torch.div_(scores, facts[3])), facts[3])
    torch.add_(scores, mask)
    largest = torch.amax(scores, [-1], True)
    torch.exp_(torch.sub_(scores, largest))
    if torch.eq(shape[6], 0):
      attended = torch.view(self.bagged(values, value_bags, scores), [pairs, shape[1], -1])
    else:
      attended = torch.view(self.multiplied(values, plan[1], scores), [pairs, shape[1], -1])
    most = self.filled(torch.squeeze(largest, 2), 0.)
    sums = self.filled(torch.sum(scores, [-1]), 0.)
    rows = counts[0]
    top = torch.clone(torch.slice(most, 0, 0, rows))
    at = rows
    for b in range(1, torch.len(counts)):
      some = torch.slice(top, 0, 0, counts[b])
      torch.copy_(some, torch.maximum(some, torch.slice(most, 0, at, torch.add(at, counts[b]))))
      at = torch.add(at, counts[b])
    at = 0
    total = torch.zeros_like(top)
    result = torch.zeros_like(torch.slice(attended, 0, 0, rows))
    for b in range(torch.len(counts)):
      n = counts[b]
      past = torch.add(at, n)
      weight = torch.exp(torch.sub(torch.slice(most, 0, at, past), torch.slice(top, 0, 0, n)))
      torch.addcmul_(torch.slice(total, 0, 0, n), weight, torch.slice(sums, 0, at, past))
      by_head = torch.unsqueeze(torch.slice(weight, 1, 0, shape[1]), 2)
      torch.addcmul_(torch.slice(result, 0, 0, n), torch.slice(attended, 0, at, past), by_head)
      at = past
    torch.div_(result, torch.unsqueeze(torch.slice(total, 1, 0, shape[1]), 2))
    torch.index_copy_(into, 0, plan[2], torch.flatten(result, 1))

  # Adds tiles of a product and its bias onto hidden states x, in place, times a factor. tiles: first
  # column and end.
  def add_tiles(self: __torch__.Decoder, x: Tensor, y: Tensor, weight: Tensor, bias: Tensor, type: int, factor: float, tiles: List[int]) -> None:
    for t in range(torch.floordiv(torch.len(tiles), 2)):
      first = tiles[torch.mul(t, 2)]
      end = tiles[torch.add(torch.mul(t, 2), 1)]
      part = bias
      if torch.gt(torch.numel(bias), 0):
        part = torch.slice(bias, 0, first, end)
      self.add_projected(torch.slice(x, 1, first, end), y, torch.slice(weight, 0, first, end), part, type, factor)

  # Adds what a branch gave onto hidden states x, normed and times its factor, and leaves zeros there.
  def add_normed(self: __torch__.Decoder, x: Tensor, added: Tensor, norm: Tensor, facts: List[float]) -> None:
    torch.add_(x, self.normed(added, facts[0], norm), alpha=facts[2])
    torch.zero_(added)

  # Tiles of what an MLP's last matrix takes, with the norm w[11] in front, into [n, F].
  def gated_tiles(self: __torch__.Decoder, x: Tensor, w: List[Tensor], shape: List[int], facts: List[float], tiles: List[int], into: Tensor) -> None:
    normed = self.normed_if(shape[9], x, facts[0], w[11])
    for t in range(torch.floordiv(torch.len(tiles), 2)):
      first = tiles[torch.mul(t, 2)]
      end = tiles[torch.add(torch.mul(t, 2), 1)]
      gate = torch.slice(self.activate(self.filled(self.gate_or_up(normed, w, shape, first, end), 0.), shape[10]), 1, 0, torch.sub(end, first))
      up = self.gate_or_up(normed, w, shape, torch.add(shape[4], first), torch.add(shape[4], end))
      torch.copy_(torch.slice(into, 1, first, end), torch.mul_(gate, up))

  def gate_or_up(self: __torch__.Decoder, x: Tensor, w: List[Tensor], shape: List[int], first: int, end: int) -> Tensor:
    bias = w[5]
    if torch.gt(torch.numel(bias), 0):
      bias = torch.slice(bias, 0, first, end)
    return self.project(x, torch.slice(w[4], 0, first, end), bias, shape[5])

  # Tiles of the logits of hidden states x [n, E], and of each the largest one, its id, and the sum of all
  # exponentials over its own. head: [V, E], with the final norm folded in; or as it is stored, and then
  # widened into a buffer [widest tile, E]. factors: what logits are divided by, their cap or 0. tiles:
  # number, first id and end. summary: [tiles, 3, n], float64.
  def logit_tiles(self: __torch__.Decoder, x: Tensor, head: Tensor, norm: Tensor, buffer: Tensor, eps: float, factors: List[float], tiles: List[int], logits: Tensor, summary: Tensor) -> None:
    normed = self.normed(x, eps, torch.slice(norm, 0, 0, 0))
    for t in range(torch.floordiv(torch.len(tiles), 3)):
      first = tiles[torch.add(torch.mul(t, 3), 1)]
      end = tiles[torch.add(torch.mul(t, 3), 2)]
      rows = torch.slice(head, 0, first, end)
      if torch.gt(torch.numel(norm), 0):
        self.widen(buffer, 0, rows, 6, norm)
        rows = torch.slice(buffer, 0, 0, torch.sub(end, first))
      part = self.float_product(normed, rows, torch.slice(rows, 0, 0, 0))
      if torch.ne(factors[0], 1.):
        torch.div_(part, factors[0])
      if torch.gt(factors[1], 0.):
        # Whole vectors, so that all are computed alike.
        whole = self.filled(torch.div(part, factors[1]), 0.)
        part = torch.mul(torch.slice(torch.tanh_(whole), 1, 0, torch.sub(end, first)), factors[1])
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
