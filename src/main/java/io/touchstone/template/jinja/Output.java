package io.touchstone.template.jinja;

/** Text under construction, within the bound of the rendering. */
final class Output {
  private final StringBuilder text = new StringBuilder();
  private final Rendering rendering;

  Output(Rendering rendering) {
    this.rendering = rendering;
  }

  void append(String piece) {
    rendering.requireRoomFor((long) text.length() + piece.length());
    text.append(piece);
  }

  String text() {
    return text.toString();
  }

  /** The text as a value of the template, which costs what any made value costs. */
  String captured() {
    rendering.make(text.length());
    return text.toString();
  }
}
