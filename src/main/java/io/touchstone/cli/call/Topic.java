package io.touchstone.cli.call;

/** The headings under which {@code --help} lists the flags. */
public enum Topic {
  INPUT("Input"),
  CHOICE("Choice"),
  RECIPE("Prompts made of rows"),
  GENERATION("Generation"),
  OUTPUT("Output"),
  MODEL("Model"),
  SERVER("A server in place of a model"),
  RUN("Running");

  private final String heading;

  Topic(String heading) {
    this.heading = heading;
  }

  String heading() {
    return heading;
  }
}
