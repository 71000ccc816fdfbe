package io.touchstone.selection.benchmark;

import io.touchstone.conversation.format.FormatTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * RewardBench 2: the best of four answers should be the chosen one, and where k answers share the
 * best score it earns 1/k. The ties subset has {@linkplain TiesScore a score of its own}. Overall
 * is the mean of the subsets.
 *
 * <p>Source: github.com/allenai/reward-bench at 05a9005, rewardbench/utils.py
 * (reroll_and_score_dataset, process_single_model).
 */
public final class RewardBench2 extends Benchmark {

  private static final String TIES = "Ties";
  private static final List<String> SUBSETS =
      List.of("Factuality", "Precise IF", "Math", "Safety", "Focus", TIES);

  RewardBench2() {
    super(
        "rewardbench2",
        FormatTable.PREFERENCE_LISTS,
        SUBSETS,
        new BenchmarkRow.Names("score_chosen", "score_rejected"));
  }

  @Override
  public String stratum(BenchmarkRow row) {
    String subset = row.text("subset");
    String known =
        SUBSETS.stream()
            .filter(subset::equalsIgnoreCase)
            .findFirst()
            .orElseThrow(
                () ->
                    BenchmarkRow.unexpected(
                        "subset", "one of " + String.join(", ", SUBSETS), subset));
    if (known.equals(TIES)) {
      String id = row.id().orElse("");
      if (!TiesScore.isId(id)) {
        throw BenchmarkRow.unexpected("id", "ref:NUMBER or tied:NUMBER in the ties subset", id);
      }
    }
    return known;
  }

  @Override
  public boolean isJoinedById(String stratum) {
    return stratum.equals(TIES);
  }

  @Override
  public Trial trial(BenchmarkRow row, String id) {
    String stratum = stratum(row);
    BenchmarkRow.Names names = scored(row);
    List<Double> chosen = scored(names.chosen(), row);
    List<Double> rejected = scored(names.rejected(), row);
    if (!stratum.equals(TIES) && chosen.size() != 1) {
      throw BenchmarkRow.wrongLength(
          names.chosen(), "1 score outside of the ties subset", chosen.size());
    }
    if (stratum.equals(TIES) && TiesScore.isTied(id) && chosen.size() < 2) {
      throw BenchmarkRow.wrongLength(
          names.chosen(), "2 scores or more in a tied row of the ties subset", chosen.size());
    }
    return new Trial(id, stratum, chosen, rejected, 0);
  }

  private static List<Double> scored(String name, BenchmarkRow row) {
    List<Double> scores = row.scores(name);
    if (scores.isEmpty()) {
      throw BenchmarkRow.wrongLength(name, "1 score or more", 0);
    }
    return scores;
  }

  @Override
  List<Unit> units(List<Trial> trials) {
    List<Trial> ties = trials.stream().filter(trial -> trial.stratum().equals(TIES)).toList();
    List<Unit> units = new ArrayList<>(TiesScore.units(TIES, ties));
    units.addAll(
        super.units(trials.stream().filter(trial -> !trial.stratum().equals(TIES)).toList()));
    return units;
  }

  @Override
  double[] credits(Trial trial) {
    double chosen = trial.chosen().get(0);
    int sharing = 1;
    for (double other : trial.rejected()) {
      if (other > chosen) {
        return new double[] {0};
      }
      sharing += other == chosen ? 1 : 0;
    }
    return new double[] {1.0 / sharing};
  }

  @Override
  Figures figures(Map<String, List<Unit>> strata) {
    Map<String, Figures.Group> groups = means(strata);
    groups.computeIfPresent(
        TIES, (ties, mean) -> TiesScore.group(strata.getOrDefault(ties, List.of())));
    return Figures.byGroup(groups);
  }
}
