package io.touchstone.cli.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.touchstone.problem.Printable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.OptionalInt;

/**
 * Where the program stands and speaks.
 *
 * @param out results
 * @param err problems and progress
 * @param columns width of the terminal behind {@code err}; empty if there is none
 * @param audience who reads {@code out}
 * @param secrets what may not be said
 */
public record Terminal(
    Installation installation,
    PrintStream out,
    PrintStream err,
    OptionalInt columns,
    Audience audience,
    Secrets secrets) {

  /** Back to the begin of the line, and nothing behind it. */
  public static final String CLEAR_LINE = "\r\u001b[K";

  /** Who reads the results that are printed. */
  public enum Audience {
    /** Whoever called, on a terminal, and now. */
    CALLER,
    /** Whoever opens the file or the mail into which they go. */
    ANYONE
  }

  /**
   * Of this process. UTF-8 whatever the locale: a result must not depend on it. The launcher says
   * through {@code touchstone.columns} whether a terminal shows the progress, and through {@code
   * touchstone.audience} whether one shows the results, since Java only tells whether all three
   * streams are one.
   */
  public static Terminal ofProcess() {
    return new Terminal(
        Installation.ofProcess(),
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8),
        columns(System.getProperty("touchstone.columns", "")),
        System.getProperty("touchstone.audience", "").equals("caller")
            ? Audience.CALLER
            : Audience.ANYONE,
        new Secrets());
  }

  /** The same, but silent on the secrets of a command line. */
  public Terminal hiding(List<String> words) {
    return new Terminal(installation, out, err, columns, audience, Secrets.in(words));
  }

  /** Prints a result, or what was asked for instead of one. */
  public void say(String text) {
    out.print(fit(text));
    out.flush();
  }

  /** Prints a line on what went wrong, or more of them. */
  public void complain(String lines) {
    err.println(fit(lines));
    err.flush();
  }

  /** Takes away a line that was begun where progress is shown. */
  public void clearLine() {
    if (columns.isPresent()) {
      err.print(CLEAR_LINE);
      err.flush();
    }
  }

  /** The one place through which all goes that this program says. */
  private String fit(String text) {
    return Printable.lines(secrets.hidden(text));
  }

  private static OptionalInt columns(String text) {
    return text.matches("[1-9]\\d{0,4}")
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }
}
