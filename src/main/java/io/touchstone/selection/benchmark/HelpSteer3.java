package io.touchstone.selection.benchmark;

import io.touchstone.conversation.format.FormatTable;
import io.touchstone.conversation.line.Malformation;
import io.touchstone.conversation.line.RowProblem;
import java.util.List;

/**
 * HelpSteer3's human preferences: a pair is won if the answer that annotators prefer scores
 * strictly higher. Groups are what {@code domain} says; overall is by pair. A pair of which they
 * prefer neither is left out.
 *
 * <p>Source: the card of the data set nvidia/HelpSteer3, subset {@code preference}: {@code
 * overall_preference} goes from -3, response 1 is much better, to 3, response 2 is.
 */
public final class HelpSteer3 extends Benchmark {

  private static final String PREFERENCE = "overall_preference";
  private static final double STRONGEST = 3;
  private static final String ALL_ROWS = "all";

  HelpSteer3() {
    super(
        "helpsteer3",
        FormatTable.HELPSTEER3,
        List.of(),
        new BenchmarkRow.Names("reward1", "reward2"));
  }

  @Override
  public String stratum(BenchmarkRow row) {
    preference(row);
    return row.row().find("domain").isPresent() ? row.name("domain") : ALL_ROWS;
  }

  @Override
  public boolean isDecided(BenchmarkRow row) {
    return preference(row) != 0;
  }

  private static double preference(BenchmarkRow row) {
    double preference = row.row().required(PREFERENCE, "a number from -3 to 3").number();
    if (Math.abs(preference) > STRONGEST) {
      throw new RowProblem(
          Malformation.UNEXPECTED_VALUE,
          PREFERENCE,
          "expected a number from -3 to 3, found " + preference);
    }
    return preference;
  }

  @Override
  public Trial trial(BenchmarkRow row, String id) {
    String stratum = stratum(row);
    BenchmarkRow.Names names = scored(row);
    List<Double> first = List.of(row.score(names.chosen()));
    List<Double> second = List.of(row.score(names.rejected()));
    return preference(row) < 0
        ? new Trial(id, stratum, first, second, 0)
        : new Trial(id, stratum, second, first, 0);
  }
}
