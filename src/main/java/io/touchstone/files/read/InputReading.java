package io.touchstone.files.read;

import io.touchstone.problem.Problem;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a job reads, and how.
 *
 * @param inputs files, folders or globs on any Hadoop filesystem
 * @param pieceBytes size at which files of plain lines are cut
 * @param maxLineBytes longer lines are rejected
 * @param dropped fields of rows that are left out as they are read
 */
public record InputReading(
    List<String> inputs, long pieceBytes, long maxLineBytes, SortedSet<String> dropped) {

  /** Lines within the limit are held in one array. */
  public static final long MOST_LINE_BYTES = 1L << 30;

  public InputReading {
    inputs = List.copyOf(inputs);
    dropped = Collections.unmodifiableSortedSet(new TreeSet<>(dropped));
    if (pieceBytes < 1) {
      throw new IllegalArgumentException(
          Problem.at("piece-bytes").expected("at least 1 byte").found(pieceBytes));
    }
    if (maxLineBytes < 1 || maxLineBytes > MOST_LINE_BYTES) {
      throw new IllegalArgumentException(
          Problem.at("max-line-bytes")
              .expected("1 to " + MOST_LINE_BYTES + " bytes")
              .found(maxLineBytes));
    }
  }

  /** Of rows as they are. */
  public InputReading(List<String> inputs, long pieceBytes, long maxLineBytes) {
    this(inputs, pieceBytes, maxLineBytes, new TreeSet<>());
  }

  /** What a job that writes to these folders is asked to read. */
  public InputRequest request(List<String> outputs, FormatChoice format) {
    return new InputRequest(inputs, outputs, maxLineBytes, format, dropped);
  }

  /** What an output folder's plan keeps; it has the inputs as the files that they were. */
  public SortedMap<String, String> settings() {
    SortedMap<String, String> settings = new TreeMap<>();
    settings.put("piece-bytes", Long.toString(pieceBytes));
    settings.put("max-line-bytes", Long.toString(maxLineBytes));
    if (!dropped.isEmpty()) {
      settings.put("drop-columns", String.join(",", dropped));
    }
    return settings;
  }
}
