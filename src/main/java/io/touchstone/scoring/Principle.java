package io.touchstone.scoring;

import java.io.Serializable;

/**
 * What answers are judged by.
 *
 * @param name under which rows have its rewards
 * @param text that the model is asked about
 */
public record Principle(String name, String text) implements Serializable {

  private static final long serialVersionUID = 1L;

  public Principle {
    if (name.isBlank() || text.isBlank()) {
      throw new IllegalArgumentException(
          "principle: expected a name and a text, found a blank one");
    }
  }
}
