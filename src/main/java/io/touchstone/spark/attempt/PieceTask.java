package io.touchstone.spark.attempt;

import io.touchstone.files.commit.OutputLayout;
import io.touchstone.spark.progress.ProgressCounters;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** What every task of a job needs beside its piece. */
public record PieceTask(
    List<OutputLayout> layouts,
    long maxLineBytes,
    ProgressCounters counters,
    Broadcast<SerializableConfiguration> hadoop)
    implements Serializable {

  public Configuration configuration() {
    return hadoop.value().value();
  }
}
