package io.touchstone.checkpoint;

import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Holds the tensors that are there against those that must be. */
final class Weights {
  private final Shards shards;
  private final ExpectedTensors expected;
  private final Problems problems;
  private final List<String> wrong = new ArrayList<>();
  private final List<String> unexpected = new ArrayList<>();

  Weights(Shards shards, ExpectedTensors expected, Problems problems) {
    this.shards = shards;
    this.expected = expected;
    this.problems = problems;
  }

  /** By name, sorted; complete when nothing was reported. */
  Map<String, Tensor> select() {
    Map<String, Tensor> selected = new TreeMap<>();
    for (Shard shard : shards.readable()) {
      for (HeaderEntry entry : shard.entries().values()) {
        if (!expected.leftOver(entry.name()) && fits(shard, entry)) {
          selected.put(entry.name(), shard.tensor(entry));
        }
      }
    }
    problems.addSome("missing tensors", missing());
    problems.addSome("tensors of another shape or dtype", wrong);
    problems.addSome("unexpected tensors", unexpected);
    return selected;
  }

  private boolean fits(Shard shard, HeaderEntry entry) {
    Optional<List<Long>> shape = expected.shape(entry.name());
    Problem here = shard.at(entry.name());
    if (shape.isEmpty()) {
      unexpected.add(
          here.expected("no such tensor in a " + expected.architecture())
              .found(Problem.shown(entry.dtype()) + " " + entry.shape()));
      return false;
    }
    boolean shaped = shape.get().equals(entry.shape());
    boolean typed = DType.named(entry.dtype()).isPresent();
    if (!shaped) {
      wrong.add(here.expected("shape " + shape.get()).found(entry.shape()));
    }
    if (!typed) {
      wrong.add(
          here.expected("dtype F32, F16 or BF16")
              .found(Problem.shown(entry.dtype()) + quantised(entry.dtype())));
    }
    return shaped && typed;
  }

  private static String quantised(String dtype) {
    return dtype.matches("[IU](8|16|32)|F[468]_.*|F4") ? " (quantised weights are not read)" : "";
  }

  private List<String> missing() {
    return expected.required().entrySet().stream()
        .filter(tensor -> !shards.has(tensor.getKey()))
        .map(
            tensor ->
                Problem.in(shards.name())
                    .field("tensor " + tensor.getKey())
                    .expected("shape " + tensor.getValue())
                    .found("none"))
        .toList();
  }
}
