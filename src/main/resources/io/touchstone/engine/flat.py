
  # What follows continues the class of decoder.py: attention of many paths by one call of FlashAttention,
  # which CUDA devices have for factors of 16 bits. No block of a load waits for its own orders.

  # The second half of a layer, as layer has it. calls: for each call the first and the end of its queries,
  # counted from start, how many keys it has, the most queries of a path and the most keys. lists: for each
  # call its ranges of keys, path after path: what their places are behind the tokens that they hold, and
  # how long they are; where each path's queries begin, and the last ones end; the same of the keys.
  def layer_flat(self: __torch__.Decoder, hidden: Tensor, start: int, end: int, w: List[Tensor], shape: List[int], facts: List[float], table: Tensor, positions: Tensor, kv: Tensor, calls: List[int], lists: List[Tensor]) -> None:
    x = torch.slice(hidden, 0, start, end)
    turns = torch.index_select(table, 0, torch.slice(positions, 0, start, end))
    q = self.queries(x, w, shape, facts, turns, torch.size(kv, 2))
    attended = torch.empty_like(q)
    covered = 0
    for c in range(torch.floordiv(torch.len(calls), 5)):
      at = torch.mul(c, 5)
      first = calls[at]
      covered = calls[torch.add(at, 1)]
      of = torch.mul(c, 4)
      tokens = self.listed(lists[of], lists[torch.add(of, 1)], calls[torch.add(at, 2)])
      found = self.attend_flat(torch.slice(q, 0, first, covered), kv, tokens, lists[torch.add(of, 2)], lists[torch.add(of, 3)], calls[torch.add(at, 3)], calls[torch.add(at, 4)], torch.div(1., facts[1]))
      torch.copy_(torch.slice(attended, 0, first, covered), found)
    # Rows that fill up a small load belong to no path.
    torch.zero_(torch.slice(attended, 0, covered))
    self.finish(x, torch.flatten(attended, 1), w, shape, facts)

  # The tokens of ranges, one by one, so many in all.
  def listed(self: __torch__.Decoder, behind: Tensor, lengths: Tensor, count: int) -> Tensor:
    places = torch.arange(0, count, 1, dtype=4, layout=None, device=ops.prim.device(behind))
    return torch.add_(places, torch.repeat_interleave(behind, lengths, 0, output_size=count))
