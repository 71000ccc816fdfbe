package io.touchstone.jobs;

/** How many lines of a job may be rejected. */
@FunctionalInterface
public interface RejectionBound {

  /**
   * @param in all lines of the job, blank ones not among them
   */
  boolean isExceeded(long rejected, long in);
}
