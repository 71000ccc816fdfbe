package io.touchstone.checkpoint;

import io.touchstone.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A chat template that takes the place of the folder's.
 *
 * @param source with line ends as in Python's text files
 */
public record ChatTemplateFile(String source) {

  /** What each template has, and hardly a path. */
  private static final Pattern JINJA = Pattern.compile("\\{\\{|\\{%");

  /**
   * @param text the template itself, told by its braces, or a file's path
   * @throws IllegalArgumentException as {@link #read} does
   */
  public static ChatTemplateFile of(String text) {
    return JINJA.matcher(text).find() ? new ChatTemplateFile(text) : read(text);
  }

  /**
   * @throws IllegalArgumentException if it is no file of at most a mebibyte in UTF-8; the message
   *     begins with what was expected
   */
  public static ChatTemplateFile read(String path) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(Path.of(path))) {
      bytes = in.readNBytes(TemplateReader.MAX_BYTES + 1);
    } catch (IOException | java.nio.file.InvalidPathException e) {
      throw refused("a file that can be read", path + " (" + e.getClass().getSimpleName() + ")");
    }
    if (bytes.length > TemplateReader.MAX_BYTES) {
      throw refused("a file of at most " + TemplateReader.MAX_BYTES + " bytes", path);
    }
    return new ChatTemplateFile(
        TemplateReader.text(bytes).orElseThrow(() -> refused("a file in UTF-8", path)));
  }

  private static IllegalArgumentException refused(String expected, String found) {
    return new IllegalArgumentException(
        new Problem("").expected(expected).found(Problem.shown(found)));
  }
}
