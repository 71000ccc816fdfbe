package io.touchstone.template.jinja;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;

/** Templates compiled in tests. */
final class Templates {
  static final LocalDateTime CLOCK = LocalDateTime.of(2026, 1, 5, 13, 7, 9);

  private Templates() {}

  static ChatTemplate compile(String source) {
    return ChatTemplate.compile(source, TemplateLimits.defaults(), CLOCK);
  }

  static String render(String source, Map<String, Object> variables) {
    return compile(source).render(List.of(), GenerationPrompt.NONE, variables);
  }

  static String render(String source) {
    return render(source, Map.of());
  }
}
