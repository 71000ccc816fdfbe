package io.touchstone.jobs.report;

import io.touchstone.jobs.annotate.ScoringRun;
import io.touchstone.problem.JobException;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Refused;
import io.touchstone.selection.report.Improvement;
import io.touchstone.selection.report.RunFigures;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.hadoop.fs.Path;

/** The jobs that have led to edited rows: those whose results lie beside theirs. */
final class EditingRuns {
  /** Responses, their rewards, feedback, edits and the best of all. */
  private static final int STAGES = 5;

  private EditingRuns() {}

  /**
   * In their order; fewer where some are gone, or lie elsewhere.
   *
   * @throws JobException if all are there, and have not written or set aside each row of the first
   */
  static List<Improvement.Stage> of(ReportedResult best) throws IOException {
    Deque<ReportedResult> results = new ArrayDeque<>();
    results.add(best);
    while (results.size() < STAGES) {
      List<Path> folders =
          results.peekFirst().plan().inputs().stream()
              .map(input -> new Path(input.path()).getParent())
              .distinct()
              .toList();
      if (folders.size() != 1
          || !best.layout().root().getParent().equals(folders.get(0).getParent())) {
        break;
      }
      try {
        results.addFirst(ReportedResult.open("DIR", folders.get(0).toString(), best.hadoop()));
      } catch (Refused e) {
        // It is gone, or another's: what is left is told.
        break;
      }
    }
    List<Improvement.Stage> stages = new ArrayList<>();
    for (ReportedResult result : results) {
      stages.add(stage(result));
    }
    if (stages.size() == STAGES) {
      check(stages);
    }
    return stages;
  }

  private static Improvement.Stage stage(ReportedResult result) throws IOException {
    ScoringRun run = result.run();
    RunFigures figures = result.figures();
    RunFigures.Speed speed = figures.speed();
    return new Improvement.Stage(
        result.layout().root().getName(),
        figures.model().path(),
        figures.rows(),
        figures.tokens(),
        run.tokens().generated(),
        speed == null ? null : speed.seconds());
  }

  private static void check(List<Improvement.Stage> stages) {
    long in = stages.get(0).rows().in();
    long out = stages.get(STAGES - 1).rows().out();
    long rejected = stages.stream().mapToLong(stage -> stage.rows().rejected()).sum();
    if (in != out + rejected) {
      throw new JobException(
          Problem.at("rows")
              .expected(
                  in + " of " + stages.get(0).name() + " to be in the last result or set aside")
              .found(out + " and " + rejected));
    }
  }
}
