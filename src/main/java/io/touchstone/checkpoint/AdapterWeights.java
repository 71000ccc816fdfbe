package io.touchstone.checkpoint;

import io.touchstone.checkpoint.safetensors.DType;
import io.touchstone.checkpoint.safetensors.HeaderEntry;
import io.touchstone.checkpoint.safetensors.Shard;
import io.touchstone.checkpoint.safetensors.ShardReader;
import io.touchstone.checkpoint.safetensors.Tensor;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The tensors of an adapter, as peft saves them: {@code base_model.model.} before the name of a
 * module, pairs of {@code lora_A} and {@code lora_B} for matrices, and whole tensors in the place
 * of the model's ({@code modules_to_save}).
 *
 * @param shard empty where the file cannot be read, which has then been reported
 */
record AdapterWeights(Adapter adapter, Optional<Shard> shard, Problems problems) {
  static final String FILE = "adapter_model.safetensors";
  static final String SCORE = "score.weight";

  private static final String PREFIX = "base_model.model.";
  private static final String PICKLED = "adapter_model.bin";

  static AdapterWeights open(FolderFiles files, Adapter adapter, Problems problems) {
    if (!files.has(FILE)) {
      problems.add(
          Problem.in(FILE)
              .expected("the adapter's tensors")
              .found(
                  Files.exists(files.path(PICKLED))
                      ? PICKLED
                          + " (only safetensors are read: opening it runs code that lies in it)"
                      : "none"));
      return new AdapterWeights(adapter, Optional.empty(), problems);
    }
    return new AdapterWeights(adapter, ShardReader.read(files.opening(FILE), problems), problems);
  }

  /** The outputs of the score that was trained, for which it must be there. */
  Optional<Integer> scoreOutputs() {
    if (shard.isEmpty()) {
      return Optional.empty();
    }
    HeaderEntry score = shard.get().entries().get(PREFIX + SCORE);
    if (score == null || score.shape().size() != 2) {
      return problems.none(
          shard
              .get()
              .at(PREFIX + SCORE)
              .expected("the trained score, as modules_to_save has it")
              .found(
                  (score == null ? "none" : score.shape())
                      + ": a score made at random would give no reward"));
    }
    return Optional.of(Math.toIntExact(score.shape().get(0)));
  }

  /**
   * Puts the adapter's tensors beside the model's, and in place of those that it was given whole.
   *
   * @param base the model's, by name
   * @param replaceable shapes of those that may stand in the model's place, by name
   */
  Map<String, Tensor> over(Map<String, Tensor> base, Map<String, List<Long>> replaceable) {
    Map<String, Tensor> all = new TreeMap<>(base);
    if (shard.isEmpty()) {
      return all;
    }
    Map<String, HeaderEntry> left = new TreeMap<>(shard.get().entries());
    for (Map.Entry<String, List<Long>> tensor : replaceable.entrySet()) {
      HeaderEntry whole = left.remove(PREFIX + tensor.getKey());
      if (whole != null) {
        put(whole, tensor.getKey(), tensor.getValue(), all);
      }
    }
    int pairs = 0;
    for (Tensor matrix : base.values()) {
      if (Adapter.isMatrix(matrix.name()) && matrix.shape().size() == 2) {
        HeaderEntry a = left.remove(PREFIX + Adapter.a(matrix.name()));
        HeaderEntry b = left.remove(PREFIX + Adapter.b(matrix.name()));
        if (a != null || b != null) {
          pair(matrix, a, b, all);
          pairs++;
        }
      }
    }
    List<String> unexpected = new ArrayList<>();
    left.forEach(
        (name, entry) ->
            unexpected.add(
                shard
                    .get()
                    .at(name)
                    .expected("lora_A or lora_B of one of the model's matrices, or a whole tensor")
                    .found(Problem.shown(entry.dtype()) + " " + entry.shape())));
    problems.addSome("unexpected tensors of the adapter", unexpected);
    if (pairs == 0 && unexpected.isEmpty()) {
      problems.add(Problem.in(FILE).expected("lora_A and lora_B of some matrices").found("none"));
    }
    return all;
  }

  private void pair(
      Tensor matrix, @Nullable HeaderEntry a, @Nullable HeaderEntry b, Map<String, Tensor> all) {
    long rank = adapter.rank();
    put(a, Adapter.a(matrix.name()), List.of(rank, matrix.shape().get(1)), all);
    put(b, Adapter.b(matrix.name()), List.of(matrix.shape().get(0), rank), all);
  }

  private void put(
      @Nullable HeaderEntry entry, String name, List<Long> shape, Map<String, Tensor> all) {
    Shard file = shard.orElseThrow();
    if (entry == null) {
      problems.add(file.at(PREFIX + name).expected("shape " + shape).found("none"));
    } else if (!entry.shape().equals(shape)) {
      problems.add(file.at(entry.name()).expected("shape " + shape).found(entry.shape()));
    } else if (DType.plain(entry.dtype()).isEmpty()) {
      problems.add(
          file.at(entry.name())
              .expected("dtype F32, F16 or BF16")
              .found(Problem.shown(entry.dtype())));
    } else {
      all.put(name, file.tensor(entry, name));
    }
  }
}
