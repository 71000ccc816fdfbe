package io.touchstone.files.read;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.luben.zstd.Zstd;
import io.touchstone.conversation.format.FormatTable;
import io.touchstone.files.FileKind;
import io.touchstone.files.read.SkippedFiles.Skipped;
import io.touchstone.files.read.SkippedFiles.Why;
import io.touchstone.problem.Refused;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class InputListingTest {

  private static final String ROW = "{\"prompt\": \"a\", \"response\": \"b\"}";
  private static final String LINES = ROW + "\n" + ROW + "\n";
  private static final String ARRAY = "[\n  " + ROW + ",\n  " + ROW + "\n]\n";
  private static final String OBJECT = "{\n  \"features\": {},\n  \"splits\": []\n}\n";
  private static final String ENDINGS =
      ".jsonl, .ndjson or .json, one of these and .gz, .zst or .bz2, or .parquet";

  @TempDir Path folder;

  private static InputListing list(FormatChoice format, String... inputs) {
    return InputListing.of(
        new InputRequest(List.of(inputs), List.of(), 1_000, format), new Configuration());
  }

  private static InputListing list(String... inputs) {
    return list(new FormatChoice.ByFields(), inputs);
  }

  private static List<String> problems(FormatChoice format, String... inputs) {
    return catchThrowableOfType(Refused.class, () -> list(format, inputs)).problems();
  }

  private static List<String> problems(String... inputs) {
    return problems(new FormatChoice.ByFields(), inputs);
  }

  private String write(String name, String content) throws IOException {
    return write(name, content.getBytes(UTF_8));
  }

  private String write(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content).toString();
  }

  private Skipped skipped(String name, Why why) {
    return new Skipped("file:" + folder.resolve(name), why);
  }

  private static List<String> rows(InputFile file) throws IOException {
    List<String> rows = new ArrayList<>();
    try (FirstRows first = FirstRows.of(file, 1_000, new Configuration())) {
      for (byte[] row = first.next(); row != null; row = first.next()) {
        rows.add(new String(row, UTF_8).strip());
      }
    }
    return rows;
  }

  @Test
  void everyEndingAndCompressionIsReadAsArrayOrLines() throws IOException {
    List<String> names = new ArrayList<>();
    for (String plain : List.of(".jsonl", ".ndjson", "-lines.json", "-array.json")) {
      String text = plain.equals("-array.json") ? ARRAY : LINES;
      names.add(write("in" + plain, text));
      names.add(write("in" + plain + ".gz", CompressedInputTest.gzip(text)));
      names.add(write("in" + plain + ".zst", Zstd.compress(text.getBytes(UTF_8))));
      names.add(write("in" + plain + ".bz2", CompressedInputTest.bzip2(text)));
    }
    InputListing listing = list(names.toArray(new String[0]));
    assertThat(listing.files())
        .extracting(InputFile::kind)
        .containsExactly(
            FileKind.LINES,
            FileKind.GZIP_LINES,
            FileKind.ZSTD_LINES,
            FileKind.BZIP2_LINES,
            FileKind.LINES,
            FileKind.GZIP_LINES,
            FileKind.ZSTD_LINES,
            FileKind.BZIP2_LINES,
            FileKind.LINES,
            FileKind.GZIP_LINES,
            FileKind.ZSTD_LINES,
            FileKind.BZIP2_LINES,
            FileKind.ARRAY,
            FileKind.GZIP_ARRAY,
            FileKind.ZSTD_ARRAY,
            FileKind.BZIP2_ARRAY);
    for (InputFile file : listing.files()) {
      assertThat(file.format()).as(file.path()).isEqualTo(FormatTable.HELPSTEER2);
      assertThat(rows(file)).as(file.path()).containsExactly(ROW, ROW);
    }
  }

  @Test
  void linesUnderAnArraysNameAreCutIntoPiecesAndArraysAreNot() throws IOException {
    write("a.json", LINES.repeat(10));
    write("b.json", ARRAY);
    write("c.json.gz", CompressedInputTest.gzip(LINES.repeat(10)));
    assertThat(list(folder.toString()).pieces(2 * ROW.length() + 2))
        .extracting(piece -> piece.file().path().substring(("file:" + folder).length()))
        .startsWith("/a.json")
        .hasSize(12)
        .endsWith("/a.json", "/b.json", "/c.json.gz");
  }

  @Test
  void emptyAndBlankFilesHaveNoRowsWhateverTheirName() throws IOException {
    write("a.json", "");
    write("b.json", " \n\n");
    write("c.json.gz", CompressedInputTest.gzip(""));
    write("d.ndjson", "");
    InputListing listing = list(folder.toString());
    assertThat(listing.files())
        .extracting(InputFile::kind)
        .containsExactly(
            // As plans of before have it.
            FileKind.ARRAY, FileKind.LINES, FileKind.GZIP_LINES, FileKind.LINES);
    for (InputFile file : listing.files()) {
      assertThat(file.format()).isNull();
      assertThat(rows(file)).isEmpty();
    }
  }

  @Test
  void companionsOfAFoldersRowsAreSkippedAndNamed() throws IOException {
    write("data/train.json", LINES);
    write("data/dataset_info.json", OBJECT);
    write("data/state.json", OBJECT);
    write("data/notes.json.gz", CompressedInputTest.gzip(OBJECT));
    write("dataset_dict.json", "{\"splits\": [\"train\", \"test\"]}");
    write("README.md", "# rows");
    write(".hidden", "x");
    InputListing listing = list(folder.toString());
    assertThat(listing.files()).hasSize(1);
    SkippedFiles skipped = listing.skipped();
    assertThat(skipped)
        .isEqualTo(
            new SkippedFiles(
                5,
                List.of(
                    skipped("README.md", Why.OTHER_ENDING),
                    skipped("data/dataset_info.json", Why.ONE_OBJECT),
                    skipped("data/notes.json.gz", Why.ONE_OBJECT),
                    skipped("data/state.json", Why.ONE_OBJECT),
                    skipped("dataset_dict.json", Why.ONE_OBJECT))));
    assertThat(skipped.told())
        .isEqualTo(
            "5 files: README.md, dataset_info.json (one JSON object), notes.json.gz (one JSON"
                + " object) and 2 more");
    assertThat(list(folder + "/data/*.json").files()).isEqualTo(listing.files());
  }

  @Test
  void aCompanionsNameDoesNotHideRows() throws IOException {
    write("config.json", LINES);
    write("state.json", ARRAY);
    write("one.json", ROW);
    InputListing listing = list(folder.toString());
    assertThat(listing.skipped()).isEqualTo(SkippedFiles.NONE);
    assertThat(listing.files()).hasSize(3);
  }

  @Test
  void aFolderOfOnlySkippedFilesIsRefusedWithTheirNames() throws IOException {
    write("a/dataset_info.json", OBJECT);
    write("a/x.arrow", "x");
    write("b/train.jsonl", LINES);
    assertThat(problems(folder + "/b", folder + "/a"))
        .containsExactly(
            "["
                + folder
                + "/a] expected files that end with "
                + ENDINGS
                + ", found only 2 files: dataset_info.json (one JSON object), x.arrow");
  }

  @Test
  void oneObjectThatIsNamedIsRefusedWithTheWayOut() throws IOException {
    String info = write("dataset_info.json", OBJECT);
    String text = write("text.json", "hello");
    assertThat(problems(info, text))
        .containsExactly(
            "[file:"
                + info
                + "] expected one JSON array or lines of JSON objects, found one object over"
                + " several lines: write its rows as lines, jq -c '.FIELD[]' FILE > NEW.jsonl where"
                + " they stand in a field, jq -c . FILE > NEW.jsonl where it is a row",
            "[file:"
                + text
                + "] expected one JSON array or lines of JSON objects, found something else at the"
                + " top of the file");
  }

  @Test
  void anArrayUnderANameOfLinesIsRefusedWhateverTheFormat() throws IOException {
    String plain = write("a.jsonl", ARRAY);
    String gzip = write("b.ndjson.gz", CompressedInputTest.gzip(ARRAY));
    String why =
        "] expected lines of JSON objects, found a JSON array: end the file's name with .json, or"
            + " write each element as a line, jq -c '.[]' FILE > NEW.jsonl";
    for (FormatChoice format :
        List.of(
            new FormatChoice.ByFields(),
            new FormatChoice.Unneeded(),
            new FormatChoice.Named(FormatTable.HELPSTEER2))) {
      assertThat(problems(format, plain, gzip))
          .containsExactly("[file:" + plain + why, "[file:" + gzip + why);
    }
  }

  @Test
  void textThatIsNotUtf8IsRefusedWithTheWayOut() throws IOException {
    String lines = write("a.jsonl", ("\ufeff" + LINES).getBytes(UTF_16LE));
    String array = write("b.json", ARRAY.getBytes(UTF_16LE));
    assertThat(problems(new FormatChoice.Unneeded(), lines, array))
        .containsExactly(
            "[file:"
                + lines
                + "] expected UTF-8, found UTF-16 by its first bytes, ff fe 7b 00: write the text"
                + " again, iconv -f UTF-16 -t UTF-8 FILE > NEW",
            "[file:"
                + array
                + "] expected UTF-8, found UTF-16LE by its first bytes, 5b 00 0a 00: write the text"
                + " again, iconv -f UTF-16LE -t UTF-8 FILE > NEW");
  }

  @Test
  void aFileChangedBesideHadoopsChecksumsIsRefusedWithTheWayOut() throws IOException {
    String lines = written("a.jsonl");
    String array = written("b.json");
    assertThat(list(lines, array).files()).hasSize(2);
    write("a.jsonl", LINES.replace("b", "c"));
    write("b.json", LINES.replace("b", "c"));
    assertThat(problems(new FormatChoice.Unneeded(), lines, array))
        .containsExactly(
            "[file:" + lines + "] " + foreign(".a.jsonl.crc"),
            "[file:" + array + "] " + foreign(".b.json.crc"));
  }

  private static String foreign(String sums) {
    return "expected the bytes that Hadoop's checksums in "
        + sums
        + " beside it are of, found others: if the file was changed since and is right, remove "
        + sums
        + ", else bring the file back";
  }

  /** As Hadoop and Spark write local files, with checksums beside them. */
  private String written(String name) throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(folder.resolve(name).toUri());
    try (OutputStream out = FileSystem.getLocal(new Configuration()).create(path)) {
      out.write(LINES.getBytes(UTF_8));
    }
    assertThat(folder.resolve("." + name + ".crc")).exists();
    return folder.resolve(name).toString();
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void pipesSocketsAndDevicesAreRefusedAndNeverOpened() throws Exception {
    Path pipe = folder.resolve("in/pipe.jsonl");
    Files.createDirectories(pipe.getParent());
    Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assertThat(made.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(made.exitValue()).isZero();
    Path device = Files.createSymbolicLink(folder.resolve("in/zero.json"), Path.of("/dev/zero"));
    Path nameless = Files.createSymbolicLink(folder.resolve("stdin"), pipe);
    Path socket = folder.resolve("in/s.jsonl.gz");
    String why =
        "] expected a file, found a pipe, a socket or a device: write what it gives to a file, and"
            + " name that";
    try (ServerSocketChannel bound = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      bound.bind(UnixDomainSocketAddress.of(socket));
      assertThat(problems(nameless.toString(), folder + "/in"))
          .containsExactly(
              "[file:" + nameless + why,
              "[file:" + pipe + why,
              "[file:" + socket + why,
              "[file:" + device + why);
    }
  }
}
