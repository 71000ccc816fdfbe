package io.touchstone.files.commit;

import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.Set;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;

/** Gives names by renames, which the name node makes one after another, each in one step. */
record HdfsCommitStore(FileSystem files, FileContext context, Path temporaryFolder)
    implements CommitStore {

  /** Hadoop has no capability to ask for: whether a rename is atomic is known of each scheme. */
  static final Set<String> ATOMIC = Set.of("file", "hdfs");

  /** What hdfs says while it takes a file back from a writer that is gone. */
  static final String LOST_CLAIM = ".RecoveryInProgressException";

  private static final int BUFFER_BYTES = 64 << 10;

  /**
   * A stream's own sync reaches the last of its blocks only; the flag has each block on disk, and
   * the folder that names it, before the data node says that it is whole.
   */
  @Override
  public OutputStream create(Path file) throws IOException {
    return new DurableOutput(
        files.createNonRecursive(
            file,
            FsPermission.getFileDefault(),
            EnumSet.of(CreateFlag.CREATE, CreateFlag.SYNC_BLOCK),
            BUFFER_BYTES,
            files.getDefaultReplication(file),
            files.getDefaultBlockSize(file),
            null),
        DurableOutput.Syncing.BY_THE_FILE);
  }

  @Override
  public boolean placeNew(Path temporary, Path target) throws IOException {
    return renamed(context, temporary, target);
  }

  /** Whether the name was free. */
  static boolean renamed(FileContext context, Path temporary, Path target) throws IOException {
    try {
      context.rename(temporary, target);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  @Override
  public void replace(Path target, byte[] content) throws IOException {
    Path temporary = DurableOutput.temporary(files, temporaryFolder, target, content);
    context.rename(temporary, target, Options.Rename.OVERWRITE);
  }
}
