package io.touchstone.spark;

import io.touchstone.scoring.ScorerFactory;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;

/** Annotates the pieces of a plan, one task each, and finishes what an earlier run left undone. */
public final class AnnotateJob {

  private AnnotateJob() {}

  /**
   * @param progress called about twice a second by a thread of its own, and once at the end
   * @throws OutputException if the output folder is not empty and not of the same plan
   * @throws JobException if a piece failed or the output does not add up
   */
  public static AnnotateReport run(
      JavaSparkContext spark,
      AnnotatePlan plan,
      ScorerFactory scorers,
      Consumer<JobProgress> progress) {
    throw new UnsupportedOperationException("not wired yet");
  }
}
