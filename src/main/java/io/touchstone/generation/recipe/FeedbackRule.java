package io.touchstone.generation.recipe;

import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What of a row's feedback stands in a recipe's {@code {feedback}}.
 *
 * @param none what stands there where none is chosen; null where a row without any is not asked
 */
public record FeedbackRule(Choice choice, @Nullable String none) implements Serializable {

  private static final long serialVersionUID = 1L;

  static final String CHOOSE = "feedback.choose";
  static final String NONE = "feedback.none";

  static final Set<String> KEYS = Set.of(CHOOSE, NONE);

  /** Between those that are chosen. */
  private static final String BETWEEN = "\n\n";

  /** Which are chosen. */
  public enum Choice {
    ALL,
    /** As {@link EffectiveFeedback} has it. */
    EFFECTIVE;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Of recipes that say nothing of it. */
  public static final FeedbackRule ALL = new FeedbackRule(Choice.ALL, null);

  static Optional<FeedbackRule> read(
      Map<String, String> settings, Problem here, Problems problems) {
    String word = settings.getOrDefault(CHOOSE, Choice.ALL.word());
    Optional<Choice> choice =
        Arrays.stream(Choice.values()).filter(each -> each.word().equals(word)).findFirst();
    if (choice.isEmpty()) {
      problems.add(
          here.field(CHOOSE).expected("all or effective").found("'" + Problem.shown(word) + "'"));
    }
    return choice.map(each -> new FeedbackRule(each, settings.get(NONE)));
  }

  /** The same, but rows without any feedback are not asked. */
  FeedbackRule leavingRowsWithout() {
    return new FeedbackRule(choice, null);
  }

  SortedMap<String, String> settings() {
    SortedMap<String, String> settings = new TreeMap<>();
    settings.put(CHOOSE, choice.word());
    if (none != null) {
      settings.put(NONE, none);
    }
    return settings;
  }

  /** What stands for the feedback; empty if there is nothing to ask by. */
  Optional<String> text(List<String> feedback) {
    List<String> chosen =
        choice == Choice.EFFECTIVE ? EffectiveFeedback.choose(feedback) : feedback;
    return chosen.isEmpty() ? Optional.ofNullable(none) : Optional.of(String.join(BETWEEN, chosen));
  }
}
