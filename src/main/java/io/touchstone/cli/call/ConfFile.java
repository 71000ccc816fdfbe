package io.touchstone.cli.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code key = value} files: UTF-8, one setting a line, {@code #} begins a comment line. A
 * value that begins with a quote is a JSON string, which may hold line ends and blanks at its ends;
 * those of Spark's own settings are taken as they stand.
 */
public final class ConfFile {
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private ConfFile() {}

  /**
   * @param shownAs how problems name the file
   */
  public static Layer read(Path file, String shownAs, Problems problems) {
    Map<String, Layer.Entry> entries = new LinkedHashMap<>();
    int number = 0;
    for (String line : lines(file, shownAs, problems)) {
      number++;
      String text = line.strip();
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      String where = shownAs + ":" + number;
      int equals = text.indexOf('=');
      if (equals < 1) {
        problems.add(Problem.in(where).expected("'key = value'").found("a line without it"));
        continue;
      }
      String key = text.substring(0, equals).strip();
      String name = "[" + where + "] " + key;
      Optional<String> value = value(key, text.substring(equals + 1).strip());
      if (value.isEmpty()) {
        problems.add(
            Problem.at(name)
                .expected(
                    "a JSON string, as the value begins with a quote (a formula that does may"
                        + " begin with a parenthesis)")
                .found("another text"));
        continue;
      }
      Layer.Entry entry = new Layer.Entry(value.get(), where, name);
      Layer.Entry earlier = entries.putIfAbsent(key, entry);
      if (earlier != null) {
        problems.add(Problem.at(name).expected("once").found("before at " + earlier.origin()));
      }
    }
    return new Layer(entries);
  }

  /** Empty if it is no JSON string, and would have to be one. */
  private static Optional<String> value(String key, String typed) {
    if (!typed.startsWith("\"") || key.startsWith(Precedence.SPARK)) {
      return Optional.of(typed);
    }
    try {
      return Optional.ofNullable(JSON.<JsonNode>readValue(typed).textValue());
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** A value as a line of a file has it: what reading would change is a JSON string. */
  public static String written(String text) {
    boolean plain =
        text.equals(text.strip())
            && !text.startsWith("\"")
            && text.chars().noneMatch(Character::isISOControl)
            && text.lines().count() < 2;
    return plain ? text : TextNode.valueOf(text).toString();
  }

  private static List<String> lines(Path file, String shownAs, Problems problems) {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString();
      return (text.startsWith("\uFEFF") ? text.substring(1) : text).lines().toList();
    } catch (CharacterCodingException e) {
      problems.add(Problem.in(shownAs).expected("UTF-8 text").found("other bytes"));
    } catch (NoSuchFileException e) {
      problems.add(Problem.in(shownAs).expected("a configuration file").found("no such file"));
    } catch (IOException e) {
      problems.add("[" + shownAs + "] cannot be read: " + e);
    }
    return List.of();
  }
}
