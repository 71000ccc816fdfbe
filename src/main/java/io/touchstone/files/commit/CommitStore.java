package io.touchstone.files.commit;

import io.touchstone.files.Filesystems;
import io.touchstone.files.OutputFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.permission.FsPermission;
import org.jspecify.annotations.Nullable;

/** Puts files into an output folder so that each appears whole or not at all. */
public final class CommitStore {

  /** Hadoop has no capability to ask for: whether a rename is atomic is known of each scheme. */
  private static final Set<String> ATOMIC = Set.of("file", "hdfs");

  private static final int BUFFER_BYTES = 64 << 10;

  private final FileSystem files;
  private final FileContext context;
  private final @Nullable ConditionalPut puts;
  private final OutputLayout layout;

  public CommitStore(OutputLayout layout, Configuration hadoop) throws IOException {
    this.files = OutputFiles.of(layout.root(), hadoop);
    this.context = FileContext.getFileContext(layout.root().toUri(), hadoop);
    this.puts = ATOMIC.contains(files.getUri().getScheme()) ? null : new ConditionalPut(files);
    this.layout = layout;
  }

  /**
   * @throws IOException if two attempts could both get a name there
   */
  static void refuseUnfit(Path folder, Configuration hadoop) throws IOException {
    FileSystem files = Filesystems.of(folder, hadoop);
    String found = files.getUri().getScheme();
    if (ATOMIC.contains(found) || ConditionalPut.isOffered(files, folder)) {
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

  public FileSystem files() {
    return files;
  }

  /** What lies directly in a folder; nothing if there is no such folder. */
  public List<FileStatus> list(Path folder) throws IOException {
    List<FileStatus> found = new ArrayList<>();
    try {
      RemoteIterator<FileStatus> children = files.listStatusIterator(folder);
      while (children.hasNext()) {
        found.add(children.next());
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    return found;
  }

  /**
   * A new file in a folder that must be there: what belongs to a folder that was thrown away fails
   * here. Once it is closed it outlives a machine's power.
   */
  public OutputStream create(Path file) throws IOException {
    if (files instanceof RawLocalFileSystem) {
      return new DurableOutput(
          files.createFile(file).overwrite(false).build(), DurableOutput.Syncing.HERE);
    }
    // A stream's own sync reaches the last of its blocks only; this flag has each block on disk,
    // and the folder that names it, before the data node says that it is whole.
    EnumSet<CreateFlag> flags = EnumSet.of(CreateFlag.CREATE, CreateFlag.SYNC_BLOCK);
    return new DurableOutput(
        files.createNonRecursive(
            file,
            FsPermission.getFileDefault(),
            flags,
            BUFFER_BYTES,
            files.getDefaultReplication(file),
            files.getDefaultBlockSize(file),
            null),
        DurableOutput.Syncing.BY_THE_FILE);
  }

  /**
   * Tries whether the filesystem keeps its promise, where nobody knows it of its kind.
   *
   * @param folder where to try
   */
  void probe(Path folder) throws IOException {
    if (puts != null) {
      puts.probe(folder);
    }
  }

  /**
   * Like {@link #placeNew}, for a small file that decides something: of all who ask for the name
   * one gets it, everywhere. The temporary file is gone afterwards only if this one did.
   */
  boolean placeFirst(Path temporary, Path target) throws IOException {
    if (puts == null) {
      return placeNew(temporary, target);
    }
    if (!puts.put(target, read(temporary))) {
      return false;
    }
    files.delete(temporary, false);
    return true;
  }

  /**
   * Renames, unless there is such a file; false if there is one. In one step, but for object
   * stores: there two may rename at once, if they rename the same content.
   *
   * @throws FileNotFoundException if there is nothing to rename
   */
  boolean placeNew(Path temporary, Path target) throws IOException {
    if (files instanceof RawLocalFileSystem local) {
      return linkNew(local, temporary, target);
    }
    try {
      context.rename(temporary, target);
      return true;
    } catch (FileAlreadyExistsException | PathIsNotEmptyDirectoryException e) {
      return false;
    }
  }

  /** A local rename overwrites; a second link does not. */
  private static boolean linkNew(RawLocalFileSystem local, Path temporary, Path target)
      throws IOException {
    java.nio.file.Path from = local.pathToFile(temporary).toPath();
    java.nio.file.Path to = local.pathToFile(target).toPath();
    try {
      forceFolderOf(from);
      Files.createLink(to, from);
      forceFolderOf(to);
    } catch (java.nio.file.FileAlreadyExistsException e) {
      return false;
    } catch (NoSuchFileException e) {
      FileNotFoundException missing =
          new FileNotFoundException(from + " or the folder of " + to + ": not there");
      missing.initCause(e);
      throw missing;
    } catch (UnsupportedOperationException | FileSystemException e) {
      throw new IOException(
          "["
              + to
              + "] expected a filesystem with hard links, found one that makes none ("
              + e.getMessage()
              + "): write to another one and copy the finished folder",
          e);
    }
    Files.deleteIfExists(from);
    return true;
  }

  /** A name outlives a machine's power once its folder is on disk. */
  private static void forceFolderOf(java.nio.file.Path file) throws IOException {
    java.nio.file.Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
    try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
      entries.force(true);
    }
  }

  /** Appears whole; over whatever was there. */
  public void replace(Path target, byte[] content) throws IOException {
    if (puts != null) {
      try (OutputStream out = files.create(target, true)) {
        out.write(content);
      }
      return;
    }
    Path temporary = new Path(layout.temporaryFolder(), target.getName() + "." + UUID.randomUUID());
    try (OutputStream out =
        new DurableOutput(files.create(temporary, false), DurableOutput.Syncing.HERE)) {
      out.write(content);
    }
    context.rename(temporary, target, Options.Rename.OVERWRITE);
  }

  public byte[] read(Path file) throws IOException {
    try (InputStream in = files.open(file)) {
      return in.readAllBytes();
    }
  }
}
