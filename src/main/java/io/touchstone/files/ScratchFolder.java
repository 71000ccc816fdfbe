package io.touchstone.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.io.file.PathUtils;
import org.apache.hadoop.util.ShutdownHookManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one process for what it needs on a local disk while it lives. A file inside is
 * locked as long as the process does; whoever comes next deletes those of its user whose lock is
 * free, which is how a process that was killed is told from one that runs, in another container
 * too.
 */
public final class ScratchFolder {

  /** The launchers make a folder of this name for the process that they become, and name it. */
  public static final String PREFIX = "touchstone-";

  private static final String GIVEN = "touchstone.scratch";
  private static final int LAST = 1;
  private static final String ALIVE = "alive";
  private static final Logger LOG = LoggerFactory.getLogger(ScratchFolder.class);

  /** Of this process, which would let go of a lock by looking whether it has it. */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private static @Nullable ScratchFolder ofThisProcess;

  private final Path path;

  /** Open as long as the folder is used: the lock goes with the process. */
  private final FileChannel alive;

  private ScratchFolder(Path path, FileChannel alive) {
    this.path = path;
    this.alive = alive;
  }

  /**
   * The folder of this process, made with the first use; that use deletes what others have left.
   *
   * @throws UncheckedIOException if none can be made
   */
  public static synchronized ScratchFolder ofThisProcess() {
    ScratchFolder known = ofThisProcess;
    if (known == null) {
      try {
        known = begin(Optional.ofNullable(System.getProperty(GIVEN)).map(Path::of));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      ScratchFolder made = known;
      // After Spark's, which deletes what it has there.
      ShutdownHookManager.get().addShutdownHook(made::delete, LAST);
      ofThisProcess = known;
    }
    return known;
  }

  /**
   * @param given a folder that is there, and empty; without it one is made among the temporary ones
   */
  static ScratchFolder begin(Optional<Path> given) throws IOException {
    Path folder =
        (given.isPresent() ? given.get() : Files.createTempDirectory(PREFIX)).toAbsolutePath();
    OWN.add(folder);
    Path file = folder.resolve(ALIVE);
    // Locked before it has the name by which others look for it.
    Path made = folder.resolve(ALIVE + ".new");
    FileChannel channel =
        FileChannel.open(made, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    channel.lock();
    Files.move(made, file);
    Path parent = folder.getParent();
    if (parent != null) {
      deleteLeft(parent, Files.getOwner(folder));
    }
    return new ScratchFolder(folder, channel);
  }

  public Path path() {
    return path;
  }

  /** Deletes what processes of this user have left that are gone. */
  private static void deleteLeft(Path parent, UserPrincipal user) {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : found) {
        if (!OWN.contains(folder)
            && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
            && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(user)) {
          deleteIfLeft(folder);
        }
      }
    } catch (IOException e) {
      LOG.debug("{}: what others have left stays", parent, e);
    }
  }

  private static void deleteIfLeft(Path folder) {
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve(ALIVE), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        PathUtils.deleteDirectory(folder);
        LOG.info("{} was left by a process that is gone, and is deleted", folder);
      }
    } catch (IOException e) {
      // It has no such file, or another start deletes it at this moment.
      LOG.debug("{} stays", folder, e);
    }
  }

  /** At the end of the process, which needs nothing of it any more. */
  public void delete() {
    for (int again = 0; again < 2 && Files.exists(path); again++) {
      try {
        PathUtils.deleteDirectory(path);
      } catch (IOException e) {
        // Something was still being written: next time, or when the next process starts.
        LOG.debug("{} cannot be deleted", path, e);
      }
    }
    try {
      alive.close();
    } catch (IOException e) {
      LOG.debug("{} cannot be closed", path, e);
    }
  }
}
