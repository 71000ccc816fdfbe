package io.touchstone.spark;

import org.apache.hadoop.conf.Configuration;

/** The folder that receives a job's result, seen from the driver. */
public final class OutputFolder {

  private final AnnotatePlan plan;
  private final Configuration hadoop;

  public OutputFolder(AnnotatePlan plan, Configuration hadoop) {
    this.plan = plan;
    this.hadoop = hadoop;
  }

  /**
   * Looks without touching anything; needs no Spark.
   *
   * @throws OutputException if the folder is not empty and not of the same plan
   */
  public OutputState check() {
    throw new UnsupportedOperationException("not wired yet: " + plan.config().output() + hadoop);
  }
}
