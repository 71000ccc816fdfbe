package io.touchstone.files.read;

import io.touchstone.problem.UnfitInputException;
import java.io.IOException;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.Path;

/** Says what can be done about an input that cannot be read, where its reader does not. */
final class ReadFailure {
  private ReadFailure() {}

  /** The failure in words that help; itself if it needs no others. */
  static IOException explained(IOException failure, Path file) {
    if (failure instanceof ChecksumException && "file".equals(file.toUri().getScheme())) {
      String sums = "." + file.getName() + ".crc";
      IOException told =
          new UnfitInputException(
              "expected the bytes that Hadoop's checksums in "
                  + sums
                  + " beside it are of, found others: if the file was changed since and is right,"
                  + " remove "
                  + sums
                  + ", else bring the file back");
      told.initCause(failure);
      return told;
    }
    return failure;
  }
}
