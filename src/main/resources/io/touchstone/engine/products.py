
  # What follows continues the class of decoder.py: products of fp32 tensors, by the library's own choice.

  # x [n, k] times the rows of a weight [m, k], and a bias [m] or [].
  def float_product(self: __torch__.Decoder, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    if torch.gt(torch.numel(bias), 0):
      return torch.addmm(bias, x, torch.t(weight))
    return torch.mm(x, torch.t(weight))

  # Adds such a product onto x, in place, times a factor.
  def add_float_product(self: __torch__.Decoder, x: Tensor, y: Tensor, weight: Tensor, factor: float) -> None:
    torch.addmm_(x, y, torch.t(weight), alpha=factor)
