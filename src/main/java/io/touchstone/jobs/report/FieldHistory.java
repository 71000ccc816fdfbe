package io.touchstone.jobs.report;

import io.touchstone.files.ResultNames;
import io.touchstone.files.commit.PlanRecord;
import io.touchstone.jobs.annotate.RowWriting;
import io.touchstone.selection.report.ScoreField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The names under which a run, and those whose results it has read, have written their scores. */
final class FieldHistory {
  private static final int MOST_RUNS_BACK = 8;

  private final Configuration hadoop;
  private final Set<ScoreField> fields = new LinkedHashSet<>();

  private FieldHistory(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /** The oldest first, each once. */
  static List<ScoreField> of(PlanRecord plan, Configuration hadoop) {
    FieldHistory history = new FieldHistory(hadoop);
    history.add(plan, MOST_RUNS_BACK);
    return new ArrayList<>(history.fields);
  }

  private void add(PlanRecord plan, int runsBack) {
    if (runsBack > 0) {
      plan.inputs().stream()
          .map(input -> new Path(input.path()).getParent())
          .distinct()
          .flatMap(folder -> annotatePlan(folder).stream())
          .forEach(earlier -> add(earlier, runsBack - 1));
    }
    fields.add(new ScoreField(Optional.ofNullable(plan.settings().get("field"))));
    RowWriting.scalarOf(plan).map(ScoreField::named).ifPresent(fields::add);
  }

  /** Empty if no annotate job has made the folder, or it is gone. */
  private Optional<PlanRecord> annotatePlan(Path folder) {
    try {
      return Optional.of(ReportedResult.planIn(new Path(folder, ResultNames.PLAN), hadoop))
          .filter(ReportedResult::isOfScoring);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
