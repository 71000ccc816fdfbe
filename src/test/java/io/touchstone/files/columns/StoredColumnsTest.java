package io.touchstone.files.columns;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What JSON has no kind for comes back as it was, by way of a JSON row. */
final class StoredColumnsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  /**
   * A type, some of its values, and how these stand in JSON.
   *
   * @param type with a dollar sign for the name
   */
  private record Kind(String type, Map<Object, String> json) {
    static Kind of(String type, Object... valuesAndJson) {
      Map<Object, String> json = new LinkedHashMap<>();
      for (int i = 0; i < valuesAndJson.length; i += 2) {
        json.put(valuesAndJson[i], (String) valuesAndJson[i + 1]);
      }
      return new Kind(type, json);
    }

    @Override
    public String toString() {
      return type;
    }
  }

  private static Binary bytes(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length);
    for (int value : values) {
      bytes.put((byte) value);
    }
    return Binary.fromConstantByteArray(bytes.array());
  }

  private static Binary littleEndian(Number... values) {
    ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    for (Number value : values) {
      if (value instanceof Long wide) {
        bytes.putLong(wide);
      } else {
        bytes.putInt(value.intValue());
      }
    }
    return Binary.fromConstantByteArray(bytes.array());
  }

  private static Binary fixed(int length, String unscaled) {
    byte[] value = new BigInteger(unscaled).toByteArray();
    ByteBuffer bytes = ByteBuffer.allocate(length);
    for (int i = value.length; i < length; i++) {
      bytes.put((byte) (value[0] < 0 ? -1 : 0));
    }
    return Binary.fromConstantByteArray(bytes.put(value).array());
  }

  static Stream<Kind> kinds() {
    return Stream.of(
        Kind.of(
            "int64 $ (TIMESTAMP(MILLIS,true))",
            0L,
            "\"1970-01-01T00:00:00Z\"",
            -1L,
            "\"1969-12-31T23:59:59.999Z\"",
            Long.MIN_VALUE,
            "\"-292275055-05-16T16:47:04.192Z\"",
            Long.MAX_VALUE,
            "\"+292278994-08-17T07:12:55.807Z\""),
        Kind.of(
            "int64 $ (TIMESTAMP(MICROS,true))",
            1_709_251_199_123_456L,
            "\"2024-02-29T23:59:59.123456Z\"",
            Long.MIN_VALUE,
            "\"-290308-12-21T19:59:05.224192Z\""),
        Kind.of(
            "int64 $ (TIMESTAMP(NANOS,true))",
            -1L,
            "\"1969-12-31T23:59:59.999999999Z\"",
            Long.MIN_VALUE,
            "\"1677-09-21T00:12:43.145224192Z\"",
            Long.MAX_VALUE,
            "\"2262-04-11T23:47:16.854775807Z\""),
        Kind.of("int64 $ (TIMESTAMP(MILLIS,false))", 60_000L, "\"1970-01-01T00:01:00\""),
        Kind.of("int64 $ (TIMESTAMP(MICROS,false))", -1L, "\"1969-12-31T23:59:59.999999\""),
        Kind.of("int64 $ (TIMESTAMP(NANOS,false))", 500_000_000L, "\"1970-01-01T00:00:00.500\""),
        Kind.of(
            "int96 $",
            littleEndian(0L, 2_440_588),
            "\"1970-01-01T00:00:00Z\"",
            littleEndian(86_399_999_999_999L, 2_440_587),
            "\"1969-12-31T23:59:59.999999999Z\"",
            littleEndian(0L, 0),
            "\"-4713-11-24T00:00:00Z\""),
        Kind.of(
            "int32 $ (DATE)",
            19_782,
            "\"2024-02-29\"",
            -1,
            "\"1969-12-31\"",
            Integer.MIN_VALUE,
            "\"-5877641-06-23\""),
        Kind.of("int32 $ (TIME(MILLIS,true))", 1, "\"00:00:00.001\"", 86_400_000, "\"24:00:00\""),
        Kind.of("int64 $ (TIME(MICROS,false))", 3_661_000_001L, "\"01:01:01.000001\""),
        Kind.of("int64 $ (TIME(NANOS,true))", -1L, "\"-00:00:00.000000001\""),
        Kind.of("int32 $ (DECIMAL(9,2))", 1_250, "12.50", -5, "-0.05"),
        Kind.of("int64 $ (DECIMAL(18,0))", 999_999_999_999_999_999L, "999999999999999999"),
        Kind.of(
            "fixed_len_byte_array(16) $ (DECIMAL(38,10))",
            fixed(16, "12345678901234567890123456789012345678"),
            "1234567890123456789012345678.9012345678",
            fixed(16, "-1"),
            "-0.0000000001",
            fixed(16, "0"),
            "0.0000000000"),
        Kind.of("binary $ (DECIMAL(20,3))", bytes(0xfc, 0x18), "-1.000"),
        Kind.of("binary $", bytes(0, 255, 10), "\"AP8K\"", bytes(), "\"\""),
        Kind.of("fixed_len_byte_array(3) $", bytes(1, 2, 3), "\"AQID\""),
        Kind.of("binary $ (BSON)", bytes(5, 0, 0, 0, 0), "\"BQAAAAA=\""),
        Kind.of(
            "fixed_len_byte_array(16) $ (UUID)",
            bytes(0, 17, 34, 51, 68, 85, 102, 119, 136, 153, 170, 187, 204, 221, 238, 255),
            "\"00112233-4455-6677-8899-aabbccddeeff\""),
        Kind.of(
            "fixed_len_byte_array(12) $ (INTERVAL)",
            littleEndian(14, 3, 5_250),
            "\"P14M3DT5.250S\"",
            littleEndian(-1, 0, -1),
            "\"P4294967295M0DT4294967.295S\""),
        Kind.of(
            "fixed_len_byte_array(2) $ (FLOAT16)",
            bytes(0x00, 0x3c),
            "1.0",
            bytes(0x66, 0x2e),
            "0.099975586",
            bytes(0x01, 0x80),
            "-5.9604645E-8",
            bytes(0xff, 0x7b),
            "65504.0",
            bytes(0x00, 0xfc),
            "\"-Infinity\"",
            bytes(0x00, 0x7e),
            "\"NaN\""),
        Kind.of("int32 $ (INTEGER(8,true))", -128, "-128"),
        Kind.of("int32 $ (INTEGER(16,false))", 65_535, "65535"),
        Kind.of("int32 $ (INTEGER(32,false))", -1, "4294967295"),
        Kind.of("int64 $ (INTEGER(64,false))", -1L, "18446744073709551615"),
        Kind.of(
            "float $",
            0.1f,
            "0.1",
            -0.0f,
            "-0.0",
            Float.NaN,
            "\"NaN\"",
            Float.POSITIVE_INFINITY,
            "\"Infinity\""),
        Kind.of(
            "double $",
            0.1,
            "0.1",
            Double.NaN,
            "\"NaN\"",
            Double.NEGATIVE_INFINITY,
            "\"-Infinity\""),
        Kind.of("double $", -0.0, "-0.0", 0.0, "0.0"),
        Kind.of("fixed_len_byte_array(2) $ (FLOAT16)", bytes(0, 0x80), "-0.0"),
        Kind.of("binary $ (GEOMETRY)", bytes(1, 2), "\"AQI=\""),
        Kind.of("int64 $", Long.MIN_VALUE, "-9223372036854775808"),
        Kind.of("int32 $", 7, "7"),
        Kind.of("boolean $", true, "true", false, "false"),
        Kind.of("binary $ (STRING)", Binary.fromString("é \"quoted\""), "\"é \\\"quoted\\\"\""));
  }

  private static MessageType schema(String fields) {
    return MessageTypeParser.parseMessageType("message row { " + fields + " }");
  }

  private static String of(Kind kind, String name) {
    return kind.type.replace("$", name);
  }

  /** The type flat, in a struct, in a list, and as key and value of a map. */
  private static MessageType nested(Kind kind) {
    return schema(
        "optional %s; optional group s { optional %s; } optional group l (LIST) { repeated group list { optional %s; } }"
                .formatted(of(kind, "flat"), of(kind, "in"), of(kind, "element"))
            + "optional group m (MAP) { repeated group key_value { required %s; optional group value { optional %s; } } }"
                .formatted(of(kind, "key"), of(kind, "last")));
  }

  private static void add(Group group, int field, Object value) {
    if (value instanceof Integer each) {
      group.add(field, each);
    } else if (value instanceof Long each) {
      group.add(field, each);
    } else if (value instanceof Float each) {
      group.add(field, each);
    } else if (value instanceof Double each) {
      group.add(field, each);
    } else if (value instanceof Boolean each) {
      group.add(field, each);
    } else {
      group.add(field, (Binary) value);
    }
  }

  /** A row with the value everywhere and a null beside it, and an empty map. */
  private static Group row(MessageType schema, Object value) {
    Group row = new SimpleGroup(schema);
    add(row, 0, value);
    add(row.addGroup(1), 0, value);
    Group list = row.addGroup(2);
    add(list.addGroup(0), 0, value);
    list.addGroup(0);
    Group entry = row.addGroup(3).addGroup(0);
    add(entry, 0, value);
    add(entry.addGroup(1), 0, value);
    return row;
  }

  private Path written(MessageType schema, List<Group> rows) throws IOException {
    Path file = folder.resolve("in.parquet");
    Files.deleteIfExists(file);
    try (ParquetWriter<Group> out =
        ExampleParquetWriter.builder(new LocalOutputFile(file)).withType(schema).build()) {
      for (Group row : rows) {
        out.write(row);
      }
    }
    return file;
  }

  private static List<byte[]> json(Path file) throws IOException {
    List<byte[]> rows = new ArrayList<>();
    try (RecordSource records =
        RecordSource.open(
            new org.apache.hadoop.fs.Path(file.toUri()),
            new RecordSource.Range(0, Files.size(file)),
            new Configuration())) {
      for (byte[] row = records.next(); row != null; row = records.next()) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static Columns columns(Path file) throws IOException {
    return RecordSource.footer(
            new org.apache.hadoop.fs.Path(file.toUri()), Set.of(), new Configuration())
        .columns();
  }

  /** A file of the same columns, written from the JSON rows. */
  private Path through(Path file) throws IOException {
    Path back = folder.resolve("back.parquet");
    try (RecordFile out = new RecordFile(columns(file).settled(), Files.newOutputStream(back))) {
      for (byte[] row : json(file)) {
        out.row(row);
      }
    }
    return back;
  }

  private static List<Object> values(Path file) throws IOException {
    List<Object> rows = new ArrayList<>();
    try (ParquetReader<Group> in =
        new ParquetReader.Builder<Group>(new LocalInputFile(file)) {
          @Override
          protected GroupReadSupport getReadSupport() {
            return new GroupReadSupport();
          }
        }.build()) {
      for (Group row = in.read(); row != null; row = in.read()) {
        rows.add(values(row));
      }
    }
    return rows;
  }

  private static List<Object> values(Group group) {
    List<Object> values = new ArrayList<>();
    for (int field = 0; field < group.getType().getFieldCount(); field++) {
      Type type = group.getType().getType(field);
      for (int i = 0; i < group.getFieldRepetitionCount(field); i++) {
        Object value =
            type.isPrimitive() ? StoredValue.of(group, field, i) : values(group.getGroup(field, i));
        values.add(List.of(type.getName(), value));
      }
    }
    return values;
  }

  private static MessageType schemaOf(Path file) throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
      return reader.getFooter().getFileMetaData().getSchema();
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyTypeStandsInJsonAsItsUsersExpectAndComesBackValueForValue(Kind kind)
      throws IOException {
    MessageType schema = nested(kind);
    List<Group> rows = new ArrayList<>();
    kind.json.keySet().forEach(value -> rows.add(row(schema, value)));
    Group empty = new SimpleGroup(schema);
    empty.addGroup(1);
    empty.addGroup(2);
    empty.addGroup(3);
    rows.add(empty);
    rows.add(new SimpleGroup(schema));
    Path file = written(schema, rows);
    Path back = through(file);
    // Intervals come back as the bytes that they are.
    assertThat(schemaOf(back))
        .isEqualTo(
            MessageTypeParser.parseMessageType(schema.toString().replace(" (INTERVAL)", "")));
    assertThat(values(back)).isEqualTo(values(file));
    List<byte[]> found = json(file);
    List<String> expected = new ArrayList<>(kind.json.values());
    for (int i = 0; i < expected.size(); i++) {
      String json = expected.get(i);
      String key = json.startsWith("\"") ? json : '"' + json + '"';
      assertThat(new String(found.get(i), UTF_8))
          .isEqualTo(
              "{\"flat\":%s,\"s\":{\"in\":%s},\"l\":[%s,null],\"m\":{%s:{\"last\":%s}}}"
                  .formatted(json, json, json, key, json));
    }
  }

  @Test
  void aMapThatNoObjectCanSayIsAListOfItsEntries() throws IOException {
    MessageType schema =
        schema(
            "optional group twice (MAP) { repeated group key_value { required binary key (STRING);"
                + " optional int32 value; } }"
                + " optional group deep (MAP) { repeated group key_value { required group key {"
                + " optional int32 x; } optional int32 value; } }");
    Group row = new SimpleGroup(schema);
    Group twice = row.addGroup(0);
    for (int i = 1; i < 3; i++) {
      Group entry = twice.addGroup(0);
      entry.add(0, "a");
      entry.add(1, i);
    }
    Group entry = row.addGroup(1).addGroup(0);
    entry.addGroup(0).add(0, 3);
    entry.add(1, 4);
    Path file = written(schema, List.of(row));
    assertThat(new String(json(file).get(0), UTF_8))
        .isEqualTo(
            "{\"twice\":[{\"key\":\"a\",\"value\":1},{\"key\":\"a\",\"value\":2}],"
                + "\"deep\":[{\"key\":{\"x\":3},\"value\":4}]}");
    Path back = through(file);
    assertThat(schemaOf(back)).isEqualTo(schema);
    assertThat(values(back)).isEqualTo(values(file));
  }

  @Test
  void int96OfMoreThanADayIsTheSamePointInTime() throws IOException {
    MessageType schema = schema("optional int96 t;");
    Group row = new SimpleGroup(schema);
    row.add(0, littleEndian(86_400_000_000_001L, 2_440_588));
    assertThat(new String(json(written(schema, List.of(row))).get(0), UTF_8))
        .isEqualTo("{\"t\":\"1970-01-02T00:00:00.000000001Z\"}");
  }

  @Test
  void valuesOfRowsThatDoNotFitTheTypeLieInTheExtraColumn() throws IOException {
    MessageType schema =
        schema(
            "optional int64 t (TIMESTAMP(MILLIS,true)); optional int32 d (DECIMAL(9,2));"
                + " optional int32 small (INTEGER(8,true)); optional binary b;");
    Columns columns = columns(written(schema, List.of())).withExtra();
    for (String unfit :
        List.of(
            "{\"t\": \"1970-01-01T00:00:00.0001Z\"}",
            "{\"t\": \"1970-01-01 00:00:00\"}",
            "{\"t\": 0}",
            "{\"d\": 0.001}",
            "{\"d\": 1e999999999}",
            "{\"d\": \"0.01\"}",
            "{\"small\": 128}",
            "{\"b\": \"AQ\"}",
            "{\"b\": \"no base64!\"}")) {
      JsonNode extra = columns.record(unfit.getBytes(UTF_8)).get(Columns.EXTRA);
      assertThat(extra.textValue()).isEqualTo(unfit);
    }
    assertThat(columns.record("{\"d\": 1.5, \"b\": \"AQ==\"}".getBytes(UTF_8)).keySet())
        .containsExactly("d", "b");
  }

  @Test
  void columnsOfSeveralFilesWidenWhereAWiderTypeHasRoomForBoth() throws IOException {
    Columns cents = columns(written(schema("optional int32 x (DECIMAL(9,2));"), List.of()));
    Columns fine = columns(written(schema("optional int64 x (DECIMAL(18,6));"), List.of()));
    assertThat(cents.merged(fine).toString())
        .contains("optional fixed_len_byte_array(16) x (DECIMAL(18,6))");
    assertThat(cents.merged(fine).covers(cents)).isTrue();
    Columns millis =
        columns(written(schema("optional int64 x (TIMESTAMP(MILLIS,true));"), List.of()));
    Columns nanos =
        columns(written(schema("optional int64 x (TIMESTAMP(NANOS,true));"), List.of()));
    assertThat(millis.merged(nanos)).isEqualTo(nanos);
    assertThat(nanos.covers(millis)).isFalse();
    assertThat(nanos.covers(nanos)).isTrue();
    Columns local =
        columns(written(schema("optional int64 x (TIMESTAMP(NANOS,false));"), List.of()));
    assertThat(nanos.merged(local).toString()).contains("optional binary x (JSON)");
    Columns tiny = columns(written(schema("optional int32 x (INTEGER(8,true));"), List.of()));
    Columns wide = columns(written(schema("optional int64 x;"), List.of()));
    assertThat(tiny.merged(wide)).isEqualTo(wide);
    assertThat(wide.covers(tiny)).isTrue();
  }
}
