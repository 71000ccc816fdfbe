package io.touchstone.cli.settings;

import io.touchstone.cli.call.Readers;
import io.touchstone.conversation.line.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Tools that rows without any of their own are offered.
 *
 * @param tools as {@link io.touchstone.conversation.Conversation} holds them; one at least
 */
public record ToolsFile(List<Object> tools) {
  private static final int MOST_BYTES = 1 << 20;

  public ToolsFile {
    tools = List.copyOf(tools);
  }

  /**
   * @throws IllegalArgumentException if it is no file of at most a mebibyte with a JSON array of
   *     objects; the message begins with what was expected
   */
  static ToolsFile read(String path) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(Path.of(path))) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    } catch (IOException | InvalidPathException e) {
      throw Readers.refused("a file that can be read", path);
    }
    if (bytes.length > MOST_BYTES) {
      throw Readers.refused("a file of at most " + MOST_BYTES + " bytes", path);
    }
    Object value = JsonText.value(text(bytes, path)).orElse("");
    if (!(value instanceof List<?> list)
        || list.isEmpty()
        || !list.stream().allMatch(Map.class::isInstance)) {
      throw Readers.refused("a file with a JSON array of tools, each an object", path);
    }
    return new ToolsFile(List.copyOf(list));
  }

  private static String text(byte[] bytes, String path) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw Readers.refused("a file in UTF-8", path);
    }
  }
}
