package io.touchstone.jobs;

/** Which run has done the work that a report tells of. */
public enum Ended {
  NOW,
  EARLIER
}
