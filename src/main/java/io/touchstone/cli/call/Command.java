package io.touchstone.cli.call;

/** A job of the program. */
public interface Command {

  JobSpec spec();

  /**
   * Everything that needs no Spark is weighed before Spark starts.
   *
   * @param problems those of the command line; the job adds all others and refuses the call if
   *     there is any
   * @throws CallException if anything about the call is wrong
   * @throws io.touchstone.files.read.InputException if the inputs cannot be used
   * @throws io.touchstone.files.commit.OutputException if the output folder belongs to something
   *     else
   */
  ExitStatus run(JobCall call, Problems problems);
}
