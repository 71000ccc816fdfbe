package io.touchstone.cli;

import java.util.function.Function;

/**
 * Something that a flag or a line of a configuration file sets.
 *
 * @param key its name in files and in {@code run.json}
 * @param flag its name on the command line
 * @param shape what a value looks like, as {@code --help} shows it
 * @param fallback the built-in default, in the same words as a user would type it
 * @param reader throws IllegalArgumentException with "expected …, found …"
 */
record Setting<T>(
    String key,
    String flag,
    String shape,
    String fallback,
    Topic topic,
    String help,
    Function<String, T> reader) {

  /** The headings under which {@code --help} lists the flags. */
  enum Topic {
    INPUT("Input"),
    OUTPUT("Output"),
    MODEL("Model"),
    RUN("Running");

    private final String heading;

    Topic(String heading) {
      this.heading = heading;
    }

    String heading() {
      return heading;
    }
  }
}
