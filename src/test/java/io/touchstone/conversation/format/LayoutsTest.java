package io.touchstone.conversation.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchstone.conversation.line.MalformedRow;
import io.touchstone.conversation.line.ParsedLine;
import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.RowNote;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Rows of our own in the shapes of published layouts ({@code layouts/rows.jsonl}, written by hand):
 * which format each is found to be, what is written, what is said and what is told; or why none is
 * found.
 */
final class LayoutsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> aPublishedLayoutIsReadAsItIsMeant() throws IOException {
    List<JsonNode> layouts = new ArrayList<>();
    try (InputStream in = LayoutsTest.class.getResourceAsStream("/layouts/rows.jsonl")) {
      for (String line : new String(in.readAllBytes(), UTF_8).lines().toList()) {
        layouts.add(JSON.readTree(line));
      }
    }
    assertThat(layouts).hasSizeGreaterThan(50);
    return layouts.stream()
        .map(layout -> DynamicTest.dynamicTest(layout.get("layout").asText(), () -> check(layout)));
  }

  private static void check(JsonNode layout) throws IOException {
    List<byte[]> rows = new ArrayList<>();
    for (JsonNode row : layout.get("rows")) {
      rows.add(JSON.writeValueAsBytes(row));
    }
    Detection detection = FormatDetector.detect(rows);
    if (layout.has("refused")) {
      assertThat(detection)
          .isInstanceOfSatisfying(
              Detection.Undetected.class,
              none ->
                  assertThat(none.message())
                      .startsWith("expected lines that fit one format, found none to fit."));
      return;
    }
    RowFormat format = RowFormat.named(layout.get("format").asText()).orElseThrow();
    assertThat(detection).isEqualTo(new Detection.Detected(format));
    assertThat(format.scores().by(format.scores().word())).isEqualTo(texts(layout.get("written")));
    RowReader reader = new RowReader(format);
    List<String> notes = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      ParsedLine parsed = reader.read(rows.get(i));
      JsonNode said = layout.get("said").get(i);
      if (parsed instanceof Row row) {
        assertThat(Lines.outline(row)).isEqualTo(texts(said));
        row.notes().stream().map(RowNote::name).forEach(notes::add);
      } else if (parsed instanceof MalformedRow malformed) {
        assertThat(malformed.kind()).as(malformed.reason()).isEqualTo(said.asText());
      }
    }
    assertThat(notes.stream().distinct().sorted().toList()).isEqualTo(texts(layout.get("notes")));
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }
}
