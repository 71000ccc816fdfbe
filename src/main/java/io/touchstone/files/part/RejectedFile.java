package io.touchstone.files.part;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.files.Filesystems;
import io.touchstone.reward.Rejected;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** A file of rejected lines that is there only if there are any. */
public final class RejectedFile implements Closeable {

  private final FileSystem files;
  private final Path path;
  private final long inputBytes;
  private @Nullable RejectedLines out;

  /**
   * Removes what an earlier run has left.
   *
   * @param inputBytes as {@link RejectedLines} has them
   */
  public RejectedFile(Path path, long inputBytes, Configuration hadoop) throws IOException {
    this.inputBytes = inputBytes;
    this.files = Filesystems.forOutput(path, hadoop);
    this.path = path;
    files.delete(path, false);
  }

  public void add(RawLine line, Rejected why) throws IOException {
    if (out == null) {
      out = new RejectedLines(new BufferedOutputStream(files.create(path, true)), inputBytes);
    }
    out.write(line, why);
  }

  /** Lines of which only the place and the reason were written. */
  public long withheld() {
    return out == null ? 0 : out.withheld();
  }

  @Override
  public void close() throws IOException {
    if (out != null) {
      out.close();
    }
  }
}
