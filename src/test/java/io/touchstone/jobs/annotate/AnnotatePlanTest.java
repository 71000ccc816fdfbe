package io.touchstone.jobs.annotate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.touchstone.conversation.format.FormatTable;
import io.touchstone.conversation.line.RawLine;
import io.touchstone.files.Compression;
import io.touchstone.files.FileKind;
import io.touchstone.files.read.InputFile;
import io.touchstone.files.read.LineReaderTest;
import io.touchstone.files.read.LineSource;
import io.touchstone.files.read.Piece;
import io.touchstone.files.read.PieceInput;
import io.touchstone.files.read.SkippedFiles;
import io.touchstone.problem.Refused;
import io.touchstone.spark.FakeScorerFactory;
import io.touchstone.spark.Jobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AnnotatePlanTest {

  private static final String ENDINGS =
      ".jsonl, .ndjson or .json, one of these and .gz, .zst or .bz2, or .parquet";
  private static final FakeScorerFactory SCORERS = FakeScorerFactory.named("plan");

  @TempDir Path folder;
  private Path out;

  @BeforeEach
  void makeFolders() throws IOException {
    out = folder.resolve("out");
    Files.createDirectories(folder.resolve("in/b"));
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private AnnotatePlan plan(long pieceBytes, String... inputs) {
    return Jobs.plan(Jobs.config(out, pieceBytes, inputs), SCORERS);
  }

  private List<String> names(AnnotatePlan plan) {
    return plan.files().stream()
        .map(file -> file.path().substring(("file:" + folder + "/").length()))
        .toList();
  }

  private List<String> problems(String... inputs) {
    return catchThrowableOfType(Refused.class, () -> plan(100, inputs)).problems();
  }

  @Test
  void listsFoldersWithSubfoldersInOrderAndSkipsHiddenAndForeignFiles() throws IOException {
    String row = Jobs.row(1, "a");
    for (String name :
        List.of("z.jsonl", "a.jsonl", "b/c.jsonl", "_hidden.jsonl", ".x.jsonl", "README.md")) {
      write("in/" + name, row);
    }
    AnnotatePlan plan = plan(1_000, folder + "/in");
    assertThat(names(plan)).containsExactly("in/a.jsonl", "in/b/c.jsonl", "in/z.jsonl");
    assertThat(plan.skipped())
        .isEqualTo(
            new SkippedFiles(
                1,
                List.of(
                    new SkippedFiles.Skipped(
                        "file:" + folder + "/in/README.md", SkippedFiles.Why.OTHER_ENDING))));
    assertThat(plan.files().get(0).format()).isEqualTo(FormatTable.HELPSTEER2);
  }

  @Test
  void argumentsKeepTheirOrderAndAFileCountsOnceWhereItComesFirst() throws IOException {
    for (String name : List.of("a1.jsonl", "a2.jsonl", "b/c.jsonl", "[x].jsonl")) {
      write("in/" + name, Jobs.row(1, "a"));
    }
    String in = folder + "/in";
    assertThat(names(plan(1_000, in + "/b/c.jsonl", in + "/a*.jsonl", in, in + "/a1.jsonl")))
        .containsExactly("in/b/c.jsonl", "in/a1.jsonl", "in/a2.jsonl", "in/[x].jsonl");
    assertThat(names(plan(1_000, in + "/[x].jsonl"))).containsExactly("in/[x].jsonl");
  }

  @Test
  void cutsPlainLinesBySizeAndNothingElse() throws IOException {
    write("in/a.jsonl", (Jobs.row(1, "a") + "\n").repeat(3));
    write("in/b.json", "[" + Jobs.row(1, "a") + "," + Jobs.row(2, "a") + "]");
    write("in/c.jsonl", "");
    long bytes = Files.size(folder.resolve("in/a.jsonl"));
    long step = bytes / 2 - 1;
    AnnotatePlan plan = plan(step, folder + "/in");
    assertThat(plan.pieces()).extracting(Piece::index).containsExactly(0, 1, 2, 3, 4);
    assertThat(plan.pieces()).extracting(Piece::start).containsExactly(0L, step, step * 2, 0L, 0L);
    assertThat(plan.pieces().stream().mapToLong(Piece::bytes).sum()).isEqualTo(plan.bytes());
    assertThat(plan.pieces().get(4).bytes()).isZero();
  }

  @Test
  void reportsAllProblemsOfTheInputsAtOnce() throws IOException {
    Path text = write("in/notes.txt", "hello");
    Path object = write("in/object.json", "{\n  \"rows\": []\n}");
    Path numbers = write("in/b/numbers.jsonl", "1\n2\n");
    Path gone = folder.resolve("gone.jsonl");
    Path gzip = write("in/bad.jsonl.gz", "this is no gzip");
    List<String> problems =
        problems(
            text.toString(),
            object.toString(),
            numbers.toString(),
            gone.toString(),
            gzip.toString(),
            folder + "/*.none");
    assertThat(problems)
        .containsExactly(
            "[file:"
                + text
                + "] expected a file that ends with "
                + ENDINGS
                + ", found another ending",
            "[file:"
                + object
                + "] expected one JSON array or lines of JSON objects, found one object over several"
                + " lines: write its rows as lines, jq -c '.FIELD[]' FILE > NEW.jsonl where they stand in"
                + " a field, jq -c . FILE > NEW.jsonl where it is a row",
            "[file:" + numbers + "] expected lines of JSON objects, found none among the first 2",
            "[" + gone + "] expected a file, folder or glob, found no such file",
            "[file:" + gzip + "] cannot be read: Not in GZIP format",
            "[" + folder + "/*.none] expected files that end with " + ENDINGS + ", found nothing");
  }

  @Test
  void refusesAFieldThatWouldOverwriteARowsOwn() throws IOException {
    String file = write("in/a.jsonl", Jobs.row(1, "a")).toString();
    String pairs =
        write("in/b.jsonl", "{\"prompt\": 1, \"chosen\": 2, \"rejected\": 3}").toString();
    AnnotateConfig config =
        Jobs.config(out, 100, file, pairs).with(new RowWriting("prompt", null, Compression.NONE));
    Refused thrown = catchThrowableOfType(Refused.class, () -> Jobs.plan(config, SCORERS));
    assertThat(thrown.problems())
        .containsExactly(
            "--field: expected a name that leaves the fields of helpsteer2 rows as they are, found"
                + " prompt, which would overwrite prompt");
  }

  @Test
  void refusesAnOutputInsideAnInputFolderAndAnInputInsideTheOutput() throws IOException {
    write("in/a.jsonl", Jobs.row(1, "a"));
    out = folder.resolve("in/out");
    assertThat(problems(folder + "/in"))
        .containsExactly(
            "[file:"
                + folder
                + "/in] expected an output folder outside of the input folders, found file:"
                + out);
    Files.createDirectories(out);
    Path inside = write("in/out/part.jsonl", Jobs.row(1, "a"));
    assertThat(problems(inside.toString()))
        .containsExactly(
            "[file:"
                + inside
                + "] expected an input outside of the output folder, found it in file:"
                + out);
  }

  @Test
  void everyLineBelongsToTheOnePieceInWhichItStarts() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 25; round++) {
      byte[] bytes = LineReaderTest.randomBytes(random);
      Path file = Files.write(folder.resolve("in/r.jsonl"), bytes);
      InputFile input =
          new InputFile(
              file.toUri().toString(), FileKind.LINES, bytes.length, 0, FormatTable.HELPSTEER2);
      List<String> whole = lines(Piece.cut(List.of(input), 1_000));
      for (long step : List.of(1L, 2L, 3L, 7L, 50L)) {
        assertThat(lines(Piece.cut(List.of(input), step)))
            .as("seed %d round %d step %d", seed, round, step)
            .isEqualTo(whole);
      }
    }
  }

  /** Lines of all pieces, and as the last entry how many bytes they stand for. */
  private static List<String> lines(List<Piece> pieces) throws IOException {
    List<String> lines = new ArrayList<>();
    long bytes = 0;
    PieceInput input = new PieceInput(new Configuration(), 20);
    for (Piece piece : pieces) {
      try (LineSource source = input.open(piece)) {
        for (RawLine line = source.next(); line != null; line = source.next()) {
          byte[] content =
              line instanceof RawLine.TooLong tooLong
                  ? tooLong.head()
                  : ((RawLine.Whole) line).bytes();
          lines.add(line.offset() + Arrays.toString(content));
        }
        bytes += source.inputBytes();
      }
    }
    assertThat(bytes).isEqualTo(pieces.get(0).file().bytes());
    return lines;
  }
}
