package io.touchstone.jobs.evaluate;

import io.touchstone.jobs.Provenance;
import io.touchstone.selection.benchmark.Benchmark;
import io.touchstone.selection.benchmark.ScoreChoice;
import java.util.List;
import java.util.Optional;

/**
 * What one evaluate job is asked to do.
 *
 * @param domains what the user says is in the files: none, one for all, or one for each
 * @param scores which of them count; a model that scores the rows first names its own so
 * @param compare the folder of another evaluation; empty for none
 * @param seed of the resampling
 */
public record EvaluateConfig(
    Benchmark benchmark,
    List<String> inputs,
    String output,
    List<String> domains,
    ScoreChoice scores,
    Optional<String> compare,
    long seed,
    long maxLineBytes,
    Provenance provenance) {

  public EvaluateConfig {
    inputs = List.copyOf(inputs);
    domains = List.copyOf(domains);
  }
}
