package io.touchstone.conversation.line;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON that a string of the row spells. */
public final class JsonText {

  private JsonText() {}

  /**
   * The value, as {@link JsonValue#any} gives it; empty if the text is no JSON, or {@code null}.
   */
  public static Optional<Object> value(String text) {
    LineText line = LineText.of(text.getBytes(UTF_8));
    try (JsonParser in = LineJson.parser(line)) {
      if (in.nextToken() == null) {
        return Optional.empty();
      }
      @Nullable Object value = JsonValue.any(in);
      return in.nextToken() == null ? Optional.ofNullable(value) : Optional.empty();
    } catch (JsonProcessingException | RowProblem notJson) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot fail to be read", e);
    }
  }
}
