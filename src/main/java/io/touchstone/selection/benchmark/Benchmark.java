package io.touchstone.selection.benchmark;

import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.line.RowProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A published benchmark: how its files are laid out, and how its authors count. */
public sealed interface Benchmark permits RewardBench, RewardBench2, RmBench, JudgeBench, Pairs {

  List<Benchmark> ALL =
      List.of(new RewardBench(), new RewardBench2(), new RmBench(), new JudgeBench(), new Pairs());

  static Optional<Benchmark> named(String word) {
    return ALL.stream().filter(benchmark -> benchmark.word().equals(word)).findFirst();
  }

  /** What a user types. */
  String word();

  /** The line format of the benchmark's own files. */
  RowFormat format();

  /** The parts that a whole benchmark has; empty where the data says which there are. */
  List<String> strata();

  /**
   * Which part of the benchmark a row belongs to; asks for no scores.
   *
   * @throws RowProblem if the row does not say, or is of no such part
   */
  String stratum(BenchmarkRow row);

  /**
   * The row's scores, under its own id.
   *
   * @param id unique within the stratum
   * @throws RowProblem if the row has no scores as this benchmark needs them
   */
  Trial trial(BenchmarkRow row, String id);

  /** What is to be resampled as a whole, from all trials of one stratum. */
  default List<Unit> units(List<Trial> trials) {
    return trials.stream()
        .map(trial -> new Unit(trial.stratum(), trial.id(), credits(trial)))
        .toList();
  }

  /** What a trial by itself earns; of pairs, 1 for one that is won. */
  default double[] credits(Trial trial) {
    return new double[] {trial.won()};
  }

  /**
   * The benchmark's table; a group for each stratum and all tasks alike, unless it says otherwise.
   *
   * @param strata those that there are units of
   */
  default Figures figures(Map<String, List<Unit>> strata) {
    return Strata.byTask(Strata.means(strata, strata()));
  }
}
