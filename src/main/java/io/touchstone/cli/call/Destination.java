package io.touchstone.cli.call;

/**
 * A folder or file that a job writes and that every call has to name.
 *
 * @param shape what is to be named, as {@code --help} shows it
 */
public record Destination(String flag, String shape, String help) {

  /** A folder. */
  public Destination(String flag, String help) {
    this(flag, "DIR", help);
  }

  public static final Destination OUTPUT =
      new Destination(
          "--output",
          "the folder that receives the result; the same command run again finishes what is missing"
              + " in it (required)");
}
