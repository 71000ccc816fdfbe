package io.touchstone.jobs.evaluate;

import io.touchstone.selection.benchmark.Benchmark;
import io.touchstone.selection.benchmark.ScoreChoice;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one evaluate job is asked to do.
 *
 * @param domains what the user says is in the files: none, one for all, or one for each
 * @param scores which of them count; a model that scores the rows first names its own so
 * @param compare the folder of another evaluation; empty for none
 * @param seed of the resampling
 * @param effective the effective configuration, written into {@code run.json} as it is
 */
public record EvaluateConfig(
    Benchmark benchmark,
    List<String> inputs,
    String output,
    List<String> domains,
    ScoreChoice scores,
    String compare,
    long seed,
    long maxLineBytes,
    String program,
    SortedMap<String, String> effective) {

  public EvaluateConfig {
    inputs = List.copyOf(inputs);
    domains = List.copyOf(domains);
    effective = Collections.unmodifiableSortedMap(new TreeMap<>(effective));
  }
}
