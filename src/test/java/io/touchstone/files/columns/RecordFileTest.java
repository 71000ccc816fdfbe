package io.touchstone.files.columns;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecordFileTest {

  @TempDir Path folder;

  private static Columns shown(String... rows) throws IOException {
    Columns columns = Columns.none();
    for (String row : rows) {
      columns = columns.merged(Columns.shown(row.getBytes(UTF_8)));
    }
    return columns;
  }

  /** The rows as they come back, through a file of these columns. */
  private List<String> through(Columns columns, String... rows) throws IOException {
    Path file = folder.resolve("rows.parquet");
    OutputStream out = Files.newOutputStream(file);
    RecordFile records = new RecordFile(columns, out);
    try (records) {
      for (String row : rows) {
        records.row(row.getBytes(UTF_8));
      }
    }
    assertThat(records.rows()).isEqualTo(rows.length);
    assertThat(records.bytes()).isEqualTo(Files.size(file));
    return read(file);
  }

  private static List<String> read(Path file) throws IOException {
    List<String> rows = new ArrayList<>();
    try (RecordSource records =
        RecordSource.open(
            new org.apache.hadoop.fs.Path(file.toUri()),
            new RecordSource.Range(0, Files.size(file)),
            new Configuration())) {
      for (byte[] row = records.next(); row != null; row = records.next()) {
        rows.add(new String(row, UTF_8));
      }
      assertThat(records.rows()).isEqualTo(rows.size());
    }
    return rows;
  }

  @Test
  void everyKindOfValueComesBackAsItWas() throws IOException {
    String row =
        "{\"text\":\"a \\\"quoted\\\" line\\nand another, with \u00e9 and \ud83d\ude00\","
            + "\"yes\":true,\"whole\":-9007199254740993,\"half\":2.5,\"score\":3.9906383,"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},"
            + "{\"role\":\"assistant\",\"content\":null}],"
            + "\"none\":[],\"lists\":[[1,2],[],[3]],\"nested\":{\"a\":{\"b\":[\"x\",null]}}}";
    assertThat(through(shown(row).settled(), row)).containsExactly(row);
  }

  @Test
  void aMissingFieldIsNull() throws IOException {
    Columns columns = shown("{\"a\":1,\"b\":\"x\"}").settled();
    assertThat(through(columns, "{\"b\":\"y\"}", "{}"))
        .containsExactly("{\"a\":null,\"b\":\"y\"}", "{\"a\":null,\"b\":null}");
  }

  /** The text of a row's {@code _extra}; empty for null. */
  private static String extra(String row) throws IOException {
    return new ObjectMapper().readTree(row).get("_extra").asText("");
  }

  @Test
  void whatHasNoRoomLiesInTheExtraColumnByteForByte() throws IOException {
    Columns columns = shown("{\"a\":1,\"m\":[{\"role\":\"user\"}]}").withExtra();
    String unfit =
        "{\"a\": 2.50, \"m\": [{\"role\": \"user\", \"name\": \"x\"}], \"new\": [1, 2],"
            + " \"twice\": {\"k\": 1, \"k\": 2}, \"a\": 12345678901234567890}";
    String row = through(columns, unfit).get(0);
    assertThat(row).startsWith("{\"a\":null,\"m\":null,\"_extra\":\"{");
    assertThat(extra(row)).isEqualTo(unfit);
  }

  @Test
  void anExtraColumnOfAnEarlierResultStays() throws IOException {
    Columns columns = shown("{\"a\":1,\"_extra\":\"{}\"}").withExtra();
    List<String> rows =
        through(
            columns,
            "{\"a\":1,\"_extra\":\"{\\\"b\\\": 2.50}\"}",
            "{\"a\":\"t\",\"_extra\":\"{\\\"b\\\": 1}\"}",
            "{\"a\":2,\"_extra\":{\"b\":1}}");
    assertThat(extra(rows.get(0))).isEqualTo("{\"b\": 2.50}");
    assertThat(extra(rows.get(1))).isEqualTo("{\"a\": \"t\", \"_extra\": \"{\\\"b\\\": 1}\"}");
    assertThat(extra(rows.get(2))).isEqualTo("{\"_extra\": {\"b\":1}}");
  }

  @Test
  void withoutAnExtraColumnAValueThatDoesNotFitIsRefusedByItsName() throws IOException {
    Columns columns = shown("{\"a\":1}").settled();
    assertThatThrownBy(() -> columns.record("{\"a\":\"secret\"}".getBytes(UTF_8)))
        .isInstanceOf(IOException.class)
        .hasMessage("expected fields that fit the columns, found [a]");
  }

  @Test
  void valuesOfSeveralKindsAreOneColumnOfJson() throws IOException {
    String[] rows = {
      "{\"content\":\"text\"}", "{\"content\":[{\"type\":\"image\"}]}", "{\"content\":null}"
    };
    Columns columns = shown(rows).settled();
    assertThat(columns.toString()).contains("optional binary content (JSON)");
    assertThat(through(columns, rows)).containsExactly(rows);
  }

  @Test
  void halfASurrogatePairSurvives() throws IOException {
    String row = "{\"a\":\"\\ud83d\"}";
    assertThat(extra(through(shown("{\"a\":\"x\"}").withExtra(), row).get(0)))
        .isEqualTo("{\"a\": \"\\ud83d\"}");
    Columns mixed = shown("{\"a\":\"x\"}", "{\"a\":1}").settled();
    assertThat(through(mixed, row)).containsExactly("{\"a\":\"\\uD83D\"}");
  }

  @Test
  void numbersKeepTheirValuesOrGoIntoTheExtraColumn() throws IOException {
    Columns columns = shown("{\"d\":0.5}").withExtra();
    assertThat(
            through(
                columns,
                "{\"d\":4}",
                "{\"d\":0.30000000000000004}",
                "{\"d\":1E-7}",
                "{\"d\":9007199254740993}",
                "{\"d\":1e999}",
                "{\"d\":0.1234567890123456789}"))
        .containsExactly(
            "{\"d\":4.0,\"_extra\":null}",
            "{\"d\":0.30000000000000004,\"_extra\":null}",
            "{\"d\":1.0E-7,\"_extra\":null}",
            "{\"d\":null,\"_extra\":\"{\\\"d\\\": 9007199254740993}\"}",
            "{\"d\":null,\"_extra\":\"{\\\"d\\\": 1e999}\"}",
            "{\"d\":null,\"_extra\":\"{\\\"d\\\": 0.1234567890123456789}\"}");
  }

  @Test
  void theSchemaIsWhatReadersExpectOfLists() throws IOException {
    Columns columns = shown("{\"m\":[{\"role\":\"u\"}],\"n\":1,\"x\":null}").withExtra();
    assertThat(columns.toString())
        .isEqualTo(
            """
            message row {
              optional group m (LIST) {
                repeated group list {
                  optional group element {
                    optional binary role (STRING);
                  }
                }
              }
              optional int64 n;
              optional binary x (STRING);
              optional binary _extra (STRING);
            }
            """);
  }

  @Test
  void objectsWithoutNamesOrWithTooManyAreJson() throws IOException {
    StringBuilder table = new StringBuilder("{\"empty\":{},\"\":1,\"table\":{\"k\":0");
    for (int i = 0; i < 1_000; i++) {
      table.append(",\"k").append(i).append("\":").append(i);
    }
    String row = table.append("}}").toString();
    Columns columns = shown(row).withExtra();
    assertThat(columns.toString())
        .contains("binary empty (JSON)", "binary table (JSON)")
        .doesNotContain("k1");
    String back = through(columns, row).get(0);
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(back).get("table")).isEqualTo(json.readTree(row).get("table"));
    assertThat(extra(back)).isEqualTo("{\"\": 1}");
  }
}
