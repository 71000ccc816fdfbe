package io.touchstone.conversation.line;

import java.util.HashSet;
import java.util.List;

/**
 * What a row wants its answers to be judged by.
 *
 * @param texts at least one, all distinct and none blank
 * @param shape how the row has them, and so its rewards
 */
public record RowPrinciples(List<String> texts, Shape shape) {

  /** How a row has principles. */
  public enum Shape {
    /** One text: a reward is a number. */
    ONE,
    /** A list of texts: a reward is an object with a value under each. */
    LIST
  }

  /** Each is a prompt of its own for each answer: a line may hold millions of them. */
  public static final int MOST = 1_000;

  public RowPrinciples {
    texts = List.copyOf(texts);
    if (texts.isEmpty()
        || texts.size() > MOST
        || new HashSet<>(texts).size() != texts.size()
        || texts.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "principles: expected from 1 to " + MOST + " distinct texts, found others");
    }
  }
}
