package io.touchstone.generation.prompt;

import java.util.Map;

/** What a chat template is told of {@code enable_thinking}. */
public enum Thinking {
  /** Nothing: the template's own default holds. */
  UNSET("unset", Map.of()),
  ON("on", Map.of("enable_thinking", true)),
  OFF("off", Map.of("enable_thinking", false));

  private final String word;
  private final Map<String, Boolean> variables;

  Thinking(String word, Map<String, Boolean> variables) {
    this.word = word;
    this.variables = variables;
  }

  /** As users write it, and as the result records it. */
  public String word() {
    return word;
  }

  /** For the template. */
  Map<String, Boolean> variables() {
    return variables;
  }
}
