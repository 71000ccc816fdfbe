
  # What follows continues the class of decoder.py: queries over the keys and values of their path.

  # The mask of queries that end a path, from which each block of them takes its part: 0 for a key
  # that a query may look at, -inf for one that comes after it. [rows, longest + rows]
  def mask(self: __torch__.Decoder, rows: int, longest: int) -> Tensor:
    after = torch.triu(torch.full([rows, rows], -inf, dtype=6), 1)
    return torch.cat([torch.zeros([rows, longest], dtype=6), after], 1)

  # The same for a window: -inf also for a key that is no more in it. [rows, window - 1 + rows]
  def window_mask(self: __torch__.Decoder, rows: int, window: int) -> Tensor:
    before = torch.full([rows, torch.add(rows, torch.sub(window, 1))], -inf, dtype=6)
    return torch.add_(torch.tril(before, -1), self.mask(rows, torch.sub(window, 1)))

  # Keys and values of a block's path up to and with its first n own tokens, as wide as the table.
  def path(self: __torch__.Decoder, kv: Tensor, plan: List[int], at: int, n: int) -> Tensor:
    start = plan[at]
    ranges = plan[torch.add(at, 2)]
    end = torch.add(start, n)
    rows = torch.slice(kv, 1, start, end)
    if torch.gt(ranges, 0):
      first = plan[torch.add(at, 3)]
      if torch.eq(torch.add(first, plan[torch.add(at, 4)]), start):
        # One range, and the block follows it at once: nothing has to be put together.
        rows = torch.slice(kv, 1, first, end)
      else:
        parts = annotate(List[Tensor], [])
        for r in range(ranges):
          from_ = plan[torch.add(torch.add(at, 3), torch.mul(r, 2))]
          length = plan[torch.add(torch.add(at, 4), torch.mul(r, 2))]
          parts = torch.append(parts, torch.slice(kv, 1, from_, torch.add(from_, length)))
        rows = torch.cat(torch.append(parts, rows), 1)
    return rows

  # The mask as a fresh copy of q's type: CUDA's kernels want it aligned, which a part of a matrix is not.
  def kernel(self: __torch__.Decoder, q: Tensor, k: Tensor, v: Tensor, hidden: Tensor, kernel: int, scale: float) -> Tensor:
    if torch.eq(kernel, 0):
      attended, _0 = torch._scaled_dot_product_flash_attention_for_cpu(q, k, v, 0., False, attn_mask=hidden, scale=scale)
    else:
      type = ops.prim.dtype(k)
      attended = torch.scaled_dot_product_attention(torch.to(q, type), k, v, torch.to(hidden, type, False, True), 0., False, scale=scale)
    return attended

  # Attention of q [n, H, D] over m rows of a table of keys and values, whose last n are the queries'
  # own: into [n, H * D]. Few queries at a time, so that little is computed of what the mask hides; with
  # a window (not 0, and the mask is one for it) only the keys from the first query's window on.
  def attend(self: __torch__.Decoder, q: Tensor, kv: Tensor, mask: Tensor, into: Tensor, shape: List[int], facts: List[float]) -> None:
    if torch.gt(facts[3], 0.):
      self.attend_capped(q, kv, into, shape, facts, torch.size(mask, 0))
    else:
      self.attend_fused(q, kv, mask, into, shape, facts)

  def attend_fused(self: __torch__.Decoder, q: Tensor, kv: Tensor, mask: Tensor, into: Tensor, shape: List[int], facts: List[float]) -> None:
    window = shape[7]
    n = torch.size(q, 0)
    before = torch.sub(torch.size(kv, 1), n)
    groups = torch.floordiv(torch.size(kv, 0), 2)
    dim = torch.size(q, 2)
    heads = torch.floordiv(torch.size(q, 1), groups)
    used = torch.slice(kv, 2, 0, dim)
    k = torch.slice(used, 0, 0, groups)
    v = torch.slice(used, 0, groups)
    most = torch.size(mask, 0)
    for first in range(0, n, most):
      end = ops.prim.min(torch.add(first, most), n)
      seen = torch.add(before, end)
      rows = torch.sub(end, first)
      low = 0
      if torch.gt(window, 0):
        low = ops.prim.max(torch.add(torch.sub(torch.sub(seen, rows), window), 1), 0)
      keys = torch.sub(seen, low)
      corner = torch.sub(torch.size(mask, 1), torch.add(torch.sub(keys, rows), most))
      hidden = torch.slice(torch.slice(mask, 0, 0, rows), 1, corner, torch.add(corner, keys))
      q4 = torch.permute(torch.unflatten(torch.slice(q, 0, first, end), 1, [groups, heads]), [1, 2, 0, 3])
      k4 = torch.expand(torch.unsqueeze(torch.slice(k, 1, low, seen), 1), [groups, heads, keys, dim])
      v4 = torch.expand(torch.unsqueeze(torch.slice(v, 1, low, seen), 1), [groups, heads, keys, dim])
      attended = self.kernel(q4, k4, v4, hidden, shape[6], torch.div(1., facts[1]))
      torch.copy_(torch.view(torch.slice(into, 0, first, end), [rows, groups, heads, dim]), torch.permute(attended, [2, 0, 1, 3]))
