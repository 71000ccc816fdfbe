package io.touchstone.scoring;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a model is asked behind each scored answer, as a turn of the user's.
 *
 * @param text with {@link #PLACE} where a principle goes; empty where nothing is asked
 * @param principles of the call, one question each; empty where the question has no place for them,
 *     or each row brings its own
 */
public record Question(String text, List<Principle> principles) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Stands for a principle. */
  public static final String PLACE = "{principle}";

  /** Nothing is asked. */
  public static final Question NONE = new Question("", List.of());

  /** What a model is tried with where each row brings its own. */
  private static final String STAND_IN = "correctness";

  public Question {
    principles = List.copyOf(principles);
    if (!principles.isEmpty() && !text.contains(PLACE)) {
      throw new IllegalArgumentException(
          "question: expected " + PLACE + " for its principles, found none");
    }
  }

  public boolean isAsked() {
    return !text.isEmpty();
  }

  public boolean takesPrinciples() {
    return text.contains(PLACE);
  }

  /** Names of the principles. */
  public List<String> names() {
    return principles.stream().map(Principle::name).toList();
  }

  /**
   * The questions about a conversation, one for each of its prompts.
   *
   * @param own principles of its row, in place of the call's; empty for these
   */
  public List<String> texts(List<String> own) {
    return takesPrinciples() ? judgedBy(own).stream().map(this::about).toList() : List.of(text);
  }

  /**
   * The texts of the principles that a conversation is judged by.
   *
   * @param own principles of its row, in place of the call's; empty for these
   */
  public List<String> judgedBy(List<String> own) {
    List<String> asked = own.isEmpty() ? principles.stream().map(Principle::text).toList() : own;
    return asked.isEmpty() ? List.of(STAND_IN) : asked;
  }

  /** The question with a principle in its places; braces in the principle are text. */
  public String about(String principle) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf(PLACE); at >= 0; at = text.indexOf(PLACE, from)) {
      parts.add(text.substring(from, at));
      from = at + PLACE.length();
    }
    parts.add(text.substring(from));
    return String.join(principle, parts);
  }
}
