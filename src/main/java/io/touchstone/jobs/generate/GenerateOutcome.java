package io.touchstone.jobs.generate;

import io.touchstone.files.commit.OutputFolder;
import io.touchstone.files.commit.OutputFolders;
import io.touchstone.files.commit.OutputState;
import io.touchstone.jobs.CommonestReason;
import io.touchstone.jobs.Ended;
import io.touchstone.jobs.FirstRow;
import io.touchstone.jobs.annotate.RunPolicy;
import io.touchstone.problem.JobException;
import io.touchstone.problem.Refused;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** The result of a plan whose pieces are all committed, read back from its folder. */
public record GenerateOutcome(GeneratePlan plan, OutputFolder folder, Configuration hadoop) {

  /**
   * What an earlier run of the plan did that has done everything; empty where there is work left,
   * or the result is to be thrown away. Needs no Spark.
   *
   * @throws Refused if the folder is not empty and not of the same plan
   * @throws JobException if what lies there does not add up
   */
  public static Optional<GenerateReport> earlier(GeneratePlan plan, Configuration hadoop) {
    if (plan.config().policy().beginning() == RunPolicy.Beginning.RESTART) {
      return Optional.empty();
    }
    OutputFolder folder = plan.folder(hadoop);
    if (!(folder.check() instanceof OutputState.Finished)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new GenerateOutcome(plan, folder, hadoop)
              .report(
                  FinishedGenerate.verified(plan, new OutputFolders(List.of(folder))),
                  GenerateSummary.made(folder.layout().summary(), hadoop),
                  Ended.EARLIER));
    } catch (IOException e) {
      throw new JobException("[" + folder.layout().folder() + "] " + e.getMessage(), e);
    }
  }

  public GenerateReport report(FinishedGenerate pieces, GenerateSummary.Made made, Ended ended)
      throws IOException {
    return new GenerateReport(
        pieces.totals(),
        pieces.withheld(),
        made.seconds(),
        plan.pieces().size(),
        made.resumedPieces(),
        made.unsteadyPieces(),
        plan.skipped(),
        folder.layout().folder(),
        folder.layout().rejectedFolder().toString(),
        FirstRow.of(folder),
        CommonestReason.ifAllRejected(
            pieces.totals().in(),
            pieces.totals().rejectedLines(),
            folder.layout(),
            plan.config().reading().maxLineBytes(),
            hadoop),
        ended == Ended.EARLIER);
  }
}
