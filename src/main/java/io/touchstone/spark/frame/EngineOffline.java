package io.touchstone.spark.frame;

/** Keeps DJL from asking the network for metadata when it loads, as the jobs' launchers do. */
final class EngineOffline {
  private static final String OFFLINE = "ai.djl.offline";

  private EngineOffline() {}

  /** What a session says itself stays. */
  static void set() {
    if (System.getProperty(OFFLINE) == null) {
      System.setProperty(OFFLINE, "true");
    }
  }
}
