package io.touchstone.files;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.Syncable;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Local files whose trouble is told with their names: of a disk that is full Hadoop says only that
 * there is no space left, and says it with an Error.
 */
final class NamedLocalFiles extends RawLocalFileSystem {

  @Override
  protected OutputStream createOutputStreamWithMode(
      Path file, boolean append, FsPermission permission) throws IOException {
    return new Named(file, super.createOutputStreamWithMode(file, append, permission));
  }

  /** The stream of a file; all that Hadoop asks of one goes through. */
  private static final class Named extends OutputStream implements Syncable, StreamCapabilities {

    private final Path file;
    private final OutputStream out;

    Named(Path file, OutputStream out) {
      this.file = file;
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      named(() -> out.write(b));
    }

    @Override
    public void write(byte[] from, int start, int length) throws IOException {
      named(() -> out.write(from, start, length));
    }

    @Override
    public void flush() throws IOException {
      named(out::flush);
    }

    @Override
    public void hflush() throws IOException {
      named(() -> ((Syncable) out).hflush());
    }

    @Override
    public void hsync() throws IOException {
      named(() -> ((Syncable) out).hsync());
    }

    @Override
    public boolean hasCapability(String capability) {
      return out instanceof StreamCapabilities capable && capable.hasCapability(capability);
    }

    @Override
    public void close() throws IOException {
      named(out::close);
    }

    private interface Step {
      void run() throws IOException;
    }

    private void named(Step step) throws IOException {
      try {
        step.run();
      } catch (FSError e) {
        throw UnwritableFileException.of(file.toUri().getPath(), e.getCause());
      } catch (IOException e) {
        throw UnwritableFileException.of(file.toUri().getPath(), e);
      }
    }
  }
}
