package io.touchstone.generation.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.touchstone.tokenizer.HuggingFaceTokens;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A byte-level tokenizer of the native library, of the pieces that a test wants: first texts, then
 * bytes, then added tokens, then special ones; ids in this order.
 */
final class PieceTokens {
  private final List<byte[]> pieces = new ArrayList<>();
  private final List<String> added = new ArrayList<>();
  private final List<String> special = new ArrayList<>();

  static PieceTokens of(String... texts) {
    PieceTokens tokens = new PieceTokens();
    for (String text : texts) {
      tokens.pieces.add(text.getBytes(UTF_8));
    }
    return tokens;
  }

  /**
   * @param piece one byte a character
   */
  PieceTokens bytes(String piece) {
    pieces.add(piece.getBytes(ISO_8859_1));
    return this;
  }

  PieceTokens added(String text) {
    added.add(text);
    return this;
  }

  PieceTokens special(String text) {
    special.add(text);
    return this;
  }

  HuggingFaceTokens open() {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("version", "1.0");
    ArrayNode tokens = root.putArray("added_tokens");
    added.forEach(text -> add(tokens, text, false));
    special.forEach(text -> add(tokens, text, true));
    root.putObject("pre_tokenizer")
        .put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", true)
        .put("use_regex", true);
    root.putObject("decoder")
        .put("type", "ByteLevel")
        .put("add_prefix_space", true)
        .put("trim_offsets", true)
        .put("use_regex", true);
    ObjectNode model = root.putObject("model").put("type", "BPE");
    ObjectNode vocabulary = model.putObject("vocab");
    for (byte[] piece : pieces) {
      vocabulary.put(spelled(piece), vocabulary.size());
    }
    model.putArray("merges");
    try {
      return HuggingFaceTokens.of(new ObjectMapper().writeValueAsBytes(root));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void add(ArrayNode tokens, String text, boolean isSpecial) {
    tokens
        .addObject()
        .put("id", pieces.size() + tokens.size())
        .put("content", text)
        .put("single_word", false)
        .put("lstrip", false)
        .put("rstrip", false)
        .put("normalized", false)
        .put("special", isSpecial);
  }

  /** The alphabet of byte-level vocabularies: a letter for each byte. */
  private static String spelled(byte[] piece) {
    StringBuilder text = new StringBuilder();
    for (byte each : piece) {
      int value = Byte.toUnsignedInt(each);
      int others = 0;
      for (int before = 0; before < value; before++) {
        others += isItself(before) ? 0 : 1;
      }
      text.append((char) (isItself(value) ? value : 256 + others));
    }
    return text.toString();
  }

  private static boolean isItself(int value) {
    return value >= 33 && value <= 126 || value >= 161 && value <= 172 || value >= 174;
  }
}
