package io.touchstone.cli.call;

import io.touchstone.problem.Problems;
import io.touchstone.problem.Refused;

/** A job of the program. */
public interface Command {

  JobSpec spec();

  /**
   * Everything that needs no Spark is weighed before Spark starts.
   *
   * @param problems those of the command line; the job adds all others and refuses the call if
   *     there is any
   * @throws Refused if anything about the call is wrong
   * @throws Refused if the inputs cannot be used
   * @throws Refused if the output folder belongs to something else
   */
  ExitStatus run(JobCall call, Problems problems);
}
