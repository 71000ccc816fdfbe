package io.touchstone.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Reads and writes small files outside of output folders. */
public final class WholeFile {
  private WholeFile() {}

  public static byte[] read(Path file, Configuration hadoop) throws IOException {
    try (InputStream in = Filesystems.of(file, hadoop).open(file)) {
      return in.readAllBytes();
    }
  }

  /** Replaces an earlier file, and makes the folder if there is none. */
  public static void write(Path file, byte[] content, Configuration hadoop) throws IOException {
    FileSystem files = Filesystems.forOutput(file, hadoop);
    Path temporary = new Path(file.getParent(), "." + file.getName() + ".tmp");
    try (OutputStream out = files.create(temporary, true)) {
      out.write(content);
    }
    files.delete(file, false);
    if (!files.rename(temporary, file)) {
      throw new IOException("[" + file + "] cannot be written");
    }
  }
}
