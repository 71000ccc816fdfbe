package io.touchstone.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * What tells a file from another one, and from itself after it was written, by stat(2); a link
 * stands for the file that it leads to.
 *
 * @param modified when its bytes were written, as far as its writer lets it be known
 * @param changed when anything of it was: its bytes, but also its owner or the number of its links
 */
record FileIdentity(long device, long inode, long bytes, Instant modified, Instant changed) {

  /**
   * @throws java.nio.file.NoSuchFileException if there is no such file
   */
  static FileIdentity of(Path file) throws IOException {
    Map<String, Object> found =
        Files.readAttributes(file, "unix:dev,ino,size,lastModifiedTime,ctime");
    return new FileIdentity(
        attribute(found, "dev", Long.class),
        attribute(found, "ino", Long.class),
        attribute(found, "size", Long.class),
        attribute(found, "lastModifiedTime", FileTime.class).toInstant(),
        attribute(found, "ctime", FileTime.class).toInstant());
  }

  private static <T> T attribute(Map<String, Object> found, String name, Class<T> type) {
    return type.cast(Objects.requireNonNull(found.get(name), name));
  }

  /** Whether both are of one file whose bytes nobody says that he has written in between. */
  boolean isAsWritten(FileIdentity other) {
    return device == other.device
        && inode == other.inode
        && bytes == other.bytes
        && modified.equals(other.modified);
  }

  /** All but what changes without a write. */
  @Override
  public String toString() {
    return bytes
        + " bytes modified at "
        + modified
        + " (inode "
        + inode
        + " of device "
        + device
        + ")";
  }
}
