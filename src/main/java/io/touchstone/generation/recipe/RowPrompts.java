package io.touchstone.generation.recipe;

import io.touchstone.conversation.format.AnswerFields;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A recipe, and which fields of a row are its texts.
 *
 * @param feedback what stands in its {@code {feedback}}
 * @param fields of the rows
 */
public record RowPrompts(Recipe recipe, FeedbackRule feedback, Fields fields)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  static final String RESPONSE = "response";
  static final String FEEDBACK = "feedback";
  static final String PRINCIPLE = "principle";

  private static final String ASKED_FLAG = "--edit-without-feedback";

  /**
   * Names of fields.
   *
   * @param into takes the answers
   * @param feedback a text, or a list of texts
   * @param scores a number for each of several answers, of which the best one is taken
   */
  public record Fields(String into, String feedback, String scores) implements Serializable {
    private static final long serialVersionUID = 1L;

    AnswerFields answers() {
      return AnswerFields.under(into);
    }
  }

  /** What becomes of rows without feedback that asks for anything. */
  public enum WithoutFeedback {
    LEFT,
    ASKED
  }

  /**
   * Reads {@code turn.N.role}, {@code turn.N.content}, {@code feedback.choose} and {@code
   * feedback.none}.
   *
   * @param settings by key
   * @param here where they stand
   * @return empty if there is a problem, which has then been reported
   */
  public static Optional<RowPrompts> read(
      Map<String, String> settings,
      Fields fields,
      WithoutFeedback without,
      Problem here,
      Problems problems) {
    Map<String, String> turns = new HashMap<>(settings);
    turns.keySet().removeAll(FeedbackRule.KEYS);
    Optional<Recipe> recipe = Recipe.read(turns, here, problems);
    Optional<FeedbackRule> feedback = FeedbackRule.read(settings, here, problems);
    if (recipe.isEmpty() || feedback.isEmpty()) {
      return Optional.empty();
    }
    boolean takesFeedback = recipe.get().texts().contains(FEEDBACK);
    if (!takesFeedback) {
      FeedbackRule.KEYS.stream()
          .filter(settings::containsKey)
          .forEach(
              key -> problems.add(here.field(key).expected("{feedback} in a turn").found("none")));
    }
    if (without == WithoutFeedback.LEFT) {
      return Optional.of(new RowPrompts(recipe.get(), feedback.get().leavingRowsWithout(), fields));
    }
    if (!takesFeedback || feedback.get().none() == null) {
      return problems.none(
          here.field(FeedbackRule.NONE)
              .expected("what stands for {feedback} where there is none, beside " + ASKED_FLAG)
              .found(takesFeedback ? "none" : "no {feedback} in a turn"));
    }
    return Optional.of(new RowPrompts(recipe.get(), feedback.get(), fields));
  }

  /** Whether rows must have feedback. */
  public boolean takesFeedback() {
    return recipe.texts().contains(FEEDBACK);
  }

  /** What an output folder's plan keeps. */
  public SortedMap<String, String> settings() {
    SortedMap<String, String> settings = new TreeMap<>();
    List<String> turns = recipe.text().lines().toList();
    for (int i = 0; i < turns.size(); i++) {
      settings.put("turn." + (i + 1), turns.get(i));
    }
    if (takesFeedback()) {
      settings.putAll(feedback.settings());
      settings.put("feedback-from", fields.feedback);
    }
    if (recipe.texts().contains(RESPONSE)) {
      settings.put("best-by", fields.scores);
    }
    settings.put("into", fields.into);
    return settings;
  }
}
