package io.touchstone.conversation.line;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Passes over the fields of objects in a line. */
public final class LineObject {

  private LineObject() {}

  /** What becomes of a field. */
  @FunctionalInterface
  public interface FieldReader {

    /**
     * @param nameStart offset in the line
     * @param in stands at the value's first token, and is left at its last
     */
    void read(String name, int nameStart, JsonParser in) throws IOException;
  }

  /**
   * Reads the object that a line is, in one pass.
   *
   * @throws RowProblem if the line is no JSON object
   */
  public static LineShape read(LineText line, FieldReader reader) {
    try (JsonParser in = LineJson.parser(line)) {
      JsonToken first = in.nextToken();
      if (first == null) {
        throw new RowProblem(
            Malformation.NOT_JSON, "line", "expected a JSON object, found nothing");
      }
      if (first != JsonToken.START_OBJECT) {
        throw JsonPath.wrongType("line", "a JSON object", first);
      }
      LineShape shape = fields(line, 0, in, reader);
      shape.expectLineEnd();
      return shape;
    } catch (JsonProcessingException e) {
      throw LineJson.problem(e, line);
    } catch (IOException e) {
      throw new UncheckedIOException("a line in memory cannot fail to be read", e);
    }
  }

  /** Reads an object inside of a line that is known to be JSON. */
  public static LineShape within(LineText line, Span object, FieldReader reader) {
    return value(line, object, in -> fields(line, object.start(), in, reader));
  }

  /** Reads a value inside of a line that is known to be JSON; the parser counts from its start. */
  static <T> T value(LineText line, Span value, JsonValue.Reader<T> reader) {
    try (JsonParser in = LineJson.parser(line, value)) {
      in.nextToken();
      return reader.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException("a line that was read as JSON cannot fail to be read", e);
    }
  }

  private static LineShape fields(LineText line, int offset, JsonParser in, FieldReader reader)
      throws IOException {
    LineShape shape = new LineShape(line);
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      int nameStart = offset + LineJson.tokenStart(in);
      in.nextToken();
      shape.field(nameStart, offset + LineJson.tokenStart(in));
      reader.read(name, nameStart, in);
    }
    shape.end(offset + LineJson.tokenStart(in));
    return shape;
  }
}
