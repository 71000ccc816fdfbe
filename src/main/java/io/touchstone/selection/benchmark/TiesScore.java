package io.touchstone.selection.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * RewardBench 2's score of prompts with several right answers: every right answer should score
 * higher than every wrong one, and the right ones should lie closer to each other than to the wrong
 * ones.
 *
 * <p>A prompt comes as a {@code tied:N} row with several right answers, and as a {@code ref:N} row
 * with one; both count together. 0.3 each for the accuracy on either kind, 0.2 each for the share
 * of prompts whose gap to the wrong answers is wider than the spread of the right ones (in the tied
 * row; in both rows), and 0.01 for how much wider it is.
 */
final class TiesScore {
  private TiesScore() {}

  private static final Pattern ID = Pattern.compile("(ref|tied):(\\d+)");

  private static final int REF_GAP = 0;
  private static final int TIED_GAP = 1;
  private static final int TIED_SPREAD = 2;

  static boolean isId(String id) {
    return ID.matcher(id).matches();
  }

  static boolean isTied(String id) {
    return id.startsWith("tied:");
  }

  /** A unit for each prompt; NaN where a row is missing. */
  static List<Unit> units(String stratum, List<Trial> trials) {
    Map<String, double[]> prompts = new LinkedHashMap<>();
    for (Trial trial : trials) {
      Matcher id = ID.matcher(trial.id());
      if (!id.matches()) {
        throw new IllegalArgumentException(
            "ties: expected an id such as ref:1 or tied:1, found " + trial.id());
      }
      double[] values =
          prompts.computeIfAbsent(
              id.group(2), n -> new double[] {Double.NaN, Double.NaN, Double.NaN});
      double worst = Collections.min(trial.chosen());
      double gap = worst - Collections.max(trial.rejected());
      if (isTied(trial.id())) {
        values[TIED_GAP] = gap;
        values[TIED_SPREAD] = Collections.max(trial.chosen()) - worst;
      } else {
        values[REF_GAP] = gap;
      }
    }
    List<Unit> units = new ArrayList<>();
    prompts.forEach((prompt, values) -> units.add(new Unit(stratum, prompt, values)));
    return units;
  }

  static Figures.Group group(List<Unit> prompts) {
    double ref = mean(prompts, values -> above(values[REF_GAP], 0));
    double tied = mean(prompts, values -> above(values[TIED_GAP], 0));
    double preferred =
        mean(prompts, values -> both(values, above(values[TIED_GAP], values[TIED_SPREAD])));
    double preferredHard =
        mean(prompts, values -> both(values, above(leastGap(values), values[TIED_SPREAD])));
    double margin = mean(prompts, values -> both(values, margin(values)));
    int rows = 0;
    for (Unit prompt : prompts) {
      rows += Double.isNaN(prompt.values()[REF_GAP]) ? 0 : 1;
      rows += Double.isNaN(prompt.values()[TIED_GAP]) ? 0 : 1;
    }
    double score =
        0.30 * tied + 0.30 * ref + 0.20 * preferred + 0.20 * preferredHard + 0.01 * margin;
    return new Figures.Group(score, rows, prompts.size(), Map.of());
  }

  private static double above(double value, double limit) {
    return Double.isNaN(value) ? Double.NaN : value > limit ? 1 : 0;
  }

  private static double leastGap(double[] values) {
    return Math.min(values[REF_GAP], values[TIED_GAP]);
  }

  /** Nothing is known of a prompt that has but one of its rows. */
  private static double both(double[] values, double known) {
    return Double.isNaN(values[REF_GAP] + values[TIED_GAP]) ? Double.NaN : known;
  }

  /** Right answers of one score and a gap of none count 0, as with the authors. */
  private static double margin(double[] values) {
    double ratio = leastGap(values) / values[TIED_SPREAD];
    return Double.isNaN(ratio) ? 0 : Math.tanh(ratio - 1);
  }

  /** Mean over the prompts of which it is known; 0 where there is none. */
  private static double mean(List<Unit> prompts, ToDoubleFunction<double[]> known) {
    double sum = 0;
    int count = 0;
    for (Unit prompt : prompts) {
      double value = known.applyAsDouble(prompt.values());
      if (!Double.isNaN(value)) {
        sum += value;
        count++;
      }
    }
    return count == 0 ? 0 : sum / count;
  }
}
