package io.touchstone.cli;

import io.touchstone.cli.call.Terminal;
import io.touchstone.cli.job.SparkStart;
import io.touchstone.files.ScratchFolder;
import io.touchstone.spark.watch.AttemptMarks;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;
import sun.misc.Signal;

/**
 * The end of this process because a signal asks for it: one line, and nothing that runs is waited
 * for. What is committed stays, as after any death; unlike after one the rows under way are not
 * taken for the cause of it.
 */
final class Interruption {
  private static final long MOST_MILLIS = 5_000;
  private static final AtomicBoolean UNDER_WAY = new AtomicBoolean();

  private Interruption() {}

  /**
   * @param name as messages begin
   */
  static void listen(String name, Terminal terminal) {
    for (String signal : List.of("INT", "TERM", "HUP")) {
      Signal.handle(new Signal(signal), received -> end(received, name, terminal));
    }
  }

  static boolean isUnderWay() {
    return UNDER_WAY.get();
  }

  private static void end(Signal signal, String name, Terminal terminal) {
    int status = 128 + signal.getNumber();
    if (UNDER_WAY.getAndSet(true)) {
      Runtime.getRuntime().halt(status);
    }
    // What fails from here on fails of the end itself.
    Configurator.setAllLevels(LogManager.ROOT_LOGGER_NAME, Level.OFF);
    terminal.clearLine();
    terminal.complain(name + ": ended by SIG" + signal.getName() + ". " + Touchstone.GOES_ON + ".");
    if (SparkStart.isSubmitted()) {
      // The cluster is to hear of it.
      System.exit(status);
    }
    Thread lastWork =
        new Thread(
            () -> {
              AttemptMarks.withdrawAll();
              ScratchFolder.ofThisProcess().delete();
            },
            "touchstone-interruption");
    lastWork.setDaemon(true);
    lastWork.start();
    try {
      // A filesystem that does not answer holds up nobody.
      lastWork.join(MOST_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(status);
  }
}
