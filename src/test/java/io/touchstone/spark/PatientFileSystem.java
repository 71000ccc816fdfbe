package io.touchstone.spark;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.TaskContext;

/** Local files under {@code patient:}; those named so may be held back from tasks. */
public final class PatientFileSystem extends RawLocalFileSystem {

  public static final String FILE = "patient.jsonl";

  private static volatile boolean holding;

  /** Whether a task gets {@link #FILE} only once it is cancelled. */
  public static void hold(boolean back) {
    holding = back;
  }

  @Override
  public URI getUri() {
    return URI.create("patient:///");
  }

  @Override
  public FSDataInputStream open(Path path, int bufferBytes) throws IOException {
    TaskContext task = TaskContext.get();
    while (holding && task != null && path.getName().equals(FILE) && !task.isInterrupted()) {
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        throw new InterruptedIOException();
      }
    }
    return super.open(path, bufferBytes);
  }
}
