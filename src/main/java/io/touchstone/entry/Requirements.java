package io.touchstone.entry;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The oldest Java and the oldest Spark that the program runs on. */
public final class Requirements {
  private static final int JAVA = 17;
  private static final int SPARK = 4;

  /** Every Spark names its version there; reading it links against no class of Spark's. */
  private static final String SPARK_VERSION = "spark-version-info.properties";

  private static final Pattern MAJOR = Pattern.compile("(\\d+).*");

  private Requirements() {}

  /** What this process has too old, as it is told; empty if nothing. */
  public static List<String> unmet() {
    return unmet(System.getProperty("java.specification.version"), sparkVersion());
  }

  /**
   * What is too old, as it is told.
   *
   * @param java as the JVM names its specification: {@code 1.8}, {@code 11}
   * @param spark as its build names it: {@code 3.5.1}; null where none says so. A version that says
   *     nothing is taken for new enough: builds of others have names of their own
   */
  static List<String> unmet(@Nullable String java, @Nullable String spark) {
    List<String> problems = new ArrayList<>();
    if (isOlder(spark, SPARK)) {
      problems.add("spark: expected Spark 4.0 or newer, found " + spark);
    }
    if (isOlder(java, JAVA)) {
      problems.add("java: expected Java 17 or newer, found " + java);
    }
    return problems;
  }

  private static boolean isOlder(@Nullable String version, int least) {
    Matcher major = MAJOR.matcher(version == null ? "" : version);
    return major.matches() && Integer.parseInt(major.group(1)) < least;
  }

  private static @Nullable String sparkVersion() {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try (InputStream in = loader == null ? null : loader.getResourceAsStream(SPARK_VERSION)) {
      Properties build = new Properties();
      if (in != null) {
        build.load(in);
      }
      return build.getProperty("version");
    } catch (IOException e) {
      return null;
    }
  }
}
