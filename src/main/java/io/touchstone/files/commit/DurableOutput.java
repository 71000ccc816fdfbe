package io.touchstone.files.commit;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.io.IOUtils;

/** Is closed only once the disks have what was written, where the filesystem can say so. */
final class DurableOutput extends FilterOutputStream {

  private final FSDataOutputStream file;
  private final Syncing syncing;
  private boolean closed;

  /** Who sees to it. */
  enum Syncing {
    /** This stream, before it closes the file. */
    HERE,
    /** The file itself, as it was asked to when it was made. */
    BY_THE_FILE
  }

  DurableOutput(FSDataOutputStream file, Syncing syncing) {
    super(file);
    this.file = file;
    this.syncing = syncing;
  }

  /** Writes a whole new file of its own name, to take another's place. */
  static Path temporary(FileSystem files, Path folder, Path target, byte[] content)
      throws IOException {
    Path temporary = new Path(folder, target.getName() + "." + UUID.randomUUID());
    try (OutputStream out = new DurableOutput(files.create(temporary, false), Syncing.HERE)) {
      out.write(content);
    }
    return temporary;
  }

  @Override
  public void write(byte[] from, int start, int length) throws IOException {
    file.write(from, start, length);
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (syncing == Syncing.HERE && file.hasCapability(StreamCapabilities.HSYNC)) {
        file.hsync();
      }
    } catch (IOException e) {
      // The client of HDFS throws the same exception again, which try-with-resources cannot take.
      IOUtils.closeStream(file);
      throw e;
    }
    file.close();
  }
}
