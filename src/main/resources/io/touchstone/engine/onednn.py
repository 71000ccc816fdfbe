
  # In the place of products.py on processors whose AVX-512 the library's choice, MKL, leaves unused: the
  # same by oneDNN, which is twice as fast there. A row's bits are the same from 16 rows on, whatever
  # the number of columns (libtorch 2.7.1, AMD EPYC).

  def float_product(self: __torch__.Decoder, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    y = ops.mkldnn._linear_pointwise(x, weight, None, "none", annotate(List[Optional[number]], []), "")
    if torch.gt(torch.numel(bias), 0):
      torch.add_(y, bias)
    return y

  def add_float_product(self: __torch__.Decoder, x: Tensor, y: Tensor, weight: Tensor, factor: float) -> None:
    added = ops.mkldnn._linear_pointwise(y, weight, None, "none", annotate(List[Optional[number]], []), "")
    torch.add_(x, added, alpha=factor)
