
  # In the place of flash.py where there is no FlashAttention: the same, one query after another.
  def attend_flat(self: __torch__.Decoder, q: Tensor, kv: Tensor, tokens: Tensor, query_borders: Tensor, key_borders: Tensor, most_queries: int, most_keys: int, scale: float) -> Tensor:
    groups = torch.floordiv(torch.size(kv, 0), 2)
    heads = torch.floordiv(torch.size(q, 1), groups)
    found = torch.zeros_like(q)
    for p in range(torch.sub(torch.size(query_borders, 0), 1)):
      first = int(query_borders[p])
      last = int(query_borders[torch.add(p, 1)])
      from_ = int(key_borders[p])
      end = int(key_borders[torch.add(p, 1)])
      assert torch.le(torch.sub(last, first), most_queries), "more queries than were said"
      assert torch.le(torch.sub(end, from_), most_keys), "more keys than were said"
      rows = torch.to(torch.index_select(torch.slice(kv, 2, 0, torch.size(q, 2)), 1, torch.slice(tokens, 0, from_, end)), 6)
      for t in range(first, last):
        seen = torch.slice(rows, 1, 0, torch.sub(torch.sub(end, from_), torch.sub(torch.sub(last, t), 1)))
        query = torch.unflatten(torch.select(q, 0, t), 0, [groups, heads])
        scores = torch.mul(torch.matmul(query, torch.transpose(torch.slice(seen, 0, 0, groups), 1, 2)), scale)
        mixed = torch.matmul(torch.softmax(scores, 2), torch.slice(seen, 0, groups))
        torch.copy_(torch.select(found, 0, t), torch.flatten(mixed, 0, 1))
    return found

  def try_flat(self: __torch__.Decoder, dim: int, type: int, other: Tensor) -> Tensor:
    return torch.ones([1], dtype=6)
