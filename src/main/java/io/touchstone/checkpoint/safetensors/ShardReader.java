package io.touchstone.checkpoint.safetensors;

import io.touchstone.problem.Problem;
import io.touchstone.problem.Problems;
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
public record ShardReader(Path file, Problem here, Problems problems) {
  static final long MAX_HEADER_BYTES = 100_000_000;

  /** Empty when the file's tensors cannot be told, which has then been reported. */
  public static Optional<Shard> read(Path file, Problems problems) {
    Problem here = Problem.in(name(file));
    try {
      return new ShardReader(file, here, problems).read();
    } catch (IOException e) {
      return problems.none(UnfitFile.unreadable(here, e));
    }
  }

  private static String name(Path file) {
    return Problem.shown(String.valueOf(file.getFileName()));
  }

  private Optional<Shard> read() throws IOException {
    if (!Files.isRegularFile(file)) {
      return problems.none(UnfitFile.noFile(here, file));
    }
    Optional<String> pointer = LfsPointer.problem(here, file);
    if (pointer.isPresent()) {
      return problems.none(pointer.get());
    }
    long fileBytes = Files.size(file);
    if (fileBytes < Long.BYTES) {
      return problems.none(here.expected("at least 8 bytes").found(fileBytes));
    }
    byte[] header;
    try (InputStream in = Files.newInputStream(file)) {
      long headerBytes =
          ByteBuffer.wrap(in.readNBytes(Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getLong();
      long most = Math.min(MAX_HEADER_BYTES, fileBytes - Long.BYTES);
      if (headerBytes < 0 || headerBytes > most) {
        return problems.none(
            here.field("header")
                .expected("a length of at most " + most)
                .found(Long.toUnsignedString(headerBytes)));
      }
      header = in.readNBytes((int) headerBytes);
    }
    List<String> found = new ArrayList<>();
    List<HeaderEntry> entries = new ArrayList<>(HeaderParser.parse(header, here, found));
    problems.addSome("problems in the header of " + name(file), found);
    entries.sort(Comparator.comparingLong(HeaderEntry::begin).thenComparing(HeaderEntry::end));
    long dataOffset = Long.BYTES + (long) header.length;
    if (!found.isEmpty() || !isLaidOut(entries, dataOffset, fileBytes)) {
      return Optional.empty();
    }
    Map<String, HeaderEntry> byName = new LinkedHashMap<>();
    entries.forEach(entry -> byName.put(entry.name(), entry));
    return Optional.of(new Shard(file, dataOffset, byName));
  }

  private boolean isLaidOut(List<HeaderEntry> entries, long dataOffset, long fileBytes) {
    List<String> shifted = new ArrayList<>();
    long end = 0;
    for (HeaderEntry entry : entries) {
      if (entry.begin() != end) {
        shifted.add(
            here.field("tensor " + Problem.shown(entry.name()))
                .expected("data to begin at " + end + ", without gap or overlap")
                .found(entry.begin()));
      }
      end = Math.max(end, entry.end());
    }
    problems.addSome("tensors out of place in " + name(file), shifted);
    if (end != fileBytes - dataOffset) {
      long sum = dataOffset + Math.min(end, Long.MAX_VALUE - dataOffset);
      problems.add(
          here.expected(sum + " bytes, as its header says")
              .found(fileBytes + (end > fileBytes - dataOffset ? " (truncated)" : "")));
    }
    return shifted.isEmpty() && end == fileBytes - dataOffset;
  }
}
