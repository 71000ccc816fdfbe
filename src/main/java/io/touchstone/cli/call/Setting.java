package io.touchstone.cli.call;

import java.util.Optional;
import java.util.function.Function;

/**
 * Something that a flag or a line of a configuration file sets.
 *
 * @param key its name in files and in {@code run.json}
 * @param flag its name on the command line
 * @param shape what a value looks like, as {@code --help} shows it; empty for a flag that takes
 *     none
 * @param fallback the built-in default, in the same words as a user would type it
 * @param bare the value that the flag stands for where it stands alone; empty if it needs one
 * @param reader throws IllegalArgumentException with "expected …, found …"
 */
public record Setting<T>(
    String key,
    String flag,
    String shape,
    String fallback,
    Topic topic,
    String help,
    Optional<String> bare,
    Function<String, T> reader) {

  /** A setting whose flag needs a value. */
  public Setting(
      String key,
      String flag,
      String shape,
      String fallback,
      Topic topic,
      String help,
      Function<String, T> reader) {
    this(key, flag, shape, fallback, topic, help, Optional.empty(), reader);
  }

  /** The headings under which {@code --help} lists the flags. */
  public enum Topic {
    INPUT("Input"),
    CHOICE("Choice"),
    OUTPUT("Output"),
    MODEL("Model"),
    RUN("Running");

    private final String heading;

    Topic(String heading) {
      this.heading = heading;
    }

    public String heading() {
      return heading;
    }
  }
}
