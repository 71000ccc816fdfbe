package io.touchstone.files.read;

import io.touchstone.spark.Jobs;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PositionedReadable;
import org.apache.hadoop.fs.Seekable;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * A filesystem that only lists: {@code listing:/} holds a hundred folders of a hundred files. Each
 * file begins with one row and has no more to read, whatever its size is said to be.
 */
public final class ListingFileSystem extends FileSystem {
  static final int FOLDERS = 100;
  static final int FILES_OF_A_FOLDER = 100;
  static final long FILE_BYTES = 320L << 20;

  private static final URI NAME = URI.create("listing:///");
  private static final byte[] ROW = (Jobs.row(1, "one") + "\n").getBytes(StandardCharsets.UTF_8);

  @Override
  public URI getUri() {
    return NAME;
  }

  @Override
  public FileStatus[] listStatus(Path folder) {
    return folder.isRoot()
        ? IntStream.range(0, FOLDERS)
            .mapToObj(i -> status(new Path(folder, "night-" + i)))
            .toArray(FileStatus[]::new)
        : IntStream.range(0, FILES_OF_A_FOLDER)
            .mapToObj(i -> status(new Path(folder, "rows-" + i + ".jsonl")))
            .toArray(FileStatus[]::new);
  }

  @Override
  public FileStatus getFileStatus(Path path) {
    return status(path);
  }

  private static FileStatus status(Path path) {
    boolean folder = !path.getName().endsWith(".jsonl");
    return new FileStatus(folder ? 0 : FILE_BYTES, folder, 1, 1 << 27, 1, path);
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) {
    return new FSDataInputStream(new OneRow());
  }

  private static final class OneRow extends ByteArrayInputStream
      implements Seekable, PositionedReadable {
    OneRow() {
      super(ROW);
    }

    @Override
    public void seek(long position) {
      pos = (int) Math.min(position, ROW.length);
    }

    @Override
    public long getPos() {
      return pos;
    }

    @Override
    public boolean seekToNewSource(long position) {
      return false;
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) {
      seek(position);
      return read(into, offset, length);
    }

    @Override
    public void readFully(long position, byte[] into, int offset, int length) throws IOException {
      if (read(position, into, offset, length) < length) {
        throw new EOFException("expected " + length + " bytes");
      }
    }

    @Override
    public void readFully(long position, byte[] into) throws IOException {
      readFully(position, into, 0, into.length);
    }
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    throw readOnly();
  }

  @Override
  public FSDataOutputStream append(Path path, int bufferSize, Progressable progress)
      throws IOException {
    throw readOnly();
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    throw readOnly();
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    throw readOnly();
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    throw readOnly();
  }

  private static IOException readOnly() {
    return new IOException("listing: expected to be read only");
  }

  @Override
  public void setWorkingDirectory(Path folder) {}

  @Override
  public Path getWorkingDirectory() {
    return new Path(NAME);
  }
}
