package io.touchstone.cli.job;

import io.touchstone.cli.call.ExitStatus;
import io.touchstone.cli.call.JobSpec;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;
import java.util.List;

/** A job of the program: what may be asked of it, and how it is done. */
public interface Command {

  JobSpec spec();

  /** Adds what is wrong with the words that stand without a flag. */
  default void check(List<String> operands, Problems problems) {
    if (operands.isEmpty()) {
      problems.add(Problem.at("INPUT").expected("a file, folder or glob").found("nothing"));
    }
  }

  /**
   * Does the job; everything that needs no Spark is weighed before Spark starts.
   *
   * @throws Refused if the inputs cannot be used, or an output folder belongs to something else
   */
  ExitStatus run(JobRun run);
}
