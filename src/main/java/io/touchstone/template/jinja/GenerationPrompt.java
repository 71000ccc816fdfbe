package io.touchstone.template.jinja;

/** What {@code add_generation_prompt} tells the template. */
public enum GenerationPrompt {
  NONE,
  ADDED
}
