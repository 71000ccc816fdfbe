package io.touchstone.files.read;

import io.touchstone.files.ScratchFolder;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.file.PathUtils;
import org.jspecify.annotations.Nullable;

/** Local files of one task attempt for lines too long to hold; what is left goes with it. */
public final class SpillFolder implements Closeable {

  private @Nullable Path folder;

  Path newFile() throws IOException {
    if (folder == null) {
      folder = Files.createTempDirectory(ScratchFolder.ofThisProcess().path(), "spill");
    }
    return Files.createTempFile(folder, "line", "");
  }

  @Override
  public void close() throws IOException {
    if (folder != null) {
      PathUtils.deleteDirectory(folder);
      folder = null;
    }
  }
}
