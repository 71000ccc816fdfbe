package io.touchstone.cli.call;

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

  String heading() {
    return heading;
  }
}
