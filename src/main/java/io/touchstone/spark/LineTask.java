package io.touchstone.spark;

import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** What every task of a job that reads rows and writes rows needs beside its piece. */
record LineTask(
    List<OutputLayout> layouts,
    long maxLineBytes,
    ProgressCounters counters,
    Broadcast<SerializableConfiguration> hadoop)
    implements Serializable {

  Configuration configuration() {
    return hadoop.value().value();
  }
}
