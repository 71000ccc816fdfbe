package io.touchstone.conversation.format;

/** What an input's first lines say about its format. */
public sealed interface Detection {

  record Detected(RowFormat format) implements Detection {}

  /**
   * No format, or several.
   *
   * @param message the fields that the lines have and those that each format needs
   */
  record Undetected(String message) implements Detection {}
}
