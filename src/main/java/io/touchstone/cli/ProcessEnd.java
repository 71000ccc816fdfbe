package io.touchstone.cli;

import io.touchstone.cli.call.ExitStatus;
import io.touchstone.cli.call.JobFlags;
import io.touchstone.problem.JobException;

/** How the process ends whose main class this program is. */
final class ProcessEnd {
  private static final String DEPLOY_MODE = "spark.submit.deployMode";

  private ProcessEnd() {}

  /**
   * Ends it with the status.
   *
   * @throws JobException in YARN's application master, which would take any exit, that of a job
   *     that is done too, for a failure (org.apache.spark.deploy.yarn.ApplicationMaster): there a
   *     job that is done returns, and of another YARN is told what is thrown
   */
  static void with(ExitStatus status) {
    if (!isApplicationMaster()) {
      System.exit(status.code());
    }
    if (status != ExitStatus.DONE) {
      throw new JobException(
          "status " + status.code() + " (" + status.meaning() + "): the driver's log says more");
    }
  }

  private static boolean isApplicationMaster() {
    return "yarn".equals(System.getProperty(JobFlags.SPARK_MASTER))
        && "cluster".equals(System.getProperty(DEPLOY_MODE));
  }
}
