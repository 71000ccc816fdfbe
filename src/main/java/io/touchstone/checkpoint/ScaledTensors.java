package io.touchstone.checkpoint;

import io.touchstone.checkpoint.config.Fp8;
import io.touchstone.checkpoint.safetensors.DType;
import io.touchstone.checkpoint.safetensors.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What may be stored as FP8 numbers, and the scales beside them.
 *
 * @param fp8 what the configuration says of such numbers, if they may be there
 */
record ScaledTensors(Optional<Fp8> fp8, ExpectedTensors expected) {

  /** Shapes that a matrix's scales may have; none if the name is not that of scales. */
  List<List<Long>> shapes(String name) {
    return fp8.flatMap(
            kind -> kind.ofScale(name).flatMap(expected::layerMatrix).map(kind::scaleShapes))
        .orElse(List.of());
  }

  /** Stored for products that are not computed here. */
  boolean leftOver(String name) {
    return fp8.isPresent() && Fp8.isOfActivations(name);
  }

  boolean mayBe(DType dtype, String name) {
    return dtype != DType.F8_E4M3 || expected.layerMatrix(name).isPresent();
  }

  /** What numbers and scales lack of each other. */
  List<String> problems(Map<String, Tensor> selected) {
    List<String> problems = new ArrayList<>();
    fp8.ifPresent(
        kind -> selected.values().forEach(tensor -> check(kind, tensor, selected, problems)));
    return problems;
  }

  private static void check(
      Fp8 kind, Tensor tensor, Map<String, Tensor> selected, List<String> problems) {
    if (tensor.dtype() == DType.F8_E4M3) {
      if (!selected.containsKey(kind.scale(tensor.name()))) {
        problems.add(tensor.at().expected("scales in " + kind.scale(tensor.name())).found("none"));
      }
      if (kind.keeps(tensor.name())) {
        problems.add(
            tensor
                .at()
                .expected("F32, F16 or BF16, as quantization_config says that it is not quantised")
                .found(tensor.dtype()));
      }
    }
    kind.ofScale(tensor.name())
        .map(selected::get)
        .filter(matrix -> matrix.dtype() != DType.F8_E4M3)
        .ifPresent(
            matrix ->
                problems.add(
                    tensor.at().expected("FP8 numbers that it scales").found(matrix.dtype())));
  }
}
