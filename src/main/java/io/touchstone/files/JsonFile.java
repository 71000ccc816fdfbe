package io.touchstone.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The small JSON files beside the rows, each a record. */
public final class JsonFile {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private JsonFile() {}

  public static byte[] bytes(Record value) {
    return (text(MAPPER.writer(), value) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** In one line, without its end. */
  public static byte[] line(Record value) {
    ObjectWriter writer = MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT);
    return text(writer, value).getBytes(StandardCharsets.UTF_8);
  }

  private static String text(ObjectWriter writer, Record value) {
    try {
      return writer.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + value.getClass(), e);
    }
  }

  public static JsonNode tree(byte[] json) throws IOException {
    return MAPPER.readTree(json);
  }

  public static <T extends Record> T convert(JsonNode json, Class<T> type) throws IOException {
    return MAPPER.treeToValue(json, type);
  }

  public static JsonNode tree(Record value) {
    return MAPPER.valueToTree(value);
  }

  public static <T extends Record> T read(byte[] json, Class<T> type) throws IOException {
    return MAPPER.readValue(json, type);
  }
}
