package io.touchstone.reward;

/** How a reward is written: as it is, or as a SteerLM label from 0 to 4. */
public enum LabelStyle {
  FLOAT,
  ROUNDED
}
