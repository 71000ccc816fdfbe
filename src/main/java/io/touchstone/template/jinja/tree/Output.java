package io.touchstone.template.jinja.tree;

import io.touchstone.template.jinja.python.Rendering;

/** Text under construction, within the bound of the rendering. */
public final class Output {
  private final StringBuilder text = new StringBuilder();
  private final Rendering rendering;

  public Output(Rendering rendering) {
    this.rendering = rendering;
  }

  void append(String piece) {
    rendering.requireRoomFor((long) text.length() + piece.length());
    text.append(piece);
  }

  public String text() {
    return text.toString();
  }

  /** The text as a value of the template, which costs what any made value costs. */
  String captured() {
    rendering.make(text.length());
    return text.toString();
  }
}
