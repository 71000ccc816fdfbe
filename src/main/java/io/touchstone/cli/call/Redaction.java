package io.touchstone.cli.call;

import io.touchstone.files.PathCredentials;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Keeps credentials among Spark's settings out of logs and files, by Spark's own rule: what its
 * pattern finds in a key or a value. The program's own settings hold none, and have names such as
 * {@code model.reward-token} that the pattern would find.
 */
record Redaction(Pattern pattern) {

  static final String REDACTED = "*********(redacted)";

  private static final String KEY = "spark.redaction.regex";

  /** Spark's default; a test holds the two together. */
  static final String DEFAULT = "(?i)secret|password|token|access[.]?key";

  /**
   * @param spark the settings of Spark in force, its pattern maybe among them
   */
  static Redaction of(Map<String, String> spark) {
    return new Redaction(Pattern.compile(spark.getOrDefault(KEY, DEFAULT)));
  }

  /** What may be shown of a setting of Spark. */
  String shown(String key, String value) {
    boolean secret = pattern.matcher(key).find() || pattern.matcher(value).find();
    return secret && !key.equals(KEY) ? REDACTED : PathCredentials.hidden(value);
  }
}
