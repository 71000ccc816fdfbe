package io.touchstone.files.commit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;

/** Gives a name in an object store to the first who puts an object there. */
public record ConditionalPut(FileSystem files) {

  private static final String OPTION = CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE;

  /** Whether the filesystem's client would ask the store for it. */
  static boolean isOffered(FileSystem files, Path folder) throws IOException {
    return files.hasPathCapability(folder, OPTION);
  }

  /**
   * @param content unlike that of all others who may ask for the name
   * @return false if the name was another's before
   */
  public boolean put(Path target, byte[] content) throws IOException {
    try {
      FSDataOutputStreamBuilder<?, ?> asked = files.createFile(target).overwrite(true);
      asked.must(OPTION, true);
      try (OutputStream out = asked.build()) {
        out.write(content);
      }
      return true;
    } catch (IOException e) {
      // A put whose answer was lost is put again by the client, and refused: content tells.
      if (!files.exists(target)) {
        throw e;
      }
      try (InputStream in = files.open(target)) {
        return Arrays.equals(in.readAllBytes(), content);
      }
    }
  }

  /**
   * Tries it: a store that does not know the condition would ignore it.
   *
   * @throws IOException if it does
   */
  void probe(Path folder) throws IOException {
    Path name = new Path(folder, "probe." + UUID.randomUUID());
    boolean first = put(name, new byte[] {1});
    boolean second = put(name, new byte[] {2});
    files.delete(name, false);
    if (!first || second) {
      throw new IOException(
          "expected a store that refuses a put with If-None-Match where an object is, found one"
              + " that overwrites: write to file: or hdfs: and copy the finished folder");
    }
  }
}
