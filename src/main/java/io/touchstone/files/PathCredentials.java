package io.touchstone.files;

import io.touchstone.problem.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Names and passwords inside of a URI, {@code s3a://KEY:SECRET@bucket/}. They would stand in every
 * list of files and every rejected line, so no path may have them.
 */
public final class PathCredentials {

  /** Of a value: a password may hold whatever, and whoever typed it have slipped at the colon. */
  private static final Pattern LOGIN =
      Pattern.compile(
          "^\\s*([A-Za-z][A-Za-z0-9+.-]*)?(:?/{2,3}|:/?)([^/@:]*(?::|%3[Aa]).*)@", Pattern.DOTALL);

  /** Amid a text: up to the next space. */
  private static final Pattern LOGIN_WITHIN =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)(:/{1,3})([^/@:\\s]*(?::|%3[Aa])[^\\s]*)@");

  /** Where {@code host:8020/} may stand, and an {@code @} behind it belong to some file's name. */
  private static final Set<String> WITH_PORTS =
      Set.of("hdfs", "webhdfs", "swebhdfs", "viewfs", "ofs", "o3fs", "alluxio");

  private static final String PORT = "(?s)[^/@:]*:\\d+/.*";

  private static final String REDACTED = "*********(redacted)";

  private PathCredentials() {}

  public static boolean areIn(String path) {
    return !logins(path).isEmpty();
  }

  /** The logins in a value, as they stand there. */
  public static List<String> logins(String value) {
    return found(LOGIN, value).map(login -> login.group(3)).toList();
  }

  /** A value, or a text that quotes some, without them. */
  public static String hidden(String text) {
    return without(LOGIN_WITHIN, without(LOGIN, text));
  }

  private static String without(Pattern pattern, String text) {
    StringBuilder hidden = new StringBuilder(text);
    List<MatchResult> logins = found(pattern, text).toList();
    for (int i = logins.size() - 1; i >= 0; i--) {
      hidden.replace(logins.get(i).start(3), logins.get(i).end(3), REDACTED);
    }
    return hidden.toString();
  }

  private static Stream<MatchResult> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().filter(PathCredentials::isLogin);
  }

  private static boolean isLogin(MatchResult found) {
    String scheme = found.group(1) == null ? "" : found.group(1).toLowerCase(Locale.ROOT);
    return !scheme.equals("file") && !(WITH_PORTS.contains(scheme) && found.group(3).matches(PORT));
  }

  /** What is wrong with a path that has them. */
  public static String problem(String path) {
    return Problem.in(hidden(path))
        .expected("a path without credentials")
        .found("some: give them to Spark instead, as spark.hadoop.fs.s3a.access.key and the like");
  }
}
