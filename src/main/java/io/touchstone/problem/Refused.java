package io.touchstone.problem;

import java.nio.file.Path;
import java.util.List;

/**
 * Ends a call before any work is done: its words, its configuration, the inputs, the output folder
 * or the model's folder are not what they must be.
 */
public sealed class Refused extends RuntimeException permits RefusedFolder {

  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  /**
   * @param problems all that were found, each naming its place, what was expected and what was
   *     found
   */
  public Refused(List<String> problems) {
    this(String.join("\n", problems), problems);
  }

  private Refused(String message, List<String> problems) {
    super(message);
    this.problems = List.copyOf(problems);
  }

  /** Of one folder, which is named where only the message is told. */
  public static Refused in(Path folder, List<String> problems) {
    String count = problems.size() + (problems.size() == 1 ? " problem" : " problems");
    return new Refused(folder + ": " + count + "\n" + String.join("\n", problems), problems);
  }

  /**
   * @throws Refused if there is any problem
   */
  public static void ifAny(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new Refused(problems);
    }
  }

  public static Refused because(String problem) {
    return new Refused(List.of(problem));
  }

  public List<String> problems() {
    return problems;
  }
}
