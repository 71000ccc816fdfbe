package io.touchstone.files.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.Zstd;
import io.touchstone.Fuzz;
import io.touchstone.conversation.line.RawLine;
import io.touchstone.files.FileKind;
import io.touchstone.problem.UnfitInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a file holds: each of its bytes is of one line of one piece, or reading it fails. */
final class LineFuzzTest {

  private static final Configuration HADOOP = new Configuration();
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private record Read(List<String> lines, long inputBytes, boolean broken) {}

  private Read read(InputFile file, long pieceBytes, long maxLineBytes) throws IOException {
    List<String> lines = new ArrayList<>();
    long inputBytes = 0;
    boolean broken = false;
    for (Piece piece : Piece.cut(List.of(file), pieceBytes)) {
      try (LineSource source = new PieceInput(HADOOP, maxLineBytes).open(piece)) {
        for (RawLine line = source.next(); line != null; line = source.next()) {
          lines.add(line.offset() + ":" + text(line));
        }
        broken |= source.remains().isPresent();
        inputBytes += source.inputBytes();
      }
    }
    return new Read(lines, inputBytes, broken);
  }

  private static String text(RawLine line) throws IOException {
    return line instanceof RawLine.TooLong tooLong
        ? "too long " + tooLong.sha256()
        : new String(((RawLine.Whole) line).bytes(), ISO_8859_1);
  }

  private InputFile file(FileKind kind, byte[] bytes) throws IOException {
    Path path = Files.write(folder.resolve("x"), bytes);
    return new InputFile(path.toUri().toString(), kind, bytes.length, 0, null);
  }

  private static byte[] randomLines(Random random) {
    byte[] bytes = LineReaderTest.randomBytes(random);
    return random.nextBoolean() ? Fuzz.mutated(bytes, random) : bytes;
  }

  @Test
  void piecesOfAnySizeGiveTheLinesOfTheWholeFile() {
    Fuzz.run(
        "pieces of lines",
        random -> {
          InputFile file = file(FileKind.LINES, randomLines(random));
          long maxLineBytes = 1L + random.nextInt(40);
          Read whole;
          try {
            whole = read(file, Long.MAX_VALUE / 2, maxLineBytes);
          } catch (UnfitInputException e) {
            return;
          }
          Read cut = read(file, 1 + random.nextInt(60), maxLineBytes);
          assertThat(cut.lines()).isEqualTo(whole.lines());
          assertThat(cut.inputBytes()).isEqualTo(file.bytes()).isEqualTo(whole.inputBytes());
        });
  }

  @Test
  void elementsOfAnArrayAreThoseThatAJsonReaderFinds() {
    Fuzz.run(
        "elements of arrays",
        random -> {
          byte[] json = array(random).getBytes(UTF_8);
          byte[] bytes = random.nextInt(4) == 0 ? json : Fuzz.mutated(json, random);
          Read read;
          try {
            read = read(file(FileKind.ARRAY, bytes), 1, 1 << 20);
          } catch (UnfitInputException e) {
            return;
          }
          assertThat(read.inputBytes()).isEqualTo(bytes.length);
          if (isWhole(bytes)) {
            JsonNode expected = JSON.readTree(bytes);
            assertThat(read.broken()).isFalse();
            assertThat(read.lines()).hasSize(expected.size());
            for (int i = 0; i < expected.size(); i++) {
              String line = read.lines().get(i);
              String element = line.substring(line.indexOf(':') + 1);
              assertThat(JSON.readTree(element.getBytes(ISO_8859_1))).isEqualTo(expected.get(i));
            }
          }
        });
  }

  private static boolean isWhole(byte[] bytes) throws IOException {
    try (var parser = JSON.createParser(bytes)) {
      JsonNode node = JSON.readTree(parser);
      return node != null && node.isArray() && parser.nextToken() == null;
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static String array(Random random) {
    StringBuilder json = new StringBuilder("[");
    for (int i = random.nextInt(5); i > 0; i--) {
      json.append(value(random, 3)).append(i > 1 ? ", \n" : "");
    }
    return json.append("]").toString();
  }

  private static String value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 5)) {
      case 0 -> "\"a\\\"]},{[" + "\\\\".repeat(random.nextInt(3)) + "\u00e9\"";
      case 1 -> Double.toString(random.nextGaussian());
      case 2 -> "null";
      case 3 -> " true ";
      case 4 -> Integer.toString(random.nextInt());
      case 5 -> "[" + value(random, depth - 1) + ",\r\n" + value(random, depth - 1) + "]";
      default -> "{\"k\" : " + value(random, depth - 1) + "}";
    };
  }

  @Test
  void damagedArchivesAreReadOrRefused() {
    Fuzz.run(
        "archives",
        random -> {
          String text = new String(randomLines(random), ISO_8859_1).repeat(1 + random.nextInt(9));
          boolean gzip = random.nextBoolean();
          byte[] whole =
              gzip ? CompressedInputTest.gzip(text) : Zstd.compress(text.getBytes(UTF_8));
          byte[] bytes = Fuzz.mutated(whole, random);
          FileKind kind = gzip ? FileKind.GZIP_LINES : FileKind.ZSTD_LINES;
          try {
            Read read = read(file(kind, bytes), 1, 1 << 20);
            assertThat(read.inputBytes()).isEqualTo(bytes.length);
          } catch (IOException e) {
            assertThat(e).isNotInstanceOf(JsonProcessingException.class);
          }
        });
  }
}
