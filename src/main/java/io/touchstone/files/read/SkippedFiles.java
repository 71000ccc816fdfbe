package io.touchstone.files.read;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.touchstone.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;

/**
 * The files of folders and globs that are not read.
 *
 * @param first the first few of them
 */
public record SkippedFiles(int count, List<Skipped> first) {

  public static final SkippedFiles NONE = new SkippedFiles(0, List.of());

  private static final int MOST_KEPT = 10;
  private static final int MOST_TOLD = 3;

  public SkippedFiles {
    first = List.copyOf(first);
  }

  /**
   * A file that is not read.
   *
   * @param path fully qualified
   */
  public record Skipped(String path, Why why) {
    private String told() {
      String name = Problem.shown(new Path(path).getName());
      return why == Why.ONE_OBJECT ? name + " (one JSON object)" : name;
    }
  }

  /** Why a file is not read. */
  public enum Why {
    @JsonProperty("other-ending")
    OTHER_ENDING,
    @JsonProperty("one-object")
    ONE_OBJECT
  }

  SkippedFiles plus(Path file, Why why) {
    List<Skipped> more = new ArrayList<>(first);
    if (first.size() < MOST_KEPT) {
      more.add(new Skipped(file.toString(), why));
    }
    return new SkippedFiles(count + 1, more);
  }

  SkippedFiles plus(SkippedFiles others) {
    List<Skipped> all = Stream.concat(first.stream(), others.first.stream()).toList();
    return new SkippedFiles(count + others.count, all.subList(0, Math.min(MOST_KEPT, all.size())));
  }

  /** How many they are, and what the first few are called: {@code 2 files: README.md, a.txt}. */
  public String told() {
    List<String> names = first.stream().limit(MOST_TOLD).map(Skipped::told).toList();
    int more = count - names.size();
    return String.format(Locale.ROOT, "%,d %s: ", count, count == 1 ? "file" : "files")
        + String.join(", ", names)
        + (more > 0 ? String.format(Locale.ROOT, " and %,d more", more) : "");
  }
}
