package io.touchstone.cli.call;

import io.touchstone.files.PathCredentials;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The credentials among what a user has typed, wherever they stand: nothing that the program says
 * may repeat them. Two kinds are known: a login inside of a URI, and the value behind a key that
 * Spark's own pattern takes for a secret's. Both are found in malformed values too.
 */
public final class Secrets {

  static final String REDACTED = "*********(redacted)";

  /** Spark's setting for what it takes for a secret's name. */
  private static final String PATTERN_KEY = "spark.redaction.regex";

  /** Its default; a test holds the two together. */
  static final String DEFAULT = "(?i)secret|password|token|access[.]?key";

  private static final int LEAST_LENGTH = 4;

  /** A flag that carries its value, as in {@code --spark-conf=KEY=VALUE}. */
  private static final Pattern FLAG = Pattern.compile("--?[A-Za-z][\\w-]*=");

  /** A setting's key has a dot, an environment's an underscore; our flags have neither. */
  private static final Pattern KEY = Pattern.compile("[\\w-]*[._][\\w.-]*");

  private static final Pattern KEY_AND_VALUE =
      Pattern.compile("(" + KEY + ")\\s*[=:\\s]\\s*(.+)", Pattern.DOTALL);

  private static final Pattern SECRET_KEY = Pattern.compile(DEFAULT);

  /** Longest first: one may hold another. */
  private volatile List<String> texts = List.of();

  /** Of a command line, or of a setting's value. */
  public static Secrets in(List<String> words) {
    Secrets secrets = new Secrets();
    secrets.learn(words);
    return secrets;
  }

  /** Learns those of other words too; none is forgotten. */
  public void learn(List<String> words) {
    List<String> found = new ArrayList<>(texts);
    boolean isAfterKey = false;
    for (String word : words) {
      Matcher flag = FLAG.matcher(word);
      String value = flag.lookingAt() ? word.substring(flag.end()) : word;
      found.addAll(PathCredentials.logins(value));
      Matcher pair = KEY_AND_VALUE.matcher(value);
      if (pair.matches() && SECRET_KEY.matcher(pair.group(1)).find()) {
        // A text as short as a number stands in too much that is to be told: all of it goes.
        found.add(isLong(pair.group(2)) ? pair.group(2) : value);
      }
      if (isAfterKey && !word.startsWith("--") && isLong(value)) {
        found.add(value);
      }
      isAfterKey = KEY.matcher(value).matches() && SECRET_KEY.matcher(value).find();
    }
    texts =
        found.stream()
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  private static boolean isLong(String secret) {
    return secret.length() >= LEAST_LENGTH;
  }

  /** What may be told of a text that may quote what was typed. */
  public String hidden(String text) {
    String told = text;
    for (String secret : texts) {
      told = told.replace(secret, REDACTED);
    }
    return PathCredentials.hidden(told);
  }

  /**
   * What may be shown of a setting of Spark.
   *
   * @param spark the settings of Spark in force, its pattern maybe among them
   */
  static String shown(String key, String value, Map<String, String> spark) {
    Pattern pattern = Pattern.compile(spark.getOrDefault(PATTERN_KEY, DEFAULT));
    boolean secret = pattern.matcher(key).find() || pattern.matcher(value).find();
    return secret && !key.equals(PATTERN_KEY) ? REDACTED : PathCredentials.hidden(value);
  }
}
