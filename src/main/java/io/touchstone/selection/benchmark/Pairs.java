package io.touchstone.selection.benchmark;

import io.touchstone.conversation.format.FormatTable;
import java.util.List;

/**
 * Any preference pairs: a pair is won if the chosen answer scores strictly higher. Groups are what
 * {@code subset} says, or else {@code source}; overall is by pair.
 */
public final class Pairs extends Benchmark {

  private static final String ALL_ROWS = "all";

  Pairs() {
    super(
        "pairs",
        FormatTable.PREFERENCE,
        List.of(),
        BenchmarkRow.Names.REWARDS,
        new BenchmarkRow.Names("chosen_score", "rejected_score"));
  }

  @Override
  public String stratum(BenchmarkRow row) {
    return row.optionalText("subset").or(() -> row.optionalText("source")).orElse(ALL_ROWS);
  }
}
