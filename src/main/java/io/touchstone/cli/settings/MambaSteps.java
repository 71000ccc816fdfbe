package io.touchstone.cli.settings;

/** Whose bounds hold for the time steps of Mamba layers. */
public enum MambaSteps {
  /** The {@code time_step_limit} of {@code config.json}, as the model's own code has it. */
  PUBLISHED,
  /** {@code time_step_min} in prompts, and none in generated tokens: transformers 5.23. */
  TRANSFORMERS5
}
