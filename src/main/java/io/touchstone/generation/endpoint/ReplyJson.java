package io.touchstone.generation.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.Optional;

/** JSON from and to a server; its reader bounds the bytes. */
final class ReplyJson {

  private static final int MAX_DEPTH = 100;

  static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** What is not there. */
  static final JsonNode NOTHING = MissingNode.getInstance();

  private ReplyJson() {}

  /** An object; empty if the bytes are something else. */
  static Optional<JsonNode> parsed(byte[] bytes) {
    try {
      return Optional.ofNullable(MAPPER.readTree(bytes)).filter(JsonNode::isObject);
    } catch (IOException notJson) {
      // Jackson's message quotes the bytes, which may be a conversation's.
      return Optional.empty();
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
