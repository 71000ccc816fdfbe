package io.touchstone.problem;

/** What an exception tells a user. */
public final class Told {

  private static final String OURS = "io.touchstone.";

  private Told() {}

  /**
   * Every line of what this program says, and the first of what others do: Spark's messages hold
   * whole stack traces. Empty if nothing is said.
   */
  public static String by(Throwable failure) {
    String text = failure.getMessage() == null ? "" : failure.getMessage().strip();
    boolean ours = failure.getClass().getName().startsWith(OURS);
    return ours ? text : text.lines().findFirst().orElse("");
  }
}
