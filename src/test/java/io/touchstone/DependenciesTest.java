package io.touchstone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.spi.SLF4JServiceProvider;

/** Libraries that several others bring along must have one version. */
final class DependenciesTest {
  private static final List<String> JARS =
      Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
          .map(entry -> String.valueOf(Path.of(entry).getFileName()))
          .toList();

  @Test
  void jacksonHasOneVersion() {
    assertThat(found("jackson-(?:core|databind|module-scala_2\\.13)-(.*)\\.jar"))
        .containsExactly("2.21.2");
    assertThat(found("jackson-annotations-(.*)\\.jar")).containsExactly("2.21");
  }

  @Test
  void scalaHasOneVersion() {
    assertThat(found("scala-library-(.*)\\.jar")).hasSize(1);
    assertThat(found(".*_(2\\.\\d+|3)-.*\\.jar")).containsExactly("2.13");
  }

  @Test
  void slf4jHasOneBinding() {
    assertThat(ServiceLoader.load(SLF4JServiceProvider.class).stream())
        .extracting(provider -> provider.type().getName())
        .containsExactly("org.apache.logging.slf4j.SLF4JServiceProvider");
  }

  private static Set<String> found(String pattern) {
    Pattern jar = Pattern.compile(pattern);
    Set<String> found = new TreeSet<>();
    for (String name : JARS) {
      Matcher version = jar.matcher(name);
      if (version.matches()) {
        found.add(version.group(1));
      }
    }
    return found;
  }
}
