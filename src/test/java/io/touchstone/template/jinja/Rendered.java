package io.touchstone.template.jinja;

import java.util.function.Supplier;

/** What a template came to. */
sealed interface Rendered {

  static Rendered by(Supplier<String> rendering) {
    try {
      return new Text(rendering.get());
    } catch (TemplateException e) {
      return new Failure(String.valueOf(e.getMessage()));
    }
  }

  /** The text. */
  record Text(String text) implements Rendered {}

  /** What the exception said. */
  record Failure(String message) implements Rendered {}
}
