package io.touchstone.generation.recipe;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Chooses the feedback that an edit is asked for with, as the code on the card of
 * Llama-3.3-Nemotron-70B-Edit does: those with the most words of criticism, three at most.
 */
public final class EffectiveFeedback {

  /** Counted wherever they stand in a feedback, within words too. */
  public static final List<String> KEYWORDS =
      List.of("However", "improve", "lack", "benefit", "but");

  /** How feedback begins that finds nothing to edit. */
  public static final String PRAISE = "The response is perfectly";

  private static final int MOST = 3;

  private EffectiveFeedback() {}

  /**
   * The chosen ones, those with the most keywords first, equal ones in their order.
   *
   * @return none if there is nothing to edit
   */
  public static List<String> choose(List<String> feedback) {
    return feedback.stream()
        .sorted(Comparator.comparingInt(EffectiveFeedback::keywords).reversed())
        .filter(text -> !text.startsWith(PRAISE))
        .limit(MOST)
        .toList();
  }

  /** How many keywords stand in a feedback, each as often as it does without overlapping itself. */
  public static int keywords(String feedback) {
    return counts(feedback).values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How often each keyword stands in a feedback. */
  public static Map<String, Integer> counts(String feedback) {
    Map<String, Integer> counts = new TreeMap<>();
    for (String keyword : KEYWORDS) {
      int count = 0;
      for (int at = feedback.indexOf(keyword);
          at >= 0;
          at = feedback.indexOf(keyword, at + keyword.length())) {
        count++;
      }
      counts.put(keyword, count);
    }
    return counts;
  }
}
