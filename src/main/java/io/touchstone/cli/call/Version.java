package io.touchstone.cli.call;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The version of this build. */
public final class Version {

  private static final String BUILD = "build.properties";

  private Version() {}

  /** Name and version of the program, as its results name what made them. */
  public static String ofProgram() {
    Properties build = new Properties();
    try (InputStream in = Objects.requireNonNull(Version.class.getResourceAsStream(BUILD), BUILD)) {
      build.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(BUILD + " cannot be read", e);
    }
    return "touchstone " + build.getProperty("version");
  }
}
