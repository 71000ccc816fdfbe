package io.touchstone.problem;

import java.util.List;

/**
 * Ends a call before any work is done: its words, its configuration, the inputs, the output folder
 * or the model's folder are not what they must be.
 */
public final class Refused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  /**
   * @param problems all that were found, each naming its place, what was expected and what was
   *     found
   */
  public Refused(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  public static Refused because(String problem) {
    return new Refused(List.of(problem));
  }

  public List<String> problems() {
    return problems;
  }
}
