package io.touchstone.cli.call;

import java.util.List;

/** The call or the configuration is wrong; nothing was started. */
public final class CallException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  public CallException(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
