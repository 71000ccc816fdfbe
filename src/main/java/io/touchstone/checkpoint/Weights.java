package io.touchstone.checkpoint;

import io.touchstone.checkpoint.encoder.EncoderConfig;
import io.touchstone.checkpoint.encoder.EncoderTensors;
import io.touchstone.checkpoint.family.Family;
import io.touchstone.checkpoint.family.ModelConfig;
import io.touchstone.checkpoint.safetensors.DType;
import io.touchstone.checkpoint.safetensors.HeaderEntry;
import io.touchstone.checkpoint.safetensors.Shard;
import io.touchstone.checkpoint.safetensors.Shards;
import io.touchstone.checkpoint.safetensors.Tensor;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Holds the tensors that are there against those that must be. */
final class Weights {
  private final Shards shards;
  private final UnaryOperator<String> names;
  private final Set<String> known;
  private final ExpectedTensors expected;
  private final ScaledTensors scaled;
  private final Problems problems;
  private final List<String> wrong = new ArrayList<>();
  private final List<String> unexpected = new ArrayList<>();

  Weights(Shards shards, ModelConfig config, Problems problems) {
    this.shards = shards;
    WeightNames published =
        WeightNames.of(shards.names(), config.decoder().names().model(), config.classifier());
    Family family = config.architecture().family();
    this.names = name -> family.nameOfToday(published.of(name));
    this.known = known(shards, names);
    this.expected =
        new ExpectedTensors(config.architecture(), config.decoder(), config.classifier(), known);
    this.scaled = new ScaledTensors(config.fp8(), expected);
    this.problems = problems;
  }

  /** Of an encoder. */
  Weights(Shards shards, EncoderConfig config, Problems problems) {
    this.shards = shards;
    this.names = EncoderTensors::named;
    this.known = known(shards, names);
    this.expected = new ExpectedTensors(config);
    this.scaled = new ScaledTensors(Optional.empty(), expected);
    this.problems = problems;
  }

  private static Set<String> known(Shards shards, UnaryOperator<String> names) {
    return shards.names().stream().map(names).collect(Collectors.toSet());
  }

  /** By name, sorted; complete when nothing was reported. */
  Map<String, Tensor> select() {
    Map<String, Tensor> selected = new TreeMap<>();
    Optional<String> quantised = QuantisedWeights.find(shards, scaled.fp8());
    if (quantised.isPresent()) {
      problems.add(quantised.get());
      return selected;
    }
    Map<String, String> storedAs = new HashMap<>();
    for (Shard shard : shards.readable()) {
      for (HeaderEntry entry : shard.entries().values()) {
        String name = names.apply(entry.name());
        if (!expected.leftOver(name) && !scaled.leftOver(name) && fits(shard, entry, name)) {
          String first = storedAs.putIfAbsent(name, entry.name());
          if (first != null && !first.equals(entry.name())) {
            unexpected.add(shard.at(entry.name()).expected("one " + name).found("also " + first));
          }
          selected.put(name, shard.tensor(entry, name));
        }
      }
    }
    tieTheOtherWay(selected);
    wrong.addAll(scaled.problems(selected));
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
    List<List<Long>> shapes =
        expected.shape(name).map(List::of).orElseGet(() -> scaled.shapes(name));
    Problem here = shard.at(entry.name());
    if (shapes.isEmpty()) {
      unexpected.add(
          here.expected("no such tensor in a " + expected.architecture())
              .found(Problem.shown(entry.dtype()) + " " + entry.shape()));
      return false;
    }
    boolean shaped = shapes.contains(entry.shape());
    boolean typed =
        DType.named(entry.dtype()).filter(dtype -> scaled.mayBe(dtype, name)).isPresent();
    if (!shaped) {
      wrong.add(here.expected("shape " + shapes.get(0)).found(entry.shape()));
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
