package io.touchstone.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;

/** Puts files into an output folder so that each appears whole or not at all. */
final class Placement {

  /** Hadoop has no capability to ask for: whether a rename is atomic is known of each scheme. */
  private static final Set<String> ATOMIC = Set.of("file", "hdfs");

  private final FileSystem files;
  private final FileContext context;
  private final OutputLayout layout;

  Placement(OutputLayout layout, Configuration hadoop) throws IOException {
    this.files = OutputFiles.of(layout.root(), hadoop);
    this.context = FileContext.getFileContext(layout.root().toUri(), hadoop);
    this.layout = layout;
  }

  /**
   * @throws IOException if a rename there may overwrite, or be seen half done
   */
  static void refuseUnfit(Path folder, Configuration hadoop) throws IOException {
    String scheme = folder.toUri().getScheme();
    String found = scheme == null ? FileSystem.getDefaultUri(hadoop).getScheme() : scheme;
    if (!ATOMIC.contains(found)) {
      throw new IOException(
          "expected a folder on file: or hdfs:, where a rename is one step and never overwrites,"
              + " found "
              + found
              + ": write to one of those and copy the finished folder, with hadoop distcp for"
              + " instance");
    }
  }

  FileSystem files() {
    return files;
  }

  /** What lies directly in a folder; nothing if there is no such folder. */
  List<FileStatus> list(Path folder) throws IOException {
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
   * here.
   */
  OutputStream create(Path file) throws IOException {
    return files.createFile(file).overwrite(false).build();
  }

  /**
   * Renames in one step, unless there is such a file; false if there is one.
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
      Files.createLink(to, from);
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

  /** Appears whole; over whatever was there. */
  void replace(Path target, byte[] content) throws IOException {
    Path temporary = new Path(layout.temporaryFolder(), target.getName() + "." + UUID.randomUUID());
    try (OutputStream out = files.create(temporary, false)) {
      out.write(content);
    }
    context.rename(temporary, target, Options.Rename.OVERWRITE);
  }

  byte[] read(Path file) throws IOException {
    try (InputStream in = files.open(file)) {
      return in.readAllBytes();
    }
  }
}
