package io.touchstone.files.columns;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.touchstone.conversation.line.LineJson;
import io.touchstone.conversation.line.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** The top-level fields of a JSON row. */
final class JsonFields {

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();
  private static final ObjectMapper ASCII =
      MAPPER.copy().configure(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature(), true);

  private JsonFields() {}

  /**
   * @param raw the value's bytes as they stand in the row
   */
  record JsonField(String name, byte[] raw) {

    /** The value; empty if an object in it has a name twice, which no record can hold. */
    Optional<JsonNode> value() {
      try (JsonParser in = new SignedZeros(MAPPER.createParser(raw))) {
        return Optional.of(MAPPER.readTree(in));
      } catch (JsonProcessingException twice) {
        return Optional.empty();
      } catch (IOException e) {
        throw new UncheckedIOException("a value in memory cannot fail to be read", e);
      }
    }
  }

  /**
   * @param row one JSON object in UTF-8
   */
  static List<JsonField> of(byte[] row) throws IOException {
    List<JsonField> fields = new ArrayList<>();
    try (JsonParser in = FACTORY.createParser(row)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("expected a JSON object for a record, found something else");
      }
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        in.nextToken();
        Span value = LineJson.valueSpan(in);
        fields.add(new JsonField(name, Arrays.copyOfRange(row, value.start(), value.end())));
      }
    }
    return fields;
  }

  static boolean isJson(String text) {
    try (JsonParser in = FACTORY.createParser(text)) {
      if (in.nextToken() == null) {
        return false;
      }
      in.skipChildren();
      return in.nextToken() == null;
    } catch (JsonProcessingException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("a value in memory cannot fail to be read", e);
    }
  }

  /** JSON text without line breaks; half of a surrogate pair stays as an escape. */
  static String text(JsonNode value) throws IOException {
    String text = MAPPER.writeValueAsString(value);
    return isUnicode(text) ? text : ASCII.writeValueAsString(value);
  }

  /** The text of an object of these fields, each as it stands. */
  static String object(List<JsonField> fields) throws IOException {
    StringJoiner json = new StringJoiner(", ", "{", "}");
    for (JsonField field : fields) {
      json.add(text(TextNode.valueOf(field.name)) + ": " + new String(field.raw, UTF_8));
    }
    return json.toString();
  }

  /** Whether UTF-8 can say it: no half of a surrogate pair stands alone. */
  static boolean isUnicode(String text) {
    return text.codePoints().noneMatch(point -> Character.getType(point) == Character.SURROGATE);
  }
}
