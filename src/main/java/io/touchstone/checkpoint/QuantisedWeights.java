package io.touchstone.checkpoint;

import io.touchstone.checkpoint.config.Fp8;
import io.touchstone.checkpoint.safetensors.DType;
import io.touchstone.checkpoint.safetensors.HeaderEntry;
import io.touchstone.checkpoint.safetensors.Shard;
import io.touchstone.checkpoint.safetensors.Shards;
import io.touchstone.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds weights that are stored as no format that is read, by the names and types of tensors. */
final class QuantisedWeights {
  private static final String WAY_ON =
      "weights in F32, F16 or BF16: other quantised weights are not read, and score otherwise; take"
          + " the model that they were made from";

  private QuantisedWeights() {}

  /**
   * One problem for all of them.
   *
   * @param fp8 what the configuration says of FP8 numbers
   */
  static Optional<String> find(Shards shards, Optional<Fp8> fp8) {
    Map<String, List<String>> tensors = new TreeMap<>();
    for (Shard shard : shards.readable()) {
      for (HeaderEntry entry : shard.entries().values()) {
        kind(entry, fp8)
            .ifPresent(
                kind ->
                    tensors.computeIfAbsent(kind, first -> new ArrayList<>()).add(entry.name()));
      }
    }
    return tensors.entrySet().stream()
        .findFirst()
        .map(
            kind ->
                Problem.in(shards.name())
                    .expected(WAY_ON)
                    .found(
                        String.format(
                            Locale.ROOT,
                            "%s in %,d tensors, %s among them",
                            kind.getKey(),
                            kind.getValue().size(),
                            Problem.shown(kind.getValue().get(0)))));
  }

  private static Optional<String> kind(HeaderEntry entry, Optional<Fp8> fp8) {
    String name = entry.name();
    if (name.endsWith(".qweight") || name.endsWith(".qzeros")) {
      return Optional.of("those of GPTQ or AWQ");
    }
    if (name.endsWith(".absmax") || name.contains(".quant_state.")) {
      return Optional.of("those of bitsandbytes");
    }
    if (name.endsWith("_blocks") && entry.dtype().equals("U8")) {
      return Optional.of("MXFP4");
    }
    if (entry.dtype().startsWith("F8_")
        && !(fp8.isPresent() && entry.dtype().equals(DType.F8_E4M3.name()))) {
      return Optional.of(
          Problem.shown(entry.dtype())
              + (fp8.isPresent()
                  ? ""
                  : " without a quantization_config that says how it is scaled,"));
    }
    return Optional.empty();
  }
}
