package io.touchstone.files.commit;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Gives names by conditional puts. An object appears with its last byte, kept by then, but a rename
 * looks for the name and copies to it in two steps: two may place the same content at once.
 */
record ObjectCommitStore(FileSystem files, FileContext context) implements CommitStore {

  private static final int BUFFER_BYTES = 64 << 10;

  @Override
  public OutputStream create(Path file) throws IOException {
    return files.createNonRecursive(
        file,
        false,
        BUFFER_BYTES,
        files.getDefaultReplication(file),
        files.getDefaultBlockSize(file),
        null);
  }

  @Override
  public void probe(Path folder) throws IOException {
    new ConditionalPut(files).probe(folder);
  }

  @Override
  public boolean placeFirst(Path temporary, Path target) throws IOException {
    if (!new ConditionalPut(files).put(target, read(temporary))) {
      return false;
    }
    files.delete(temporary, false);
    return true;
  }

  @Override
  public boolean placeNew(Path temporary, Path target) throws IOException {
    return HdfsCommitStore.renamed(context, temporary, target);
  }

  @Override
  public void replace(Path target, byte[] content) throws IOException {
    try (OutputStream out = files.create(target, true)) {
      out.write(content);
    }
  }
}
