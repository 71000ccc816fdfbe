package io.touchstone.files.commit;

import java.util.List;

/** The output folder belongs to something else; it was left as it was. */
public final class OutputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  public OutputException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
