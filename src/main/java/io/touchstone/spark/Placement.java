package io.touchstone.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;
import org.apache.hadoop.fs.RemoteIterator;

/** Puts files into an output folder so that each appears whole or not at all. */
final class Placement {

  private final FileSystem files;
  private final FileContext context;
  private final OutputLayout layout;

  Placement(OutputLayout layout, Configuration hadoop) throws IOException {
    FileSystem files = layout.root().getFileSystem(hadoop);
    // Hadoop's local filesystem would write a checksum file beside each file.
    this.files = files instanceof LocalFileSystem local ? local.getRaw() : files;
    this.context = FileContext.getFileContext(layout.root().toUri(), hadoop);
    this.layout = layout;
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

  /** Renames unless there is such a file; false if there is one. */
  boolean placeNew(Path temporary, Path target) throws IOException {
    try {
      context.rename(temporary, target);
      return true;
    } catch (FileAlreadyExistsException | PathIsNotEmptyDirectoryException e) {
      return false;
    }
  }

  /** Renames over whatever a dead attempt has left there. */
  void replace(Path temporary, Path target) throws IOException {
    context.rename(temporary, target, Options.Rename.OVERWRITE);
  }

  void replace(Path target, byte[] content) throws IOException {
    Path temporary = layout.temporary(target.getName() + "." + UUID.randomUUID());
    files.mkdirs(target.getParent());
    try (OutputStream out = files.create(temporary, false)) {
      out.write(content);
    }
    replace(temporary, target);
  }

  byte[] read(Path file) throws IOException {
    try (InputStream in = files.open(file)) {
      return in.readAllBytes();
    }
  }
}
