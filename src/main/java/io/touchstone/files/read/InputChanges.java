package io.touchstone.files.read;

import io.touchstone.files.Filesystems;
import io.touchstone.problem.Problem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * What has become of input files since a job was planned: rows of one that was written since may be
 * read twice or not at all, and those that were appended are not read.
 */
public record InputChanges(Configuration hadoop) {

  private static final int MOST_FILES_NAMED = 10;
  private static final long SECOND_MILLIS = 1_000;

  /**
   * Looks at one file.
   *
   * @throws ChangedInputException if it is not what it was
   */
  public void refuse(InputFile file) throws IOException {
    refuse(List.of(file));
  }

  /**
   * Looks at the size and the time of every file.
   *
   * @throws ChangedInputException naming those that are not what they were
   */
  public void refuse(Collection<InputFile> files) throws IOException {
    List<String> changes = new ArrayList<>();
    for (InputFile file : files) {
      String found = found(file);
      if (!found.isEmpty()) {
        changes.add(
            Problem.in(file.path())
                .expected(described(file.bytes(), file.modifiedMillis()) + ", as it was planned")
                .found(found));
      }
    }
    if (!changes.isEmpty()) {
      int named = Math.min(MOST_FILES_NAMED, changes.size());
      String more = changes.size() == named ? "" : "\nand " + (changes.size() - named) + " more";
      throw new ChangedInputException(String.join("\n", changes.subList(0, named)) + more);
    }
  }

  /** What the file is now; empty if it is what it was. */
  private String found(InputFile file) throws IOException {
    Path path = new Path(file.path());
    try {
      FileStatus now = Filesystems.of(path, hadoop).getFileStatus(path);
      return now.getLen() == file.bytes()
              && isSameTime(now.getModificationTime(), file.modifiedMillis())
          ? ""
          : described(now.getLen(), now.getModificationTime());
    } catch (FileNotFoundException e) {
      return "no file";
    }
  }

  /** Some object stores tell the time of one object in seconds, and of listed ones more exactly. */
  private static boolean isSameTime(long oneMillis, long otherMillis) {
    boolean isCoarse = oneMillis % SECOND_MILLIS == 0 || otherMillis % SECOND_MILLIS == 0;
    return oneMillis == otherMillis
        || (isCoarse && oneMillis / SECOND_MILLIS == otherMillis / SECOND_MILLIS);
  }

  private static String described(long bytes, long modifiedMillis) {
    return bytes + " bytes modified at " + Instant.ofEpochMilli(modifiedMillis);
  }
}
