package io.touchstone.generation.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.touchstone.problem.Problem;
import io.touchstone.problem.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a server's key lies. The key itself is read by each process that asks the server, and is
 * part of no plan, no recipe and no text.
 */
public sealed interface ApiKey extends Serializable {

  /**
   * Reads the key.
   *
   * @param environment of this process
   * @return empty where the server wants none
   * @throws Refused if it is not where it is said to be
   */
  Optional<String> read(Map<String, String> environment);

  /** Where it lies, for users. */
  String place();

  /** For a server that wants no key. */
  record None() implements ApiKey {
    @Override
    public Optional<String> read(Map<String, String> environment) {
      return Optional.empty();
    }

    @Override
    public String place() {
      return "none";
    }
  }

  /**
   * A variable of the environment of each process that asks the server.
   *
   * @param name in capitals, so that no key passes for a name, which messages repeat
   */
  record Variable(String name) implements ApiKey {

    private static final Pattern NAME = Pattern.compile("[A-Z_][A-Z0-9_]*");

    /**
     * @param setting that gives the name, for messages
     * @throws Refused if it is no name of a variable
     */
    public static Variable of(String setting, String name) {
      if (!NAME.matcher(name).matches()) {
        throw Refused.because(
            Problem.at(setting)
                .expected("the name of a variable of the environment, such as OPENAI_API_KEY")
                .found("something else, which is not repeated: it may be the key itself"));
      }
      return new Variable(name);
    }

    @Override
    public Optional<String> read(Map<String, String> environment) {
      @Nullable String value = environment.get(name);
      return Optional.of(
          checked(
              value == null ? "" : value,
              Problem.at(name).expected("the server's key in this variable of the environment")));
    }

    @Override
    public String place() {
      return "the variable " + name;
    }
  }

  /** A file of one line, which each process that asks the server can read. */
  record KeyFile(String path) implements ApiKey {
    @Override
    public Optional<String> read(Map<String, String> environment) {
      Problem.Expected expected = Problem.in(path).expected("a file with the server's key");
      try (InputStream file = Files.newInputStream(Path.of(path))) {
        String text = new String(file.readNBytes(LONGEST + 2), UTF_8);
        return Optional.of(checked(text, expected));
      } catch (IOException unreadable) {
        throw Refused.because(
            expected.found("none that can be read: " + unreadable.getClass().getSimpleName()));
      }
    }

    @Override
    public String place() {
      return "the file " + path;
    }
  }

  /** Characters of a key. */
  int LONGEST = 8_192;

  private static String checked(String given, Problem.Expected expected) {
    String key = given.strip();
    if (key.isEmpty()) {
      throw Refused.because(expected.found("none"));
    }
    if (key.length() > LONGEST || key.chars().anyMatch(each -> each <= ' ' || each > '~')) {
      throw Refused.because(
          expected.found(
              "something else: a key is one line of at most "
                  + LONGEST
                  + " printable ASCII characters, without spaces"));
    }
    return key;
  }
}
