package io.touchstone.selection.report;

import java.util.Optional;

/**
 * What one annotate run has called its scores.
 *
 * @param name empty for what a row's format calls them
 */
public record ScoreField(Optional<String> name) {

  public static ScoreField named(String name) {
    return new ScoreField(Optional.of(name));
  }

  /** Name by which a reader of the report knows it. */
  public String shown() {
    return name.orElse("reward");
  }
}
