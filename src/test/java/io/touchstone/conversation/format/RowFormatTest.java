package io.touchstone.conversation.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

final class RowFormatTest {

  private static final String FORMATS = "io.touchstone.conversation.format.FormatTable#ALL";
  private static final JsonMapper JSON = new JsonMapper();

  @ParameterizedTest
  @CsvSource({
    "helpsteer2, HELPSTEER2",
    "best-of-n, BEST_OF_N",
    "preference-lists, PREFERENCE_LISTS"
  })
  void plansKeepAFormatByAName(String word, String name) throws JsonProcessingException {
    RowFormat format = RowFormat.named(word).orElseThrow();
    assertThat(JSON.writeValueAsString(format)).isEqualTo("\"" + name + "\"");
    assertThat(JSON.readValue("\"" + name + "\"", RowFormat.class)).isSameAs(format);
  }

  @Test
  void aPlanWithANameThatNoFormatHasCannotBeRead() {
    assertThatThrownBy(() -> JSON.readValue("\"CSV\"", RowFormat.class))
        .isInstanceOf(JsonProcessingException.class)
        .hasMessageContaining("expected a line format, found CSV");
  }

  @ParameterizedTest
  @FieldSource(FORMATS)
  void aFormatThatWasShippedIsTheSame(RowFormat format) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream shipped = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(shipped)) {
      out.writeObject(format);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(shipped.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(format);
    }
  }
}
