package io.touchstone.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The small files of a folder, read whole and within bounds. A file may be a link that leads out of
 * the folder, as in Hugging Face's cache; a name never does.
 */
final class FolderFiles {
  /** As a tree in memory, JSON takes up to twenty times its bytes. */
  static final int MAX_JSON_BYTES = 16 << 20;

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final Path folder;
  private final Problems problems;

  FolderFiles(Path folder, Problems problems) {
    this.folder = folder;
    this.problems = problems;
  }

  boolean has(String name) {
    return Files.exists(folder.resolve(name));
  }

  /** Reports the file when it is missing. */
  Optional<byte[]> required(String name, int maxBytes) {
    if (!has(name)) {
      problems.add(name, "expected a file, found none");
      return Optional.empty();
    }
    return optional(name, maxBytes);
  }

  Optional<byte[]> optional(String name, int maxBytes) {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    if (!Files.isRegularFile(file)) {
      problems.add(name, "expected a file, found something else");
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(maxBytes + 1);
      if (bytes.length > maxBytes) {
        problems.add(name, "expected at most %d bytes, found more".formatted(maxBytes));
        return Optional.empty();
      }
      return Optional.of(bytes);
    } catch (IOException e) {
      problems.add(name, unreadable(e));
      return Optional.empty();
    }
  }

  Optional<JsonNode> object(String name, byte[] bytes) {
    try {
      JsonNode root = JSON.readTree(bytes);
      if (root.isObject()) {
        return Optional.of(root);
      }
      problems.add(name, "expected a JSON object, found " + Fields.shown(root));
    } catch (IOException e) {
      problems.add(name, notJson(e));
    }
    return Optional.empty();
  }

  static String notJson(IOException e) {
    if (e instanceof JsonProcessingException json && json.getLocation() != null) {
      // What follows is Jackson's own account of where the value began.
      String message = json.getOriginalMessage().replaceAll("(?s) \\(start marker at.*", "");
      return "expected JSON, found at line %d, column %d: %s"
          .formatted(
              json.getLocation().getLineNr(),
              json.getLocation().getColumnNr(),
              Problems.shown(message));
    }
    return unreadable(e);
  }

  static String unreadable(IOException e) {
    return "expected to be readable, found %s: %s"
        .formatted(e.getClass().getSimpleName(), Problems.shown(String.valueOf(e.getMessage())));
  }
}
