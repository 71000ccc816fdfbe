package io.touchstone.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.functional.RemoteIterators;

/** Finds the client of a path's filesystem, for reading or for writing, and what lies there. */
public final class Filesystems {

  private static final String FIRST_WAIT_MILLIS =
      "dfs.client.block.write.locateFollowingBlock.initial.delay.ms";

  private static final String WAITS = "dfs.client.block.write.locateFollowingBlock.retries";

  private Filesystems() {}

  /**
   * @throws IOException if there is none, saying how to get one
   */
  public static FileSystem of(Path path, Configuration hadoop) throws IOException {
    try {
      return path.getFileSystem(prompt(path, hadoop));
    } catch (RuntimeException e) {
      if (e.getCause() instanceof ClassNotFoundException) {
        throw new IOException(
            "expected the client of "
                + path.toUri().getScheme()
                + ": on the class path, found none ("
                + e.getCause().getMessage()
                + "); for s3a: build with mvn -Ps3 package, or on a cluster bring hadoop-aws",
            e);
      }
      throw e;
    }
  }

  /**
   * The filesystem that a job writes to: of a local path without checksum files beside the others,
   * and with the umask of this process; elsewhere as Hadoop has it.
   *
   * @throws IOException as {@link #of}
   */
  public static FileSystem forOutput(Path path, Configuration hadoop) throws IOException {
    FileSystem found = of(path, hadoop);
    if (!(found instanceof LocalFileSystem)) {
      return found;
    }
    // Hadoop's local filesystem has a umask of its own, 022, and sets permissions by that.
    Configuration withUmask = new Configuration(hadoop);
    ProcessStatus.umask().ifPresent(umask -> withUmask.set(FsPermission.UMASK_LABEL, umask));
    RawLocalFileSystem local = new NamedLocalFiles();
    local.initialize(found.getUri(), withUmask);
    return local;
  }

  /**
   * Whether a path is that of a pipe, a socket or a device of this machine. Hadoop takes them for
   * files; to open one may wait for ever.
   *
   * @param path fully qualified
   */
  public static boolean isSpecial(Path path) throws IOException {
    return "file".equals(path.toUri().getScheme())
        && Files.readAttributes(java.nio.file.Path.of(path.toUri()), BasicFileAttributes.class)
            .isOther();
  }

  /** What lies directly in a folder; nothing if there is no such folder. */
  public static List<FileStatus> list(FileSystem files, Path folder) throws IOException {
    try {
      return RemoteIterators.toList(files.listStatusIterator(folder));
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  /**
   * With a client of HDFS that asks again soon. A file is closed once the name node has heard of
   * its last block from a data node, which is mostly some milliseconds after the client asks for
   * the first time; by its own defaults the client then sleeps for 400 ms, at each of the three
   * files of a piece. Who has set one of the two settings keeps both.
   */
  private static Configuration prompt(Path path, Configuration hadoop) {
    String asked = path.toUri().getScheme();
    String scheme = asked == null ? FileSystem.getDefaultUri(hadoop).getScheme() : asked;
    if (!"hdfs".equals(scheme)
        || hadoop.getLong(FIRST_WAIT_MILLIS, 400) != 400
        || hadoop.getInt(WAITS, 5) != 5) {
      return hadoop;
    }
    Configuration prompt = new Configuration(hadoop);
    prompt.setLong(FIRST_WAIT_MILLIS, 5);
    // Each wait doubles the one before: 20 s in all, where the defaults have 12 s.
    prompt.setInt(WAITS, 12);
    return prompt;
  }
}
