package io.touchstone.checkpoint.config;

/** Which of attention's four projections add a bias. */
public record AttentionBias(boolean q, boolean k, boolean v, boolean o) {
  public static final AttentionBias NONE = new AttentionBias(false, false, false, false);
  public static final AttentionBias ALL = new AttentionBias(true, true, true, true);
  public static final AttentionBias INPUTS = new AttentionBias(true, true, true, false);
}
