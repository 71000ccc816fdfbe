package io.touchstone.cli.text;

import io.touchstone.cli.call.Terminal;
import io.touchstone.cli.call.Toggle;
import io.touchstone.progress.JobProgress;
import java.io.PrintStream;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows a running job's progress; called by one thread at a time. */
public sealed interface ProgressDisplay extends Consumer<JobProgress>, AutoCloseable {

  /** Leaves the display as if it had never been there. */
  @Override
  default void close() {}

  @Override
  default void accept(JobProgress now) {
    show(ProgressLine.of(now), now.seconds());
  }

  /**
   * @param seconds since the job began
   */
  void show(ProgressLine line, double seconds);

  static ProgressDisplay of(Terminal terminal, Set<Toggle> toggles) {
    if (toggles.contains(Toggle.QUIET)) {
      return new Silent();
    }
    return terminal.columns().isPresent()
        ? new OneLine(terminal.err(), terminal.columns().getAsInt())
        : new Log();
  }

  record Silent() implements ProgressDisplay {
    @Override
    public void show(ProgressLine line, double seconds) {}
  }

  /**
   * One line, written over and over.
   *
   * @param columns that the terminal had at the start; one that has fewer since then cuts the line
   */
  record OneLine(PrintStream err, int columns) implements ProgressDisplay {
    private static final String NO_WRAP = "\u001b[?7l";
    private static final String WRAP = "\u001b[?7h";

    @Override
    public void show(ProgressLine line, double seconds) {
      err.print(Terminal.CLEAR_LINE + NO_WRAP + line.within(columns) + WRAP);
      err.flush();
    }

    @Override
    public void close() {
      err.print(Terminal.CLEAR_LINE);
      err.flush();
    }
  }

  /** A line in the log every half minute. */
  final class Log implements ProgressDisplay {
    private static final Logger LOG = LoggerFactory.getLogger("io.touchstone.progress");
    private static final double EVERY_SECONDS = 30;

    private double next = EVERY_SECONDS;

    @Override
    public void show(ProgressLine line, double seconds) {
      if (seconds >= next) {
        next = seconds + EVERY_SECONDS;
        LOG.info(line.text());
      }
    }
  }
}
