package io.touchstone.spark.choose;

import io.touchstone.files.commit.OutputLayout;
import io.touchstone.spark.progress.ProgressCounters;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** What every task of a job that reads rows and writes rows needs beside its piece. */
public record ChooseTask(
    List<OutputLayout> layouts,
    long maxLineBytes,
    ProgressCounters counters,
    Broadcast<SerializableConfiguration> hadoop)
    implements Serializable {

  public Configuration configuration() {
    return hadoop.value().value();
  }
}
