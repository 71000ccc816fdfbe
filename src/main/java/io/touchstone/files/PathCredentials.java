package io.touchstone.files;

import io.touchstone.problem.Problem;
import java.util.regex.Pattern;

/**
 * Names and passwords inside of a URI, {@code s3a://KEY:SECRET@bucket/}. They would stand in every
 * list of files and every rejected line, so no path may have them.
 */
public final class PathCredentials {

  /** Not {@code host:8020/} with an {@code @} in some file's name; a secret may hold a slash. */
  private static final Pattern LOGIN = Pattern.compile("(?<=://)[^/@:]*:(?!\\d+(/|$))[^@]*@");

  private static final String REDACTED = "*********(redacted)@";

  private PathCredentials() {}

  public static boolean areIn(String path) {
    return LOGIN.matcher(path).find();
  }

  /** The text without them. */
  public static String hidden(String text) {
    return LOGIN.matcher(text).replaceAll(REDACTED);
  }

  /** What is wrong with a path that has them. */
  public static String problem(String path) {
    return Problem.in(hidden(path))
        .expected("a path without credentials")
        .found("some: give them to Spark instead, as spark.hadoop.fs.s3a.access.key and the like");
  }
}
