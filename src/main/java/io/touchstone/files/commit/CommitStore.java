package io.touchstone.files.commit;

import io.touchstone.files.Filesystems;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.ipc.RemoteException;

/**
 * The filesystem of an output folder, with what a commit needs of it. Whatever the filesystem:
 *
 * <ol>
 *   <li>A file appears under its name whole or not at all, placed or replaced.
 *   <li>Of all who {@link #placeFirst} under one name one gets it, wherever they run, and each
 *       learns whether it did.
 *   <li>{@link #placeNew} leaves alone what lies under the name.
 *   <li>A temporary file is gone once it was placed, and stays where it was not.
 *   <li>Where there is nothing to place, {@link #placeNew} says so, be the name free or not.
 *   <li>{@link #create} makes a new file, in a folder that must be there, where there are folders:
 *       what belongs to one that was thrown away fails.
 *   <li>What was created and closed, or placed, all processes see at once, and it outlives the
 *       machine's power.
 * </ol>
 */
public sealed interface CommitStore permits LocalCommitStore, HdfsCommitStore, ObjectCommitStore {

  static CommitStore of(OutputLayout layout, Configuration hadoop) throws IOException {
    FileSystem files = Filesystems.forOutput(layout.root(), hadoop);
    if (files instanceof RawLocalFileSystem local) {
      return new LocalCommitStore(local, layout.temporaryFolder());
    }
    FileContext context = FileContext.getFileContext(layout.root().toUri(), hadoop);
    return HdfsCommitStore.ATOMIC.contains(files.getUri().getScheme())
        ? new HdfsCommitStore(files, context, layout.temporaryFolder())
        : new ObjectCommitStore(files, context);
  }

  /**
   * @throws IOException if two attempts could both get a name there
   */
  static void refuseUnfit(Path folder, Configuration hadoop) throws IOException {
    FileSystem files = Filesystems.of(folder, hadoop);
    String found = files.getUri().getScheme();
    if (HdfsCommitStore.ATOMIC.contains(found) || ConditionalPut.isOffered(files, folder)) {
      return;
    }
    if (found.equals("s3a")) {
      throw new IOException(
          "expected s3a: with conditional puts, found them switched off: set"
              + " fs.s3a.create.conditional.enabled, as --spark-conf"
              + " spark.hadoop.fs.s3a.create.conditional.enabled=true");
    }
    throw new IOException(
        "expected a folder on file: or hdfs:, where a rename is one step and never overwrites, or"
            + " on s3a:, found "
            + found
            + ": write to one of those and copy the finished folder, with hadoop distcp for"
            + " instance");
  }

  FileSystem files();

  /** What lies directly in a folder; nothing if there is no such folder. */
  default List<FileStatus> list(Path folder) throws IOException {
    return Filesystems.list(files(), folder);
  }

  default byte[] read(Path file) throws IOException {
    try (InputStream in = files().open(file)) {
      return in.readAllBytes();
    }
  }

  OutputStream create(Path file) throws IOException;

  /** What is known of the process that made a live file. */
  enum Writer {
    ALIVE,
    DEAD,
    /** It may be either: the filesystem does not tell, or not yet. */
    UNKNOWN
  }

  /**
   * Makes a file that others can read while it is written, and by which they can tell whether its
   * writer lives.
   *
   * @return empty where a file is seen only when it is closed: an empty one lies there then
   */
  default Optional<OutputStream> createLive(Path file) throws IOException {
    FSDataOutputStream out = files().createFile(file).overwrite(false).build();
    if (out.hasCapability(StreamCapabilities.HFLUSH)) {
      return Optional.of(out);
    }
    out.close();
    return Optional.empty();
  }

  /** Whether the process lives that made a live file; asking does not disturb it. */
  default Writer writer(Path live) {
    try {
      // Given only to who writes alone: a writer that died loses its claim after a minute.
      files().append(live).close();
      return Writer.DEAD;
    } catch (FileNotFoundException e) {
      return Writer.ALIVE;
    } catch (RemoteException e) {
      return e.getClassName().endsWith(HdfsCommitStore.LOST_CLAIM) ? Writer.DEAD : Writer.UNKNOWN;
    } catch (IOException | UnsupportedOperationException e) {
      return Writer.UNKNOWN;
    }
  }

  /**
   * Tries whether the filesystem keeps its promises, where nobody knows it of its kind.
   *
   * @param folder where to try
   */
  default void probe(Path folder) throws IOException {}

  /**
   * Places a small file that decides something; false if the name is another's.
   *
   * @param temporary with content that is nobody else's
   */
  default boolean placeFirst(Path temporary, Path target) throws IOException {
    return placeNew(temporary, target);
  }

  /**
   * Places a file that all who ask for the name have with the same content; false if one lies
   * there.
   *
   * @throws FileNotFoundException if there is nothing to place
   */
  boolean placeNew(Path temporary, Path target) throws IOException;

  /** Puts content under a name, over whatever was there. */
  void replace(Path target, byte[] content) throws IOException;
}
