package io.touchstone.spark.annotate;

import io.touchstone.files.commit.OutputLayout;
import io.touchstone.files.read.Piece;
import io.touchstone.scoring.ScorerFactory;
import io.touchstone.spark.progress.ProgressCounters;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** What runs on executors: annotates pieces and gives back nothing but their numbers. */
public record AnnotatePieces(
    OutputLayout layout,
    TaskSettings settings,
    ScorerFactory scorers,
    ProgressCounters counters,
    Broadcast<SerializableConfiguration> hadoop)
    implements FlatMapFunction<Iterator<Piece>, Integer> {

  @Override
  public Iterator<Integer> call(Iterator<Piece> pieces) {
    Configuration configuration = hadoop.value().value();
    String executor = SparkEnv.get().executorId();
    List<Integer> done = new ArrayList<>();
    while (pieces.hasNext()) {
      Piece piece = pieces.next();
      new AnnotateAttempt(piece, this, configuration, executor).run();
      done.add(piece.index());
    }
    return done.iterator();
  }
}
