package io.touchstone.ledger;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.fs.BufferedFSInputStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Local files that behave as those of a cluster: a rename never overwrites, and what was deleted
 * cannot be read on.
 */
public final class CarefulFileSystem extends RawLocalFileSystem {

  @Override
  public URI getUri() {
    return URI.create("careful:///");
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    return !exists(to) && super.rename(from, to);
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    return new FSDataInputStream(
        new BufferedFSInputStream(new Held(path, super.open(path, bufferSize)), bufferSize));
  }

  private final class Held extends FSInputStream {
    private final Path path;
    private final FSDataInputStream in;

    Held(Path path, FSDataInputStream in) {
      this.path = path;
      this.in = in;
    }

    private void expectFile() throws IOException {
      if (!exists(path)) {
        throw new FileNotFoundException(path + ": deleted");
      }
    }

    @Override
    public int read() throws IOException {
      expectFile();
      return in.read();
    }

    @Override
    public int read(long position, byte[] into, int from, int length) throws IOException {
      expectFile();
      return in.read(position, into, from, length);
    }

    @Override
    public void seek(long position) throws IOException {
      in.seek(position);
    }

    @Override
    public long getPos() throws IOException {
      return in.getPos();
    }

    @Override
    public boolean seekToNewSource(long target) {
      return false;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
