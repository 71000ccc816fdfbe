package io.touchstone.files.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.touchstone.conversation.format.FormatTable;
import io.touchstone.conversation.line.RawLine;
import io.touchstone.files.FileKind;
import io.touchstone.problem.UnfitInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public final class CompressedInputTest {

  private static final String LINES = "a line of text\r\nand another\n".repeat(40_000);

  @TempDir Path folder;

  private String read(FileKind kind, byte[] bytes) throws IOException {
    Path path = Files.write(folder.resolve("x"), bytes);
    InputFile file =
        new InputFile(path.toUri().toString(), kind, bytes.length, 0, FormatTable.HELPSTEER2);
    StringBuilder text = new StringBuilder();
    try (LineSource lines =
        new PieceInput(new Configuration(), 100).open(new Piece(0, file, 0, bytes.length))) {
      for (RawLine line = lines.next(); line != null; line = lines.next()) {
        text.append(new String(((RawLine.Whole) line).bytes(), UTF_8)).append('\n');
      }
      assertThat(lines.inputBytes()).isEqualTo(bytes.length);
    }
    return text.toString();
  }

  public static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] both(byte[] left, byte[] right) {
    byte[] both = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, both, left.length, right.length);
    return both;
  }

  @Test
  void readsGzipOfOneMemberSeveralAndPadding() throws IOException {
    String expected = LINES.replace("\r", "");
    byte[] one = gzip(LINES);
    assertThat(read(FileKind.GZIP_LINES, one)).isEqualTo(expected);
    assertThat(read(FileKind.GZIP_LINES, both(one, gzip("last")))).isEqualTo(expected + "last\n");
    assertThat(read(FileKind.GZIP_LINES, both(one, new byte[1_000]))).isEqualTo(expected);
    assertThat(read(FileKind.GZIP_LINES, new byte[0])).isEmpty();
  }

  @Test
  void refusesGzipThatIsCutOffWhereverTheCutIs() throws IOException {
    byte[] first = gzip(LINES);
    byte[] two = both(first, gzip("last"));
    for (int cut = first.length + 1; cut < two.length; cut++) {
      byte[] part = Arrays.copyOf(two, cut);
      assertThatThrownBy(() -> read(FileKind.GZIP_LINES, part)).isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> read(FileKind.GZIP_LINES, Arrays.copyOf(first, first.length / 2)))
        .hasMessage("Unexpected end of ZLIB input stream");
    assertThatThrownBy(() -> read(FileKind.GZIP_LINES, both(first, "garbage".getBytes(UTF_8))))
        .hasMessage(
            "gzip: expected the end of the file or another member after a member, found other"
                + " bytes");
  }

  public static byte[] bzip2(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new BZip2CompressorOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void readsBzip2OfOneStreamAndSeveral() throws IOException {
    String expected = LINES.replace("\r", "");
    byte[] one = bzip2(LINES);
    assertThat(read(FileKind.BZIP2_LINES, one)).isEqualTo(expected);
    assertThat(read(FileKind.BZIP2_LINES, both(one, bzip2("last")))).isEqualTo(expected + "last\n");
    assertThat(read(FileKind.BZIP2_LINES, bzip2(""))).isEmpty();
    assertThat(read(FileKind.BZIP2_LINES, new byte[0])).isEmpty();
  }

  @Test
  void refusesBzip2ThatIsCutOffWhereverTheCutIs() throws IOException {
    byte[] first = bzip2("a line of text\n");
    byte[] two = both(first, bzip2("last"));
    for (int cut = 1; cut < two.length; cut++) {
      byte[] part = Arrays.copyOf(two, cut);
      if (cut != first.length) {
        assertThatThrownBy(() -> read(FileKind.BZIP2_LINES, part)).isInstanceOf(IOException.class);
      }
    }
    assertThatThrownBy(() -> read(FileKind.BZIP2_LINES, both(first, "garbage".getBytes(UTF_8))))
        .hasMessage("Unexpected data after a valid BZip2 stream");
    assertThatThrownBy(() -> read(FileKind.BZIP2_LINES, "no bzip2".getBytes(UTF_8)))
        .hasMessage("Stream is not in the BZip2 format");
  }

  @Test
  void compressedArraysGiveTheirElementsAndCountTheBytesOnDisk() throws IOException {
    String rows = "{\"a\": 1},\n{\"a\": \"two\"},".repeat(20_000) + "{}";
    String expected =
        rows.replace("},\n", "}\n").replace("},{", "}\n{").replace("},", "}\n") + "\n";
    String json = "[" + rows + "]\n";
    assertThat(read(FileKind.GZIP_ARRAY, gzip(json))).isEqualTo(expected);
    assertThat(read(FileKind.BZIP2_ARRAY, bzip2(json))).isEqualTo(expected);
    assertThat(read(FileKind.ZSTD_ARRAY, Zstd.compress(json.getBytes(UTF_8)))).isEqualTo(expected);
  }

  @Test
  void refusesZstdWithALongWindowAndSaysHowToWriteItAgain() throws IOException {
    // Magic number, no flags, a window of 2^(10 + 18) bytes, one raw block of two bytes, the last.
    byte[] frame = HexFormat.of().parseHex("28b52ffd" + "00" + "90" + "110000" + "610a");
    byte[] shorter = frame.clone();
    shorter[5] = (byte) (17 << 3);
    assertThat(read(FileKind.ZSTD_LINES, shorter)).isEqualTo("a\n");
    assertThatThrownBy(() -> read(FileKind.ZSTD_LINES, frame))
        .isInstanceOf(UnfitInputException.class)
        .hasMessage(
            "expected zstd with a window of at most 128 MiB, found a larger one, of zstd --long:"
                + " write the file again, zstd -dc --long=31 FILE | zstd -o NEW");
  }

  @Test
  void readsZstdOfOneFrameAndSeveral() throws IOException {
    byte[] one = Zstd.compress(LINES.getBytes(UTF_8));
    byte[] two = both(one, Zstd.compress("last".getBytes(UTF_8)));
    assertThat(read(FileKind.ZSTD_LINES, two)).isEqualTo(LINES.replace("\r", "") + "last\n");
    assertThat(read(FileKind.ZSTD_LINES, new byte[0])).isEmpty();
  }

  @Test
  void refusesZstdThatIsCutOff() throws IOException {
    byte[] one = Zstd.compress(LINES.getBytes(UTF_8));
    for (int cut : new int[] {3, one.length / 2, one.length - 1}) {
      assertThatThrownBy(() -> read(FileKind.ZSTD_LINES, Arrays.copyOf(one, cut)))
          .isInstanceOf(IOException.class);
    }
  }
}
