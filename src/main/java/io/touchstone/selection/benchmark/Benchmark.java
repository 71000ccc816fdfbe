package io.touchstone.selection.benchmark;

import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.line.RowProblem;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A published benchmark: how its files are laid out, and how its authors count. */
public abstract sealed class Benchmark
    permits RewardBench, MRewardBench, RewardBench2, RmBench, JudgeBench, HelpSteer3, Pairs {
  private final String word;
  private final RowFormat format;
  private final List<String> strata;
  private final BenchmarkRow.Names[] scores;

  /**
   * @param scores the two fields in which rows of these files have scores, where no other word is
   *     chosen: the first of these that a row has
   */
  Benchmark(String word, RowFormat format, List<String> strata, BenchmarkRow.Names... scores) {
    this.word = word;
    this.format = format;
    this.strata = strata;
    this.scores = scores;
  }

  public static List<Benchmark> all() {
    return List.of(
        new RewardBench(),
        new MRewardBench(),
        new RewardBench2(),
        new RmBench(),
        new JudgeBench(),
        new HelpSteer3(),
        new Pairs());
  }

  public static Optional<Benchmark> named(String word) {
    return all().stream().filter(benchmark -> benchmark.word.equals(word)).findFirst();
  }

  /** What a user types. */
  public String word() {
    return word;
  }

  /** The line format of the benchmark's own files. */
  public RowFormat format() {
    return format;
  }

  /** The parts that a whole benchmark has; empty where the data says which there are. */
  public List<String> strata() {
    return strata;
  }

  /** What a whole benchmark has beside the parts that are present, as it is told. */
  List<String> missing(Set<String> present) {
    return strata.stream().filter(stratum -> !present.contains(stratum)).toList();
  }

  /** Parts of a group that its table shows beside it; other parts have lines of their own. */
  List<String> columns() {
    return List.of();
  }

  /**
   * Whether a row says which of its answers is the better one; one that does not is no task.
   *
   * @throws RowProblem if the row says neither
   */
  public boolean isDecided(BenchmarkRow row) {
    return true;
  }

  /**
   * Which part of the benchmark a row belongs to; asks for no scores.
   *
   * @throws RowProblem if the row does not say, or is of no such part
   */
  public abstract String stratum(BenchmarkRow row);

  /** Whether tasks of a stratum belong together by their ids, so that none may come twice. */
  public boolean isJoinedById(String stratum) {
    return false;
  }

  /** What is to be known of how the authors count; nothing for most. */
  List<String> notes(List<Trial> trials) {
    return List.of();
  }

  /**
   * The row's scores, under its own id; one answer against one, unless it says otherwise.
   *
   * @param id unique within the stratum
   * @throws RowProblem if the row has no scores as this benchmark needs them
   */
  public Trial trial(BenchmarkRow row, String id) {
    BenchmarkRow.Names names = scored(row);
    String stratum = stratum(row);
    List<Double> chosen = List.of(row.score(names.chosen()));
    return new Trial(id, stratum, chosen, List.of(row.score(names.rejected())), 0);
  }

  /** The fields of the scores that count in a row. */
  final BenchmarkRow.Names scored(BenchmarkRow row) {
    return row.choice()
        .fieldsOf(format)
        .or(
            () ->
                Arrays.stream(scores)
                    .filter(own -> row.row().find(own.chosen()).isPresent())
                    .findFirst())
        .orElse(scores[0]);
  }

  /** What is to be resampled as a whole, from all trials of one stratum. */
  List<Unit> units(List<Trial> trials) {
    return trials.stream()
        .map(trial -> new Unit(trial.stratum(), trial.id(), credits(trial)))
        .toList();
  }

  /** What a trial by itself earns; of pairs, 1 for one that is won. */
  double[] credits(Trial trial) {
    return new double[] {trial.won()};
  }

  /**
   * The benchmark's table; a group for each stratum and all tasks alike, unless it says otherwise.
   *
   * @param strata those that there are units of
   */
  Figures figures(Map<String, List<Unit>> strata) {
    return Figures.byTask(means(strata));
  }

  /** A group for each stratum, the mean of what its units earned. */
  final Map<String, Figures.Group> means(Map<String, List<Unit>> units) {
    Map<String, Figures.Group> groups = new LinkedHashMap<>();
    for (String stratum : strata.isEmpty() ? units.keySet() : strata) {
      List<Unit> own = units.getOrDefault(stratum, List.of());
      if (!own.isEmpty()) {
        groups.put(stratum, new Figures.Group(Unit.mean(own, 0), own.size(), Map.of()));
      }
    }
    return groups;
  }
}
