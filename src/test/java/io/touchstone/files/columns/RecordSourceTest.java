package io.touchstone.files.columns;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchstone.problem.UnfitInputException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecordSourceTest {

  private static final Configuration HADOOP = new Configuration();

  @TempDir Path folder;

  private Path write(String fields, int rows, BiConsumer<Group, Integer> row) throws IOException {
    return write(MessageTypeParser.parseMessageType("message m { " + fields + " }"), rows, row);
  }

  private Path write(MessageType schema, int rows, BiConsumer<Group, Integer> row)
      throws IOException {
    Path file = folder.resolve("in.parquet");
    Files.deleteIfExists(file);
    try (ParquetWriter<Group> out =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withType(schema)
            .withRowGroupRowCountLimit(10)
            .build()) {
      for (int i = 0; i < rows; i++) {
        Group group = new SimpleGroup(schema);
        row.accept(group, i);
        out.write(group);
      }
    }
    return file;
  }

  private static org.apache.hadoop.fs.Path path(Path file) {
    return new org.apache.hadoop.fs.Path(file.toUri());
  }

  private static List<String> read(Path file, long start, long end) throws IOException {
    List<String> rows = new ArrayList<>();
    try (RecordSource records =
        RecordSource.open(path(file), new RecordSource.Range(start, end), HADOOP)) {
      for (byte[] row = records.next(); row != null; row = records.next()) {
        rows.add(records.number() + " " + new String(row, UTF_8));
      }
      assertThat(records.rows()).isEqualTo(rows.size());
    }
    return rows;
  }

  private static String only(Path file) throws IOException {
    return read(file, 0, Files.size(file)).get(0).substring(2);
  }

  @Test
  void aColumnThatNoJsonValueSaysIsRefusedByNameAndCanBeLeftOut() throws IOException {
    MessageType schema =
        Types.buildMessage()
            .optionalGroup()
            .as(LogicalTypeAnnotation.variantType((byte) 1))
            .required(PrimitiveTypeName.BINARY)
            .named("metadata")
            .optional(PrimitiveTypeName.BINARY)
            .named("value")
            .named("any thing")
            .optional(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named("two words")
            .named("m");
    Path file =
        write(
            schema,
            1,
            (group, i) -> {
              group.addGroup(0).add(0, "x");
              group.add(1, "text");
            });
    for (Refusing refusing :
        List.<Refusing>of(
            () -> RecordSource.footer(path(file), Set.of(), HADOOP),
            () -> read(file, 0, 1 << 20))) {
      assertThatThrownBy(refusing::run)
          .isInstanceOf(UnfitInputException.class)
          .hasMessage(
              "expected columns that can stand in a JSON row, found any thing (VARIANT(1)): leave"
                  + " them out, with --drop-columns where the job has it, or cast them to text");
    }
    Set<String> dropped = Set.of("any thing", "not there");
    RecordSource.Footer footer = RecordSource.footer(path(file), dropped, HADOOP);
    assertThat(footer.columns().names()).containsExactly("two words");
    assertThat(footer.names()).containsExactly("any thing", "two words");
    try (RecordSource records =
        RecordSource.open(path(file), new RecordSource.Range(0, 1 << 20), dropped, HADOOP)) {
      assertThat(new String(records.next(), UTF_8)).isEqualTo("{\"two words\":\"text\"}");
    }
    assertThatThrownBy(
            () -> RecordSource.footer(path(file), Set.of("any thing", "two words"), HADOOP))
        .isInstanceOf(UnfitInputException.class)
        .hasMessageStartingWith("expected a column that --drop-columns leaves, found none but ");
  }

  @Test
  void pagesOfACompressionThatNothingHereReadsAreRefusedBeforeAnyRow() throws IOException {
    Path file =
        brotli(
            write(
                "required binary prompt (STRING); required int32 n;",
                1,
                (group, i) -> {
                  group.add("prompt", "x");
                  group.add("n", 1);
                }));
    for (Refusing refusing :
        List.<Refusing>of(
            () -> RecordSource.footer(path(file), Set.of(), HADOOP),
            () -> read(file, 0, 1 << 20))) {
      assertThatThrownBy(refusing::run)
          .isInstanceOf(UnfitInputException.class)
          .hasMessage(
              "expected pages as they are, or in snappy, gzip, lz4 or zstd, found BROTLI in column"
                  + " prompt: write the file again, in Python"
                  + " pyarrow.parquet.write_table(pyarrow.parquet.read_table('FILE'),"
                  + " 'NEW.parquet', compression='zstd')");
    }
  }

  /** The same file, whose footer now says that its pages are Brotli's. */
  private static Path brotli(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int length = bytes.getInt(bytes.limit() - 8);
    int start = bytes.limit() - 8 - length;
    FileMetaData footer =
        Util.readFileMetaData(new ByteArrayInputStream(bytes.array(), start, length));
    for (ColumnChunk column : footer.getRow_groups().get(0).getColumns()) {
      column.getMeta_data().setCodec(CompressionCodec.BROTLI);
    }
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    Util.writeFileMetaData(footer, changed);
    ByteBuffer end = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    end.putInt(changed.size()).put("PAR1".getBytes(UTF_8));
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(bytes.array(), 0, start);
      changed.writeTo(out);
      out.write(end.array());
    }
    return file;
  }

  private interface Refusing {
    void run() throws IOException;
  }

  @Test
  void aFileOfSomethingElseIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("no.parquet"), "{\"prompt\": \"x\"}\n");
    assertThatThrownBy(() -> RecordSource.footer(path(file), Set.of(), HADOOP))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("expected a Parquet file, found ")
        .hasMessageContaining("is not a Parquet file");
  }

  @Test
  void listsOfTwoLevelsAndRepeatedFieldsAreLists() throws IOException {
    Path file =
        write(
            "optional group two (LIST) { repeated binary array (STRING); }"
                + " optional group pairs (LIST) { repeated group array {"
                + " required int32 a; } }"
                + " repeated int32 plain;",
            1,
            (group, i) -> {
              Group two = group.addGroup("two");
              two.add("array", "x");
              two.add("array", "y");
              group.addGroup("pairs").addGroup("array").add("a", 1);
              group.add("plain", 7);
              group.add("plain", 8);
            });
    assertThat(only(file))
        .isEqualTo("{\"two\":[\"x\",\"y\"],\"pairs\":[{\"a\":1}],\"plain\":[7,8]}");
    assertThat(RecordSource.footer(path(file), Set.of(), HADOOP).columns())
        .isEqualTo(
            Columns.shown("{\"two\":[\"x\"],\"pairs\":null,\"plain\":null}".getBytes(UTF_8))
                .overwritten(
                    new Columns(
                        new ColumnType.Struct(
                            List.of(
                                new ColumnType.Field(
                                    "pairs",
                                    new ColumnType.ListOf(
                                        new ColumnType.Struct(
                                            List.of(
                                                new ColumnType.Field(
                                                    "a", ColumnType.Scalar.INT32))))),
                                new ColumnType.Field(
                                    "plain", new ColumnType.ListOf(ColumnType.Scalar.INT32)))))));
  }

  @Test
  void smallAndUnsignedWholeNumbersAndWordsKeepTheirValues() throws IOException {
    Path file =
        write(
            "required int32 small (INTEGER(8,true)); required int32 big (INTEGER(32,false));"
                + " required binary word (ENUM); required binary json (JSON);"
                + " required binary broken (JSON); required float f; optional int32 none (UNKNOWN);",
            1,
            (group, i) -> {
              group.add("small", -3);
              group.add("big", -1);
              group.add("word", "A");
              group.add("json", "{\"a\":\n 1.50}");
              group.add("broken", "1, \"injected\": 2");
              group.add("f", 0.1f);
            });
    assertThat(only(file))
        .isEqualTo(
            "{\"small\":-3,\"big\":4294967295,\"word\":\"A\",\"json\":{\"a\":  1.50},"
                + "\"broken\":\"1, \\\"injected\\\": 2\",\"f\":0.1,\"none\":null}");
  }

  @Test
  void whatIsNoUnicodeStandsInTheRowAsItIs() throws IOException {
    Path file =
        write(
            "required binary text (STRING);",
            1,
            (group, i) ->
                group.add("text", Binary.fromConstantByteArray(new byte[] {'a', (byte) 0xff})));
    try (RecordSource records =
        RecordSource.open(path(file), new RecordSource.Range(0, 1 << 20), HADOOP)) {
      assertThat(records.next())
          .isEqualTo(
              "{\"text\":\"a\u00ff\"}".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    }
  }

  @Test
  void everyRowIsInOneOfTheRangesBetweenTheBorders() throws IOException {
    Path file =
        write("required binary text (STRING);", 95, (group, i) -> group.add("text", "row " + i));
    RecordSource.Footer footer = RecordSource.footer(path(file), Set.of(), HADOOP);
    assertThat(footer.bytes()).isEqualTo(Files.size(file));
    assertThat(footer.borders()).hasSize(9).isSorted();
    List<String> all = new ArrayList<>();
    long start = 0;
    for (long border : footer.borders()) {
      List<String> rows = read(file, start, border);
      assertThat(rows).hasSize(10);
      all.addAll(rows);
      start = border;
    }
    all.addAll(read(file, start, footer.bytes()));
    assertThat(all).hasSize(95);
    for (int i = 0; i < 95; i++) {
      assertThat(all.get(i)).isEqualTo(i + " {\"text\":\"row " + i + "\"}");
    }
  }
}
