package io.touchstone.cli;

import java.util.List;

/** The call or the configuration is wrong; nothing was started. */
final class CallException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  CallException(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  List<String> problems() {
    return problems;
  }
}
