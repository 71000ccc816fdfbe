package io.touchstone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchstone.cli.call.ExitStatus;
import io.touchstone.files.columns.RecordSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns of types that JSON has none for, through the jobs that choose and generate. */
final class TypedColumnsTest {

  private static final Path TYPED = Path.of("src/test/resources/columns/types-pyarrow.parquet");

  @TempDir Path folder;

  private final Program program = Program.installed();

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private void done(String... args) {
    assertThat(program.run(args)).as(program.err()).isEqualTo(ExitStatus.DONE);
  }

  private static RecordSource.Footer footer(Path file) throws IOException {
    return RecordSource.footer(
        new org.apache.hadoop.fs.Path(file.toUri()), Set.of(), new Configuration());
  }

  private static List<String> rows(Path file) throws IOException {
    List<String> rows = new ArrayList<>();
    try (RecordSource records =
        RecordSource.open(
            new org.apache.hadoop.fs.Path(file.toUri()),
            new RecordSource.Range(0, Long.MAX_VALUE),
            new Configuration())) {
      for (byte[] row = records.next(); row != null; row = records.next()) {
        rows.add(new String(row, UTF_8));
      }
    }
    return rows;
  }

  private Path part(String output) {
    return folder.resolve(output).resolve("part-00000.parquet");
  }

  @Test
  void filteredRowsKeepTheTypesOfTheirColumns() throws IOException {
    done(
        "filter",
        TYPED.toString(),
        "--kept",
        at("kept"),
        "--dropped",
        at("dropped"),
        "--by",
        "small",
        "--top",
        "1",
        "--rank",
        "--show-text",
        "--output-format",
        "parquet");
    Set<String> added = Set.of("rank", "percentile");
    for (String output : List.of("kept", "dropped")) {
      assertThat(footer(part(output)).columns().without(added))
          .isEqualTo(footer(TYPED.toAbsolutePath()).columns());
      assertThat(footer(part(output)).columns().toString())
          .endsWith("  optional int64 rank;\n  optional double percentile;\n}\n");
    }
    assertThat(program.out()).contains("The first row:\n{\"prompt\":\"q0\"");
    List<String> typed = rows(TYPED.toAbsolutePath());
    assertThat(rows(part("kept"))).containsExactly(added(typed.get(0), "1", "100.0"));
    assertThat(rows(part("dropped"))).containsExactly(added(typed.get(2), "2", "50.0"));
  }

  private static String added(String row, String rank, String percentile) {
    return row.substring(0, row.length() - 1)
        + ",\"rank\":"
        + rank
        + ",\"percentile\":"
        + percentile
        + "}";
  }

  private Path candidates() throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message m { required binary prompt (STRING); required group responses (LIST) { repeated"
                + " group list { required binary element (STRING); } } required group rewards (LIST)"
                + " { repeated group list { required double element; } } required int64 made"
                + " (TIMESTAMP(MICROS,true)); }");
    Path file = folder.resolve("candidates.parquet");
    try (ParquetWriter<Group> out =
        ExampleParquetWriter.builder(new LocalOutputFile(file)).withType(schema).build()) {
      Group row = new SimpleGroup(schema);
      row.add("prompt", "question");
      Group responses = row.addGroup("responses");
      Group rewards = row.addGroup("rewards");
      for (int i = 0; i < 2; i++) {
        responses.addGroup(0).add(0, "answer " + i);
        rewards.addGroup(0).add(0, i / 2.0);
      }
      row.add("made", -1L);
      out.write(row);
    }
    return file;
  }

  @Test
  void selectedRowsKeepTheTypesOfTheirColumns() throws IOException {
    String file = candidates().toString();
    done("select", file, "--output", at("best"), "--output-format", "parquet");
    assertThat(footer(part("best")).columns().toString())
        .isEqualTo(
            """
            message row {
              optional int64 made (TIMESTAMP(MICROS,true));
              optional binary input (STRING);
              optional binary output (STRING);
              optional double reward;
              optional binary _extra (STRING);
            }
            """);
    assertThat(rows(part("best")))
        .containsExactly(
            "{\"made\":\"1969-12-31T23:59:59.999999Z\",\"input\":\"question\",\"output\":\"answer"
                + " 1\",\"reward\":0.5,\"_extra\":null}");
  }

  @Test
  void rowsThatAModelScoresFirstAreSelectedIntoColumns() throws IOException {
    String file = candidates().toString();
    done(
        "select",
        file,
        "--output",
        at("pairs"),
        "--model",
        "demo",
        "--pairs",
        "--drop-columns",
        "rewards",
        "--output-format",
        "parquet");
    assertThat(footer(part("pairs")).columns().toString())
        .contains(
            "optional binary prompt (STRING);",
            "optional int64 made (TIMESTAMP(MICROS,true));",
            "optional double chosen_score;");
    assertThat(rows(part("pairs"))).hasSize(1);
  }

  @Test
  void answeredRowsKeepTheTypesOfTheirColumns() throws IOException {
    done(
        "generate",
        TYPED.toString(),
        "--output",
        at("answered"),
        "--model",
        "demo",
        "--max-new-tokens",
        "2",
        "--greedy",
        "--output-format",
        "parquet");
    Set<String> notOfTheRow =
        Set.of("responses", "thoughts", "finishes", "token_counts", "logprob_sums", "_extra");
    assertThat(footer(part("answered")).columns().without(notOfTheRow))
        .isEqualTo(footer(TYPED.toAbsolutePath()).columns().without(Set.of("response")));
    assertThat(footer(part("answered")).names()).containsAll(notOfTheRow);
    assertThat(rows(part("answered")))
        .hasSize(3)
        .allSatisfy(row -> assertThat(row).endsWith("\"_extra\":null}"));
  }

  @Test
  void joinedRowsKeepTheTypesOfTheirColumns() throws IOException {
    String file = TYPED.toString();
    done("annotate", file, "--output", at("scored"), "--output-format", "parquet");
    done(
        "select",
        at("scored"),
        "--output",
        at("joined"),
        "--group-by",
        "prompt",
        "--output-format",
        "parquet");
    assertThat(footer(part("joined")).columns().without(Set.of("responses", "rewards", "_extra")))
        .isEqualTo(footer(TYPED.toAbsolutePath()).columns().without(Set.of("response")));
    assertThat(rows(part("joined")))
        .hasSize(3)
        .allSatisfy(row -> assertThat(row).contains("\"responses\":[\"a", "\"_extra\":null"));
    assertThat(
            program.run(
                "select",
                at("scored"),
                "--output",
                at("pairs"),
                "--group-by",
                "prompt",
                "--pairs",
                "--output-format",
                "parquet"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .contains(
            "--output-format: expected jsonl beside --group-by and --pairs (a second jobs/select"
                + " --pairs over the joined rows writes parquet), found parquet");
  }

  @Test
  void columnsAreLeftOutOfLinesAndRecordsAsIfTheInputHadNone() throws IOException {
    Path lines =
        Files.writeString(
            folder.resolve("in.jsonl"),
            """
            {"prompt": "q", "debug": {"a": [1, 2]}, "response": "a",  "odd,name": 1}
            no row
            {"prompt": 1, "debug": 2, "response": "a"}
            """);
    done(
        "annotate",
        lines.toString(),
        "--output",
        at("lines"),
        "--drop-columns",
        "debug, odd\\,name",
        "--max-rejected",
        "2");
    assertThat(Files.readString(folder.resolve("lines/part-00000.jsonl")))
        .startsWith("{\"prompt\": \"q\", \"response\": \"a\", \"reward\": ");
    assertThat(Files.readAllLines(folder.resolve("lines/_rejected/part-00000.jsonl")))
        .satisfiesExactly(
            row -> assertThat(row).endsWith("\"line\": \"no row\"}"),
            row ->
                assertThat(row)
                    .contains("\"offset\": 80")
                    .endsWith("\"line\": \"{\\\"prompt\\\": 1, \\\"response\\\": \\\"a\\\"}\"}"));
    done(
        "annotate",
        TYPED.toString(),
        "--output",
        at("columns"),
        "--drop-columns",
        "raw,meta,by_day,tags,half,x,ms,us,ns,at,price,small,tiny");
    assertThat(Files.readAllLines(folder.resolve("columns/part-00000.jsonl")).get(0))
        .startsWith("{\"prompt\":\"q0\",\"response\":\"a0\",\"day\":\"2024-02-29\",\"reward\":");
  }

  @Test
  void namesThatNoRowHasAreMistakesAndAnotherListIsAnotherJob() {
    String input = TYPED.toString();
    String out = at("out");
    assertThat(program.run("annotate", input, "--output", out, "--drop-columns", "raw,rwa"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .contains(
            "--drop-columns: expected names that the first rows of a file have, found rwa in none");
    assertThat(program.run("annotate", input, "--output", out, "--drop-columns", "raw,,x"))
        .isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err())
        .contains("--drop-columns: expected names of fields, such as a,b, found 'raw,,x'");
    done("annotate", input, "--output", out, "--drop-columns", "raw");
    assertThat(program.run("annotate", input, "--output", out)).isEqualTo(ExitStatus.WRONG_CALL);
    assertThat(program.err()).contains("drop-columns: was raw, is not set");
    done("annotate", input, "--output", out, "--drop-columns", "raw");
    assertThat(program.out()).startsWith("An earlier run had scored 3 of 3 rows");
  }
}
