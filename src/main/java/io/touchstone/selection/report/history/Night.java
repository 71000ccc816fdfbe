package io.touchstone.selection.report.history;

import io.touchstone.selection.report.RunFigures;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A result of one night, as its report tells it.
 *
 * @param date by which nights follow each other
 * @param name of the folder of the report, beneath that of all
 * @param result the folder that was reported on
 * @param columns by name
 */
public record Night(
    LocalDate date,
    String name,
    String result,
    RunFigures run,
    long responses,
    Map<String, NightScores> columns) {

  /** What makes scores of two nights differ though their rows are alike; empty where nothing. */
  public List<String> differencesFrom(Night other) {
    List<String> found = new ArrayList<>();
    if (!run.model().fingerprint().equals(other.run.model().fingerprint())) {
      found.add("model");
    }
    if (!run.model().precision().equals(other.run.model().precision())) {
      found.add("precision");
    }
    if (!String.valueOf(run.labels()).equals(String.valueOf(other.run.labels()))) {
      found.add("labels");
    }
    return found;
  }

  /** Whether this is the other night by another path, as by a link to the latest one. */
  public boolean isAnotherPathTo(Night other) {
    return result.equals(other.result)
        && run.equals(other.run)
        && responses == other.responses
        && columns.equals(other.columns);
  }

  public boolean isLike(Night other) {
    return differencesFrom(other).isEmpty();
  }

  /** The share of the input's lines that were set aside. */
  public double rejectedShare() {
    return run.rows().in() == 0 ? 0 : (double) run.rows().rejected() / run.rows().in();
  }
}
