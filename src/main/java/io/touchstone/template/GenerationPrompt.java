package io.touchstone.template;

/** What {@code add_generation_prompt} tells the template. */
public enum GenerationPrompt {
  NONE,
  ADDED
}
