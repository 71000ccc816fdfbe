package io.touchstone.jobs.choose;

import io.touchstone.files.commit.OutputFolders;
import io.touchstone.files.commit.OutputState;
import io.touchstone.jobs.CommonestReason;
import io.touchstone.jobs.FirstRow;
import io.touchstone.problem.JobException;
import io.touchstone.problem.Refused;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;

/** The result of a plan whose pieces are all committed, read back from its folders. */
public record ChooseOutcome(ChoosePlan plan, OutputFolders folders, Configuration hadoop) {

  /**
   * What an earlier run of the plan did that has done everything; empty where there is work left.
   * Needs no Spark.
   *
   * @throws Refused if a folder is not empty and not of the same plan
   * @throws JobException if what lies there does not add up
   */
  public static Optional<ChooseReport> earlier(ChoosePlan plan, Configuration hadoop) {
    OutputFolders folders = plan.folders(hadoop);
    if (!(folders.check() instanceof OutputState.Finished)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ChooseOutcome(plan, folders, hadoop)
              .report(
                  ChooseTotals.verified(plan, folders),
                  plan.pieces().size(),
                  OptionalDouble.empty()));
    } catch (IOException e) {
      throw new JobException("[" + folders.first().layout().folder() + "] " + e.getMessage(), e);
    }
  }

  /**
   * @param seconds empty if an earlier run had finished
   */
  public ChooseReport report(ChooseTotals totals, int resumed, OptionalDouble seconds)
      throws IOException {
    return new ChooseReport(
        totals,
        folders.layouts().stream().map(layout -> layout.folder()).toList(),
        folders.first().layout().rejectedFolder().toString(),
        plan.pieces().size(),
        resumed,
        plan.skipped(),
        seconds.orElse(0),
        FirstRow.of(folders.first()),
        CommonestReason.ifAllRejected(
            totals.in(),
            totals.rejectedLines(),
            folders.first().layout(),
            plan.config().reading().maxLineBytes(),
            hadoop),
        seconds.isEmpty());
  }
}
