package io.touchstone.files.read;

import java.util.List;

/** The inputs cannot be planned; every problem that was found, each naming its input. */
public final class InputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  public InputException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
