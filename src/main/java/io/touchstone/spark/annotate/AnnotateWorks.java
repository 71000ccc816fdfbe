package io.touchstone.spark.annotate;

import io.touchstone.files.read.Piece;
import io.touchstone.scoring.ScorerFactory;
import io.touchstone.spark.attempt.PieceWorks;
import org.apache.spark.SparkEnv;
import org.apache.spark.util.LongAccumulator;

/** What is sent to executors: how to annotate any piece of a job. */
record AnnotateWorks(TaskSettings settings, ScorerFactory scorers, LongAccumulator unsteady)
    implements PieceWorks {

  @Override
  public AnnotateWork of(Piece piece) {
    return new AnnotateWork(settings, scorers, SparkEnv.get().executorId(), unsteady);
  }
}
