package io.touchstone.files;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/** The filesystem that a job writes to. */
public final class OutputFiles {

  private OutputFiles() {}

  /**
   * Of a local path without checksum files beside the others, and with the umask of this process;
   * elsewhere as Hadoop has it.
   */
  public static FileSystem of(Path path, Configuration hadoop) throws IOException {
    FileSystem found = Filesystems.of(path, hadoop);
    if (!(found instanceof LocalFileSystem)) {
      return found;
    }
    RawLocalFileSystem local = new RawLocalFileSystem();
    local.initialize(found.getUri(), withUmask(hadoop));
    return local;
  }

  /** Hadoop's local filesystem has a umask of its own, 022, and sets permissions by that. */
  private static Configuration withUmask(Configuration hadoop) throws IOException {
    Configuration local = new Configuration(hadoop);
    ProcessStatus.umask().ifPresent(umask -> local.set(FsPermission.UMASK_LABEL, umask));
    return local;
  }
}
