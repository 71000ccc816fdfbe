package io.touchstone.selection.report;

import org.jspecify.annotations.Nullable;

/**
 * The run that scored or generated, as its {@code _run.json} says it.
 *
 * @param finished when, in UTC, as ISO 8601 writes it; null where nobody knows
 * @param labels {@code float} or {@code rounded}; null where nothing was scored
 * @param speed null where earlier runs had made some of the pieces: the time is not that of all
 *     rows
 */
public record RunFigures(
    @Nullable String finished,
    Model model,
    @Nullable String labels,
    Rows rows,
    Tokens tokens,
    @Nullable Speed speed) {

  /** Who gave the scores, or the answers. */
  public record Model(String path, String architecture, String fingerprint, String precision) {}

  /** Lines of the input. */
  public record Rows(long in, long out, long rejected, long blank) {}

  /**
   * @param computed of those presented; the others were shared, or their scores were known
   * @param known of those presented, what a ledger spared
   * @param savedShare of those presented, what did not have to be computed
   */
  public record Tokens(long presented, long computed, long known, double savedShare) {
    public static Tokens of(long presented, long computed, long known) {
      return new Tokens(
          presented, computed, known, presented == 0 ? 0 : 1 - (double) computed / presented);
    }
  }

  /**
   * @param seconds of the whole run, loading the model among them
   * @param tokensPerSecond of those presented
   */
  public record Speed(double seconds, double rowsPerSecond, double tokensPerSecond) {
    public static @Nullable Speed of(double seconds, Rows rows, Tokens tokens) {
      return seconds > 0
          ? new Speed(seconds, rows.out / seconds, tokens.presented / seconds)
          : null;
    }
  }
}
