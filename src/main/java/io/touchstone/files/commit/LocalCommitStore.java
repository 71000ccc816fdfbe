package io.touchstone.files.commit;

import io.touchstone.files.UnwritableFileException;
import io.touchstone.problem.Problem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.jspecify.annotations.Nullable;

/** Gives names by hard links: a local rename overwrites, a second link does not. */
record LocalCommitStore(RawLocalFileSystem files, Path temporaryFolder) implements CommitStore {

  @Override
  public OutputStream create(Path file) throws IOException {
    return new DurableOutput(
        files.createFile(file).overwrite(false).build(), DurableOutput.Syncing.HERE);
  }

  @Override
  public Optional<OutputStream> createLive(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(local(file), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      // Held as long as the process lives, however it ends: that is how others know.
      channel.lock();
    } catch (IOException e) {
      // A shared filesystem without locks; there nobody can tell whether this process lives.
    }
    return Optional.of(
        UnwritableFileException.named(local(file).toString(), Channels.newOutputStream(channel)));
  }

  @Override
  public Writer writer(Path live) {
    try (FileChannel channel = FileChannel.open(local(live), StandardOpenOption.WRITE)) {
      @Nullable FileLock lock = channel.tryLock();
      return lock == null ? Writer.ALIVE : Writer.DEAD;
    } catch (NoSuchFileException | OverlappingFileLockException e) {
      return Writer.ALIVE;
    } catch (IOException e) {
      return Writer.UNKNOWN;
    }
  }

  @Override
  public boolean placeNew(Path temporary, Path target) throws IOException {
    java.nio.file.Path from = local(temporary);
    java.nio.file.Path to = local(target);
    try {
      forceFolderOf(from);
      Files.createLink(to, from);
      forceFolderOf(to);
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (NoSuchFileException e) {
      FileNotFoundException missing =
          new FileNotFoundException(from + " or the folder of " + to + ": not there");
      missing.initCause(e);
      throw missing;
    } catch (UnsupportedOperationException | FileSystemException e) {
      if (e instanceof FileSystemException other && !isOfLinks(other)) {
        throw UnwritableFileException.of(to.toString(), other);
      }
      throw new IOException(
          Problem.in(to)
              .expected("a filesystem with hard links")
              .found(
                  "one that makes none ("
                      + e.getMessage()
                      + "): write to another one and copy the finished folder"),
          e);
    }
    Files.deleteIfExists(from);
    return true;
  }

  /** Whether it is the kind of name that is refused, and not this one. */
  private static boolean isOfLinks(FileSystemException refusal) {
    String reason = String.valueOf(refusal.getReason());
    return reason.contains("not permitted") || reason.contains("not supported");
  }

  /** A name outlives a machine's power once its folder is on disk. */
  private static void forceFolderOf(java.nio.file.Path file) throws IOException {
    java.nio.file.Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
      entries.force(true);
    }
  }

  /** By a rename of our own: Hadoop's would delete what was there first. */
  @Override
  public void replace(Path target, byte[] content) throws IOException {
    Path temporary = DurableOutput.temporary(files, temporaryFolder, target, content);
    Files.move(local(temporary), local(target), StandardCopyOption.ATOMIC_MOVE);
  }

  private java.nio.file.Path local(Path path) {
    return files.pathToFile(path).toPath();
  }
}
