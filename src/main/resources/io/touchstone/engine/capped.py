
  # What follows continues the class of decoder.py: attention whose scores are capped, which no fused
  # kernel of the library computes.
  #
  # A score s becomes c * tanh(s / c): so it lies between -c and c, and its exponential is a number
  # without that anything were taken off before; c is at most 64. It is computed as 2 * c * sigmoid(2 * s
  # / c) - c, as the library's tanh takes ten times as long. Keys are taken in blocks of 128,
  # counted from the row's first token, and each block is a product of one size: what a query makes of a
  # block follows from its row alone, and blocks add up in their order. One that the mask hides adds
  # zeros.

  # Attention of q [n, H, D] over m rows of a table of keys and values, whose last n are the queries'
  # own: into [n, H * D]. At most so many queries at a time.
  def attend_capped(self: __torch__.Decoder, q: Tensor, kv: Tensor, into: Tensor, shape: List[int], facts: List[float], most: int) -> None:
    n = torch.size(q, 0)
    before = torch.sub(torch.size(kv, 1), n)
    for first in range(0, n, most):
      end = ops.prim.min(torch.add(first, most), n)
      path = torch.slice(kv, 1, 0, torch.add(before, end))
      self.attend_blocks(torch.slice(q, 0, first, end), path, torch.slice(into, 0, first, end), shape, facts)

  # Products of few rows take other kernels: queries are filled up to 64 rows of a product.
  def attend_blocks(self: __torch__.Decoder, q: Tensor, kv: Tensor, into: Tensor, shape: List[int], facts: List[float]) -> None:
    rows = torch.size(q, 0)
    seen = torch.size(kv, 1)
    groups = torch.floordiv(torch.size(kv, 0), 2)
    heads = torch.floordiv(torch.size(q, 1), groups)
    dim = torch.size(q, 2)
    type = ops.prim.dtype(kv)
    all = ops.prim.max(rows, torch.floordiv(torch.add(63, heads), heads))
    asking = torch.mul(q, torch.div(2., torch.mul(facts[1], facts[3])))
    if torch.gt(all, rows):
      asking = torch.constant_pad_nd(asking, [0, 0, 0, 0, 0, torch.sub(all, rows)])
    grouped = torch.permute(torch.unflatten(asking, 1, [groups, heads]), [1, 2, 0, 3])
    queries = torch.to(torch.reshape(grouped, [groups, torch.mul(heads, all), dim]), type)
    sums = torch.zeros([groups, torch.mul(heads, all), 1], dtype=6, layout=None, device=ops.prim.device(q))
    sum = torch.zeros([groups, torch.mul(heads, all), dim], dtype=6, layout=None, device=ops.prim.device(q))
    asked = torch.sub(seen, rows)
    low = 0
    if torch.gt(shape[7], 0):
      low = ops.prim.max(torch.add(torch.sub(asked, shape[7]), 1), 0)
    for first in range(torch.mul(torch.floordiv(low, 128), 128), seen, 128):
      block = torch.slice(torch.slice(kv, 1, first, torch.add(first, 128)), 2, 0, dim)
      missing = torch.sub(128, torch.size(block, 1))
      if torch.gt(missing, 0):
        block = torch.constant_pad_nd(block, [0, 0, 0, missing])
      scores = torch.to(torch.bmm(queries, torch.transpose(torch.slice(block, 0, 0, groups), 1, 2)), 6)
      capped = torch.sub_(torch.mul_(torch.sigmoid_(scores), torch.mul(2., facts[3])), facts[3])
      weights = torch.exp_(capped)
      hides = torch.gt(torch.add(first, 127), asked)
      if torch.gt(shape[7], 0):
        hides = torch.__or__(hides, torch.lt(first, torch.sub(seen, shape[7])))
      if hides:
        torch.mul_(torch.unflatten(weights, 1, [heads, all]), self.block_mask(first, asked, all, shape[7], q))
      torch.add_(sums, torch.sum(weights, [-1], True))
      values = torch.slice(block, 0, groups)
      if torch.eq(type, 6):
        torch.baddbmm_(sum, weights, values)
      else:
        torch.add_(sum, torch.to(torch.bmm(torch.to(weights, type), values), 6))
    attended = torch.slice(torch.unflatten(torch.div_(sum, sums), 1, [heads, all]), 2, 0, rows)
    torch.copy_(torch.view(into, [rows, groups, heads, dim]), torch.permute(attended, [2, 0, 1, 3]))

  # 1 for keys of a block that queries look at, the first of which stands at a position; else 0. [n, 128]
  def block_mask(self: __torch__.Decoder, first: int, asked: int, n: int, window: int, other: Tensor) -> Tensor:
    keys = torch.unsqueeze(torch.arange(first, torch.add(first, 128), dtype=4, layout=None, device=ops.prim.device(other)), 0)
    queries = torch.unsqueeze(torch.arange(asked, torch.add(asked, n), dtype=4, layout=None, device=ops.prim.device(other)), 1)
    looks = torch.le(keys, queries)
    if torch.gt(window, 0):
      looks = torch.logical_and(looks, torch.gt(keys, torch.sub(queries, window)))
    return torch.to(looks, 6)
