
  # What follows continues the class of decoder.py: how far positions turn heads.

  # Angles as transformers computes them, in fp32: [blocks * 1024, D / 2] of cos + i sin. In blocks of
  # one size, so that a position's bits do not depend on the length of the table. Both are multiplied
  # by attention, which is 1 or follows from the kind. Only turned of the D dimensions have angles; the
  # others are not turned.
  def rotary(self: __torch__.Decoder, blocks: int, dim: int, turned: int, theta: float, kind: int, scaling: List[float], attention: float) -> Tensor:
    frequencies = self.frequencies(turned, theta, kind, scaling)
    parts = annotate(List[Tensor], [])
    for b in range(blocks):
      first = torch.mul(b, 1024)
      positions = torch.to(torch.arange(first, torch.add(first, 1024), dtype=4), 6)
      angles = torch.mul(torch.unsqueeze(positions, 1), frequencies)
      turns = torch.complex(torch.cos(angles), torch.sin(angles))
      if torch.ne(attention, 1.):
        turns = torch.mul(turns, attention)
      if torch.gt(dim, turned):
        still = torch.ones([1024, torch.floordiv(torch.sub(dim, turned), 2)], dtype=9)
        turns = torch.cat([turns, still], 1)
      parts = torch.append(parts, turns)
    return torch.cat(parts)

  # kind 0: default, 1: linear (scaling: factor), 2: llama3 (scaling: factor, low_freq_factor,
  # high_freq_factor, original_max_position_embeddings), 3: yarn (scaling: factor, both ends of the
  # ramp), 4: longrope (scaling: D / 2 factors), 5: dynamic (scaling: factor, tokens of the row,
  # max_position_embeddings), 6: no rotation, all angles 0.
  def frequencies(self: __torch__.Decoder, dim: int, theta: float, kind: int, scaling: List[float]) -> Tensor:
    steps = torch.div(torch.to(torch.arange(0, dim, 2, dtype=4), 6), dim)
    powers = torch.pow(theta, steps)
    if torch.eq(kind, 5):
      powers = torch.pow(self.longer_base(dim, theta, scaling), steps)
    if torch.eq(kind, 4):
      powers = torch.mul(torch.to(torch.tensor(scaling), 6), powers)
    frequencies = torch.reciprocal(powers)
    if torch.eq(kind, 1):
      frequencies = torch.div(frequencies, scaling[0])
    if torch.eq(kind, 2):
      frequencies = self.llama3(frequencies, scaling[0], scaling[1], scaling[2], scaling[3])
    if torch.eq(kind, 3):
      frequencies = self.yarn(powers, scaling[0], scaling[1], scaling[2])
    if torch.eq(kind, 6):
      frequencies = torch.zeros_like(frequencies)
    return frequencies

  # As a tensor in fp32: so the length of a row enters transformers' arithmetic.
  def longer_base(self: __torch__.Decoder, dim: int, theta: float, scaling: List[float]) -> Tensor:
    length = torch.full([1], scaling[1], dtype=6)
    grown = torch.sub(torch.div(torch.mul(length, scaling[0]), scaling[2]), torch.sub(scaling[0], 1.))
    return torch.mul(torch.pow(grown, torch.div(dim, torch.sub(dim, 2))), theta)

  def yarn(self: __torch__.Decoder, powers: Tensor, factor: float, low: float, high: float) -> Tensor:
    pairs = torch.to(torch.arange(0, torch.size(powers, 0), 1, dtype=4), 6)
    kept = torch.rsub(torch.clamp(torch.div(torch.sub(pairs, low), torch.sub(high, low)), 0., 1.), 1)
    divided = torch.mul(torch.reciprocal(torch.mul(powers, factor)), torch.rsub(kept, 1))
    return torch.add(divided, torch.mul(torch.reciprocal(powers), kept))

  def joined(self: __torch__.Decoder, tables: List[Tensor]) -> Tensor:
    return torch.cat(tables)

  def llama3(self: __torch__.Decoder, frequencies: Tensor, factor: float, low: float, high: float, original: float) -> Tensor:
    wavelengths = torch.mul(torch.reciprocal(frequencies), 6.283185307179586)
    slow = torch.gt(wavelengths, torch.div(original, low))
    fast = torch.lt(wavelengths, torch.div(original, high))
    scaled = torch.where(slow, torch.div(frequencies, factor), frequencies)
    smooth = torch.div(torch.sub(torch.mul(torch.reciprocal(wavelengths), original), low), torch.sub(high, low))
    smoothed = torch.add(torch.div(torch.mul(torch.rsub(smooth, 1), scaled), factor), torch.mul(smooth, scaled))
    between = torch.logical_and(torch.logical_not(fast), torch.logical_not(slow))
    return torch.where(between, smoothed, scaled)
