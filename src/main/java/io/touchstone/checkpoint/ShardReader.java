package io.touchstone.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Opens a safetensors file: eight bytes of length, a JSON header of that length, then the tensors,
 * one after another, without gaps, to the end of the file.
 */
final class ShardReader {
  static final long MAX_HEADER_BYTES = 100_000_000;

  private final Path file;
  private final FileProblems problems;

  private ShardReader(Path file, FileProblems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** Empty when the file's tensors cannot be told, which has then been reported. */
  static Optional<Shard> read(Path file, Problems problems) {
    FileProblems here = problems.in(String.valueOf(file.getFileName()));
    if (!Files.isRegularFile(file)) {
      here.add("expected a file, found " + (Files.exists(file) ? "something else" : "none"));
      return Optional.empty();
    }
    try {
      return new ShardReader(file, here).read();
    } catch (IOException e) {
      here.add(FolderFiles.unreadable(e));
      return Optional.empty();
    }
  }

  private Optional<Shard> read() throws IOException {
    long fileBytes = Files.size(file);
    if (fileBytes < Long.BYTES) {
      problems.add("expected at least 8 bytes, found " + fileBytes);
      return Optional.empty();
    }
    byte[] header;
    try (InputStream in = Files.newInputStream(file)) {
      long headerBytes =
          ByteBuffer.wrap(in.readNBytes(Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getLong();
      long most = Math.min(MAX_HEADER_BYTES, fileBytes - Long.BYTES);
      if (headerBytes < 0 || headerBytes > most) {
        problems.expected(
            "header", "a length of at most " + most, Long.toUnsignedString(headerBytes));
        return Optional.empty();
      }
      header = in.readNBytes((int) headerBytes);
    }
    int before = problems.all().count();
    List<HeaderEntry> entries = new ArrayList<>(HeaderParser.parse(header, problems));
    entries.sort(Comparator.comparingLong(HeaderEntry::begin).thenComparing(HeaderEntry::end));
    if (problems.all().count() == before) {
      checkLayout(entries, Long.BYTES + (long) header.length, fileBytes);
    }
    if (problems.all().count() > before) {
      return Optional.empty();
    }
    Map<String, HeaderEntry> byName = new LinkedHashMap<>();
    entries.forEach(entry -> byName.put(entry.name(), entry));
    return Optional.of(new Shard(file, Long.BYTES + (long) header.length, byName));
  }

  private void checkLayout(List<HeaderEntry> entries, long dataOffset, long fileBytes) {
    Problems shifted = new Problems();
    long end = 0;
    for (HeaderEntry entry : entries) {
      if (entry.begin() != end) {
        shifted
            .in(problems.file())
            .expected(
                "tensor " + Problems.shown(entry.name()),
                "data to begin at " + end + ", without gap or overlap",
                "" + entry.begin());
      }
      end = Math.max(end, entry.end());
    }
    problems.all().addSome("tensors out of place", shifted.lines());
    if (end != fileBytes - dataOffset) {
      String sum = Math.addExact(dataOffset, Math.min(end, Long.MAX_VALUE - dataOffset)) + " bytes";
      problems.add(
          "expected %s, as its header says, found %d%s"
              .formatted(sum, fileBytes, end > fileBytes - dataOffset ? " (truncated)" : ""));
    }
  }
}
