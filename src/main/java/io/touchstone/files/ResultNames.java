package io.touchstone.files;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How what lies beside the rows in the folder of a result is called; decided once for a folder, by
 * the plan that it was begun with.
 */
public enum ResultNames {
  /**
   * Readers of whole folders pass what begins with an underscore: they see rows and nothing else.
   */
  UNDERSCORED("_run.json", "_rejected", "_report.html", "_report.json"),
  /** Of folders that were begun before, and of those that hold no rows. */
  PLAIN("run.json", "rejected", "report.html", "report.json");

  public static final String PLAN = "_plan.json";
  public static final String SUCCESS = "_SUCCESS";
  public static final String STATS = "_stats";
  public static final String TEMPORARY = "_tmp";

  private static final String PART = "part-";
  private static final List<String> PART_ENDINGS =
      Stream.concat(
              Arrays.stream(Compression.values()).map(Compression::kind),
              Stream.of(FileKind.PARQUET))
          .map(FileKind::ending)
          .toList();
  private static final Set<String> BESIDE_PARTS =
      Stream.concat(
              Stream.of(PLAN, SUCCESS, STATS, TEMPORARY),
              Arrays.stream(values())
                  .flatMap(
                      names ->
                          Stream.of(
                              names.summary,
                              names.rejected,
                              names.reportPage,
                              names.reportFigures)))
          .collect(Collectors.toUnmodifiableSet());

  private final String summary;
  private final String rejected;
  private final String reportPage;
  private final String reportFigures;

  ResultNames(String summary, String rejected, String reportPage, String reportFigures) {
    this.summary = summary;
    this.rejected = rejected;
    this.reportPage = reportPage;
    this.reportFigures = reportFigures;
  }

  /** What says how the result was made. */
  public String summary() {
    return summary;
  }

  /** The folder of the rejected lines. */
  public String rejected() {
    return rejected;
  }

  public String reportPage() {
    return reportPage;
  }

  public String reportFigures() {
    return reportFigures;
  }

  /** Whether a job's folder may hold an entry of this name. */
  public static boolean isOfAJob(String name) {
    return isOfParts(name) || BESIDE_PARTS.contains(name);
  }

  /** Whether a file of a result holds rows. */
  public static boolean isPart(String name) {
    return isOfParts(name) && PART_ENDINGS.stream().anyMatch(name::endsWith);
  }

  /** Whether a name begins as those of parts do, whatever its ending. */
  public static boolean isOfParts(String name) {
    return name.startsWith(PART);
  }
}
