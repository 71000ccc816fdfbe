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
  void show(String line, double seconds);

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
    public void show(String line, double seconds) {}
  }

  /** One line, written over and over. */
  record OneLine(PrintStream err, int columns) implements ProgressDisplay {
    private static final String CLEAR = "\r\u001b[K";

    @Override
    public void show(String line, double seconds) {
      err.print(CLEAR + line.substring(0, Math.min(line.length(), columns - 1)));
      err.flush();
    }

    @Override
    public void close() {
      err.print(CLEAR);
      err.flush();
    }
  }

  /** A line in the log every half minute. */
  final class Log implements ProgressDisplay {
    private static final Logger LOG = LoggerFactory.getLogger("io.touchstone.progress");
    private static final double EVERY_SECONDS = 30;

    private double next = EVERY_SECONDS;

    @Override
    public void show(String line, double seconds) {
      if (seconds >= next) {
        next = seconds + EVERY_SECONDS;
        LOG.info(line);
      }
    }
  }
}
