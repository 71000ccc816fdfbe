package io.touchstone.cli.call;

import static java.nio.charset.StandardCharsets.UTF_8;

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

/** Reads {@code key = value} files: UTF-8, one setting a line, {@code #} begins a comment line. */
public final class ConfFile {
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
      Layer.Entry entry = new Layer.Entry(text.substring(equals + 1).strip(), where, name);
      Layer.Entry earlier = entries.putIfAbsent(key, entry);
      if (earlier != null) {
        problems.add(Problem.at(name).expected("once").found("before at " + earlier.origin()));
      }
    }
    return new Layer(entries);
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
