package io.touchstone.entry;

import java.lang.reflect.InvocationTargetException;
import java.util.List;

/** The program as {@code spark-submit} starts it: the main class of the cluster's jar. */
public final class Submitted {
  /** By name: the class file of a newer Java cannot be loaded by an older one. */
  private static final String PROGRAM = "io.touchstone.cli.Touchstone";

  /** As {@code io.touchstone.cli.call.ExitStatus} numbers a wrong call. */
  private static final int WRONG_CALL = 2;

  private Submitted() {}

  /**
   * Runs the program, or ends the process with status 2 and what is too old on standard error.
   *
   * @throws Throwable what the program throws
   */
  public static void main(String[] args) throws Throwable {
    List<String> problems = Requirements.unmet();
    if (!problems.isEmpty()) {
      String name = args.length == 0 ? "touchstone" : "touchstone " + args[0];
      System.err.println(
          name + ": " + problems.size() + (problems.size() == 1 ? " problem:" : " problems:"));
      problems.forEach(problem -> System.err.println("  " + problem));
      System.exit(WRONG_CALL);
    }
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try {
      Class.forName(PROGRAM, true, loader)
          .getMethod("main", String[].class)
          .invoke(null, (Object) args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
