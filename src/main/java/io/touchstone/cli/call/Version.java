package io.touchstone.cli.call;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version of this build. */
public final class Version {
  private Version() {}

  /** Name and version of the program, as its results name what made them. */
  public static String ofProgram() {
    return "touchstone " + text();
  }

  static String text() {
    Properties build = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("build.properties")) {
      if (in == null) {
        throw new IllegalStateException(
            "build.properties: expected beside the classes, found none");
      }
      build.load(in);
    } catch (IOException e) {
      throw new IllegalStateException("build.properties cannot be read", e);
    }
    return build.getProperty("version");
  }
}
