
  # What follows continues the class of decoder.py: the call of FlashAttention. Queries [n, H, D] of paths
  # that end a path's keys each: [n, H, D] in the type of the keys.
  def attend_flat(self: __torch__.Decoder, q: Tensor, kv: Tensor, tokens: Tensor, query_borders: Tensor, key_borders: Tensor, most_queries: int, most_keys: int, scale: float) -> Tensor:
    groups = torch.floordiv(torch.size(kv, 0), 2)
    used = torch.slice(kv, 2, 0, torch.size(q, 2))
    rows = torch.permute(torch.index_select(used, 1, tokens), [1, 0, 2])
    k = torch.contiguous(torch.slice(rows, 1, 0, groups))
    v = torch.contiguous(torch.slice(rows, 1, groups))
    attended, _0, _1, _2, _3 = torch._flash_attention_forward(torch.to(q, ops.prim.dtype(kv)), k, v, query_borders, key_borders, most_queries, most_keys, 0., True, False, scale=scale)
    return attended

  # Whether a device has it is known once it was called: one path of one token, over values of 1.
  def try_flat(self: __torch__.Decoder, dim: int, type: int, other: Tensor) -> Tensor:
    q = torch.zeros([1, 1, dim], dtype=6, layout=None, device=ops.prim.device(other))
    kv = torch.ones([2, 1, dim], dtype=type, layout=None, device=ops.prim.device(other))
    borders = torch.arange(0, 2, 1, dtype=3, layout=None, device=ops.prim.device(other))
    return torch.to(self.attend_flat(q, kv, torch.to(torch.slice(borders, 0, 0, 1), 4), borders, borders, 1, 1, 1.), 6)
