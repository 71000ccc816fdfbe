package io.touchstone.checkpoint;

import io.touchstone.checkpoint.family.Family;
import io.touchstone.checkpoint.family.ModelConfig;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Holds the tensors that are there against those that must be. */
final class Weights {
  private final Shards shards;
  private final WeightNames names;
  private final Family family;
  private final Set<String> known;
  private final ExpectedTensors expected;
  private final Problems problems;
  private final List<String> wrong = new ArrayList<>();
  private final List<String> unexpected = new ArrayList<>();

  Weights(Shards shards, ModelConfig config, Problems problems) {
    this.shards = shards;
    this.names = WeightNames.of(shards.names(), config.classifier());
    this.family = config.architecture().family();
    this.known = shards.names().stream().map(this::name).collect(Collectors.toSet());
    this.expected =
        new ExpectedTensors(config.architecture(), config.decoder(), config.classifier(), known);
    this.problems = problems;
  }

  /** As transformers calls a tensor that is stored under this name. */
  private String name(String stored) {
    return family.nameOfToday(names.of(stored));
  }

  /** By name, sorted; complete when nothing was reported. */
  Map<String, Tensor> select() {
    Map<String, Tensor> selected = new TreeMap<>();
    Map<String, String> storedAs = new HashMap<>();
    for (Shard shard : shards.readable()) {
      for (HeaderEntry entry : shard.entries().values()) {
        String name = name(entry.name());
        if (!expected.leftOver(name) && fits(shard, entry, name)) {
          String first = storedAs.putIfAbsent(name, entry.name());
          if (first != null && !first.equals(entry.name())) {
            unexpected.add(shard.at(entry.name()).expected("one " + name).found("also " + first));
          }
          selected.put(name, shard.tensor(entry, name));
        }
      }
    }
    tieTheOtherWay(selected);
    problems.addSome("missing tensors", missing(selected));
    problems.addSome("tensors of another shape or dtype", wrong);
    problems.addSome("unexpected tensors", unexpected);
    return selected;
  }

  /** A tied model may store its head alone: transformers then ties the embeddings to it. */
  private void tieTheOtherWay(Map<String, Tensor> selected) {
    Tensor head = selected.get(ExpectedTensors.LM_HEAD);
    if (expected.tied() && head != null && !has(expected.embeddings())) {
      selected.put(expected.embeddings(), head.named(expected.embeddings()));
    }
  }

  private boolean has(String tensor) {
    return known.contains(tensor);
  }

  private boolean fits(Shard shard, HeaderEntry entry, String name) {
    Optional<List<Long>> shape = expected.shape(name);
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

  private List<String> missing(Map<String, Tensor> selected) {
    return expected.required().entrySet().stream()
        .filter(tensor -> !has(tensor.getKey()) && !selected.containsKey(tensor.getKey()))
        .map(
            tensor ->
                Problem.in(shards.name())
                    .field("tensor " + tensor.getKey())
                    .expected("shape " + tensor.getValue())
                    .found("none"))
        .toList();
  }
}
