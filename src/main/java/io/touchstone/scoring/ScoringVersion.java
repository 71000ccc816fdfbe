package io.touchstone.scoring;

/** Which scores this program gives, whatever its release is called. */
public final class ScoringVersion {

  /**
   * One more whenever any score may differ from what the last version gave for the same
   * conversation, model and settings: folders begun by another version are refused, and scores that
   * another version remembered are not found.
   */
  public static final int CURRENT = 1;

  private ScoringVersion() {}
}
