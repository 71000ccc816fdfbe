package io.touchstone.cli;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.commons.io.function.IOConsumer;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.jspecify.annotations.Nullable;

/** Local files under {@code meddled:}; something becomes of one of them when it is first opened. */
public final class MeddledFileSystem extends RawLocalFileSystem {

  private record Meddling(java.nio.file.Path file, IOConsumer<java.nio.file.Path> what) {}

  private static final AtomicReference<@Nullable Meddling> NEXT = new AtomicReference<>();

  static void atFirstOpening(java.nio.file.Path file, IOConsumer<java.nio.file.Path> what) {
    NEXT.set(new Meddling(file, what));
  }

  @Override
  public URI getUri() {
    return URI.create("meddled:///");
  }

  @Override
  public FSDataInputStream open(Path path, int bufferBytes) throws IOException {
    Meddling next = NEXT.get();
    if (next != null
        && next.file.toString().equals(path.toUri().getPath())
        && NEXT.compareAndSet(next, null)) {
      next.what.accept(next.file);
    }
    return super.open(path, bufferBytes);
  }
}
