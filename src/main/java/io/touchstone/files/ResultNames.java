package io.touchstone.files;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The names of what lies in the folder of a result. */
public final class ResultNames {
  private ResultNames() {}

  public static final String PLAN = "_plan.json";
  public static final String SUMMARY = "run.json";
  public static final String SUCCESS = "_SUCCESS";
  public static final String REJECTED = "rejected";
  public static final String STATS = "_stats";
  public static final String TEMPORARY = "_tmp";
  public static final String REPORT_PAGE = "report.html";
  public static final String REPORT_FIGURES = "report.json";

  private static final String PART = "part-";
  private static final List<String> PART_ENDINGS =
      Stream.concat(
              Arrays.stream(Compression.values()).map(Compression::kind),
              Stream.of(FileKind.PARQUET))
          .map(FileKind::ending)
          .toList();
  private static final Set<String> BESIDE_PARTS =
      Set.of(PLAN, SUMMARY, SUCCESS, REJECTED, STATS, TEMPORARY, REPORT_PAGE, REPORT_FIGURES);

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
