package io.touchstone.selection.benchmark;

import io.touchstone.conversation.format.RowFormat;
import java.util.List;

/**
 * Any preference pairs: a pair is won if the chosen answer scores strictly higher. Groups are what
 * {@code subset} says, or else {@code source}; overall is by pair.
 */
public final class Pairs extends Benchmark {

  private static final String ALL_ROWS = "all";
  private static final BenchmarkRow.Names SCORES =
      new BenchmarkRow.Names("chosen_score", "rejected_score");

  Pairs() {
    super("pairs", RowFormat.PREFERENCE, List.of());
  }

  @Override
  public String stratum(BenchmarkRow row) {
    return row.optionalText("subset").or(() -> row.optionalText("source")).orElse(ALL_ROWS);
  }

  @Override
  public Trial trial(BenchmarkRow row, String id) {
    BenchmarkRow.Names names = row.scored(format(), BenchmarkRow.Names.REWARDS, SCORES);
    return row.pair(id, stratum(row), names);
  }
}
