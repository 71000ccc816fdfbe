package io.touchstone.spark.watch;

import io.touchstone.files.JsonFile;
import io.touchstone.files.commit.CommitStore;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.util.ShutdownHookManager;
import org.jspecify.annotations.Nullable;

/**
 * A small file that one attempt keeps as long as it lives, one line for each thing that it does.
 * Whatever ends the attempt in good order deletes it, an orderly end of the process too; it stays
 * only where a process is gone from one moment to the next.
 */
final class AttemptMark implements Closeable {

  /** What hdfs says while it takes a file back from a writer that is gone. */
  private static final String LOST_CLAIM = ".RecoveryInProgressException";

  /** Those of attempts in this process, which lives. */
  private static final Set<AttemptMark> OPEN = ConcurrentHashMap.newKeySet();

  static {
    // Before filesystems are closed, and before Spark ends what runs.
    ShutdownHookManager.get()
        .addShutdownHook(
            () -> OPEN.forEach(AttemptMark::closeQuietly), FileSystem.SHUTDOWN_HOOK_PRIORITY + 100);
  }

  /** What is known of the process that wrote a mark. */
  enum Writer {
    ALIVE,
    DEAD,
    /** It may be either: the filesystem does not tell, or not yet. */
    UNKNOWN
  }

  private final FileSystem files;
  private final Path file;

  /** Null where others see a file only when it is closed: there it is written anew each time. */
  private final @Nullable OutputStream out;

  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();

  private AttemptMark(FileSystem files, Path file, @Nullable OutputStream out) {
    this.files = files;
    this.file = file;
    this.out = out;
  }

  /** A new mark, in a folder that must be there. */
  static AttemptMark create(CommitStore store, Path file) throws IOException {
    AttemptMark mark = new AttemptMark(store.files(), file, open(store.files(), file));
    OPEN.add(mark);
    return mark;
  }

  private static @Nullable OutputStream open(FileSystem files, Path file) throws IOException {
    if (files instanceof RawLocalFileSystem local) {
      FileChannel channel =
          FileChannel.open(
              local.pathToFile(file).toPath(),
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.WRITE);
      lock(channel);
      return Channels.newOutputStream(channel);
    }
    FSDataOutputStream remote = files.createFile(file).overwrite(false).build();
    if (remote.hasCapability(StreamCapabilities.HFLUSH)) {
      return remote;
    }
    remote.close();
    return null;
  }

  /** Held as long as the process lives, however it ends: that is how others know. */
  private static void lock(FileChannel channel) {
    try {
      channel.lock();
    } catch (IOException e) {
      // A shared filesystem without locks; there nobody can tell whether this process lives.
    }
  }

  /** Whether a line costs no more than itself. */
  boolean appends() {
    return out != null;
  }

  /** When it returns, others can read it, whatever becomes of this process. */
  synchronized void write(AttemptStep now) throws IOException {
    lines.write(JsonFile.line(now));
    lines.write('\n');
    if (out == null) {
      try (OutputStream whole = files.create(file, true)) {
        lines.writeTo(whole);
      }
      return;
    }
    lines.writeTo(out);
    lines.reset();
    if (out instanceof FSDataOutputStream remote) {
      remote.hflush();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    try {
      if (out != null) {
        out.close();
      }
    } finally {
      discard();
    }
  }

  private void closeQuietly() {
    try {
      close();
    } catch (IOException e) {
      // The process ends: nobody is there to be told.
    }
  }

  private void discard() {
    try {
      files.delete(file, false);
    } catch (IOException e) {
      // It stays, and what it names is run alone: slower, not wrong.
    } finally {
      OPEN.remove(this);
    }
  }

  /** Whether the process that wrote a mark lives; asking does not disturb it. */
  static Writer writer(CommitStore store, Path file) {
    if (OPEN.stream().anyMatch(mark -> mark.file.getName().equals(file.getName()))) {
      return Writer.ALIVE;
    }
    if (store.files() instanceof RawLocalFileSystem local) {
      return localWriter(local.pathToFile(file).toPath());
    }
    try {
      // Given only to who writes alone: a writer that died loses its claim after a minute.
      store.files().append(file).close();
      return Writer.DEAD;
    } catch (FileNotFoundException e) {
      return Writer.ALIVE;
    } catch (RemoteException e) {
      return e.getClassName().endsWith(LOST_CLAIM) ? Writer.DEAD : Writer.UNKNOWN;
    } catch (IOException | UnsupportedOperationException e) {
      return Writer.UNKNOWN;
    }
  }

  private static Writer localWriter(java.nio.file.Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      @Nullable FileLock lock = channel.tryLock();
      return lock == null ? Writer.ALIVE : Writer.DEAD;
    } catch (NoSuchFileException | OverlappingFileLockException e) {
      return Writer.ALIVE;
    } catch (IOException e) {
      return Writer.UNKNOWN;
    }
  }
}
