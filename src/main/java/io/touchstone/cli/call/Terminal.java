package io.touchstone.cli.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.OptionalInt;

/**
 * Where the program stands and speaks.
 *
 * @param out results
 * @param err problems and progress
 * @param columns width of the terminal behind {@code err}; empty if there is none
 */
public record Terminal(
    Installation installation, PrintStream out, PrintStream err, OptionalInt columns) {

  /**
   * Of this process. UTF-8 whatever the locale: a result must not depend on it. The launcher says
   * through {@code touchstone.columns} whether a terminal shows the progress, since Java only tells
   * whether all three streams are one.
   */
  public static Terminal ofProcess() {
    return new Terminal(
        Installation.ofProcess(),
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8),
        columns(System.getProperty("touchstone.columns", "")));
  }

  /** Prints a result, or what was asked for instead of one. */
  public void say(String text) {
    out.print(text);
    out.flush();
  }

  private static OptionalInt columns(String text) {
    return text.matches("[1-9]\\d{0,4}")
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }
}
