package io.touchstone.cli;

/**
 * A folder or file that a job writes and that every call has to name.
 *
 * @param shape what is to be named, as {@code --help} shows it
 */
record Destination(String flag, String shape, String help) {

  /** A folder. */
  Destination(String flag, String help) {
    this(flag, "DIR", help);
  }

  static final Destination OUTPUT =
      new Destination(
          "--output",
          "the folder that receives the result; the same command run again finishes what is missing"
              + " in it (required)");
}
