package io.touchstone.files.part;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.files.Filesystems;
import io.touchstone.reward.Rejected;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** A file of rejected lines that is there only if there are any. */
public final class RejectedFile implements Closeable {

  private final FileSystem files;
  private final Path path;
  private @Nullable OutputStream out;

  /** Removes what an earlier run has left. */
  public RejectedFile(Path path, Configuration hadoop) throws IOException {
    this.files = Filesystems.forOutput(path, hadoop);
    this.path = path;
    files.delete(path, false);
  }

  public void add(RawLine line, Rejected why) throws IOException {
    if (out == null) {
      out = new BufferedOutputStream(files.create(path, true));
    }
    new RejectedLines(out).write(line, why);
  }

  @Override
  public void close() throws IOException {
    if (out != null) {
      out.close();
    }
  }
}
