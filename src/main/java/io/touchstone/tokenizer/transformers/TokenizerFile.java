package io.touchstone.tokenizer.transformers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A {@code tokenizer.json} that was read once: what is small of it, and where in the file its large
 * parts lie.
 *
 * @param bytes of the file
 * @param added its added tokens in its order
 * @param ids of those tokens, as the file has them
 * @param padToken what it pads with
 * @param vocabulary with the ids of its added tokens
 * @param parts by field of the root, without the added tokens
 */
public record TokenizerFile(
    Path path,
    long bytes,
    List<AddedToken> added,
    List<Integer> ids,
    Optional<String> padToken,
    Map<String, Range> parts,
    Vocabulary vocabulary,
    BpeModel model) {
  public static final String NAME = "tokenizer.json";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_BYTES_OF_A_UNIT = 3;
  private static final byte[] BYTE_LEVEL = "\"ByteLevel\"".getBytes(StandardCharsets.UTF_8);

  /** UTF-16 units of the file's text, the second bound excluded. */
  record Range(long from, long to) {
    String of(String text) {
      return text.substring((int) from, (int) to);
    }
  }

  /** The texts of the special ones. */
  public List<String> specialTexts() {
    return added.stream().filter(AddedToken::special).map(AddedToken::content).toList();
  }

  /** The id of a text among the added tokens, or of one that was asked for in the vocabulary. */
  public OptionalInt id(String text) {
    for (int i = 0; i < added.size(); i++) {
      if (added.get(i).content().equals(text)) {
        return OptionalInt.of(ids.get(i));
      }
    }
    Integer id = vocabulary.ids().get(text);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /**
   * @throws IOException also if the file has another size than it had
   */
  byte[] read() throws IOException {
    byte[] read = Files.readAllBytes(path);
    if (read.length != bytes) {
      throw new IOException("expected " + bytes + " bytes as before, found " + read.length);
    }
    return read;
  }

  String text() throws IOException {
    return new String(read(), StandardCharsets.UTF_8);
  }

  /** A part as JSON; null where there is none. Most files have the small ones in front. */
  JsonNode part(String name) throws IOException {
    Range range = parts.get(name);
    if (range == null) {
      return NullNode.getInstance();
    }
    try (InputStream in = Files.newInputStream(path)) {
      int most = (int) Math.min(bytes, MOST_BYTES_OF_A_UNIT * range.to);
      return JSON.readTree(range.of(new String(in.readNBytes(most), StandardCharsets.UTF_8)));
    }
  }

  /** Whether that word stands anywhere in it. */
  boolean saysByteLevel() throws IOException {
    byte[] file = read();
    for (int i = 0; i <= file.length - BYTE_LEVEL.length; i++) {
      if (file[i] == BYTE_LEVEL[0]
          && Arrays.equals(file, i, i + BYTE_LEVEL.length, BYTE_LEVEL, 0, BYTE_LEVEL.length)) {
        return true;
      }
    }
    return false;
  }
}
