package io.touchstone.cli;

import java.util.concurrent.TimeUnit;

/** Signals as processes get them that tests start. */
final class Signals {

  private Signals() {}

  /** A process that is started where a signal is ignored ignores it too. */
  static boolean areHeard(String signal) throws Exception {
    Process sleep = new ProcessBuilder("sleep", "300").start();
    new ProcessBuilder("kill", "-" + signal, Long.toString(sleep.pid())).start().waitFor();
    boolean heard = sleep.waitFor(10, TimeUnit.SECONDS);
    sleep.destroyForcibly();
    return heard;
  }
}
