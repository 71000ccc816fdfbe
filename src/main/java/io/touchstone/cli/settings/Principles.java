package io.touchstone.cli.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.touchstone.cli.call.Readers;
import io.touchstone.problem.Problem;
import io.touchstone.scoring.Principle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads principles, one a line: {@code TEXT}, or {@code NAME=TEXT}. */
final class Principles {

  static final int MOST = 1_000;
  private static final int MOST_BYTES = 1 << 20;

  /** A name as scores have it; what else stands in front of an equals sign is text. */
  private static final Pattern NAMED =
      Pattern.compile("(?<name>[\\p{L}_][\\p{L}\\p{N}_.-]{0,99}|)=(?<text>.*)");

  private Principles() {}

  /**
   * @param text blank lines in it are passed
   */
  static List<Principle> of(String text) {
    List<Principle> principles =
        text.lines().filter(line -> !line.isBlank()).map(Principles::one).toList();
    if (principles.isEmpty()) {
      throw Readers.refused("a principle", text);
    }
    if (principles.size() > MOST) {
      throw Readers.refused("at most " + MOST + " principles", Integer.toString(principles.size()));
    }
    return principles;
  }

  private static Principle one(String line) {
    Matcher named = NAMED.matcher(line);
    String text = named.matches() ? named.group("text").strip() : line.strip();
    String name = named.matches() && !named.group("name").isEmpty() ? named.group("name") : text;
    if (text.isEmpty()) {
      throw Readers.refused("a principle, or NAME=PRINCIPLE", Problem.shown(line));
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw Readers.refused("a principle without control characters", Problem.shown(text));
    }
    return new Principle(name, text);
  }

  /**
   * @param path of a file on this machine
   */
  static List<Principle> in(String path) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(Path.of(path))) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    } catch (IOException | InvalidPathException e) {
      throw Readers.refused(
          "a file that can be read",
          Problem.shown(path) + " (" + e.getClass().getSimpleName() + ")");
    }
    if (bytes.length > MOST_BYTES) {
      throw Readers.refused("a file of at most " + MOST_BYTES + " bytes", Problem.shown(path));
    }
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      throw Readers.refused("a file in UTF-8", Problem.shown(path));
    }
  }
}
