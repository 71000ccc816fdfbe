package io.touchstone.spark.generate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.touchstone.files.JsonFile;
import io.touchstone.files.commit.AttemptFolder;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.Syncable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of a piece that are done, those of attempts before this one among them: each stands in a
 * file of its attempt from the moment at which it is done, whatever becomes of the process.
 *
 * <p>A row is a line, its checksum in front (CRC-32C of the JSON, in hex): a line that was cut
 * short or changed ends what is read of its file. Where a filesystem shows a file only when it is
 * closed, an attempt begins another one every {@value #SEGMENT_SECONDS} seconds: what is not closed
 * when a process dies is lost there. Files stay until the piece is {@linkplain #forget forgotten}.
 * One thread.
 */
final class FinishedRows implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(FinishedRows.class);

  static final long SEGMENT_SECONDS = 30;

  private static final int CHECKSUM_DIGITS = 8;
  private static final int BUFFER_BYTES = 256 << 10;

  private final AttemptFolder folder;
  private final int piece;
  private final String attempt;
  private final List<Path> files = new ArrayList<>();
  private final Map<Long, Place> places = new HashMap<>();
  private final Map<String, FinishedRow.Spent> spentBefore = new HashMap<>();
  private int segments;
  private @Nullable OutputStream out;
  private boolean isLive;
  private long written;
  private long segmentBegun;
  private @Nullable Reading reading;

  /** Where a row stands. */
  private record Place(
      Path file, long start, int length, String digest, boolean isRejected, boolean isEarlier) {

    static Place of(FinishedRow row, Path file, long start, int length, boolean isEarlier) {
      return new Place(file, start, length, row.digest(), row.rejected() != null, isEarlier);
    }
  }

  /** Segments of one attempt go on where the one before them has ended. */
  private static String attemptOf(Path file) {
    String name = file.getName();
    return name.substring(0, name.lastIndexOf('-'));
  }

  private record Reading(Path file, FSDataInputStream in) {}

  private FinishedRows(AttemptFolder folder, int piece, String attempt) {
    this.folder = folder;
    this.piece = piece;
    this.attempt = attempt;
  }

  /** Reads what attempts before this one have left. */
  static FinishedRows open(AttemptFolder folder, int piece, String attempt) throws IOException {
    FinishedRows rows = new FinishedRows(folder, piece, attempt);
    for (FileStatus file : folder.store().list(folder.layout().attemptsFolder())) {
      if (folder.layout().isOfFinishedRows(piece, file.getPath().getName())) {
        rows.readEarlier(file.getPath());
      }
    }
    if (!rows.places.isEmpty()) {
      LOG.info(
          "[{}] piece {}: {} lines were done by attempts that are gone",
          folder.layout().folder(),
          piece,
          rows.places.size());
    }
    return rows;
  }

  private void readEarlier(Path file) throws IOException {
    files.add(file);
    long start = 0;
    try (InputStream in =
        new BufferedInputStream(folder.store().files().open(file), BUFFER_BYTES)) {
      for (byte[] line = line(in); line.length > 0; line = line(in)) {
        Optional<FinishedRow> row = row(line);
        if (row.isEmpty()) {
          LOG.warn("{}: expected whole lines, found one that is none at byte {}", file, start);
          return;
        }
        FinishedRow done = row.get();
        spentBefore.merge(attemptOf(file), done.spent(), FinishedRow.Spent::later);
        places.putIfAbsent(done.offset(), Place.of(done, file, start, line.length, true));
        start += line.length;
      }
    } catch (FileNotFoundException e) {
      LOG.debug("{} was taken back in between", file);
    }
  }

  /** With its end, if it has one; empty at the end of the file. */
  private static byte[] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int unit = in.read(); unit >= 0; unit = in.read()) {
      line.write(unit);
      if (unit == '\n') {
        break;
      }
    }
    return line.toByteArray();
  }

  private static Optional<FinishedRow> row(byte[] line) throws IOException {
    int json = CHECKSUM_DIGITS + 1;
    if (line.length <= json || line[line.length - 1] != '\n') {
      return Optional.empty();
    }
    byte[] text = Arrays.copyOfRange(line, json, line.length - 1);
    String found = new String(line, 0, CHECKSUM_DIGITS, UTF_8);
    return found.equals(checksum(text))
        ? Optional.of(JsonFile.read(text, FinishedRow.class))
        : Optional.empty();
  }

  private static String checksum(byte[] text) {
    CRC32C sum = new CRC32C();
    sum.update(text);
    return String.format(Locale.ROOT, "%08x", sum.getValue());
  }

  /** Whether the line is done, by this attempt or one before. */
  boolean has(long offset, String digest) {
    Place place = places.get(offset);
    return place != null && place.digest.equals(digest);
  }

  /** What the attempts before this one had spent. */
  FinishedRow.Spent spentBefore() {
    return spentBefore.values().stream().reduce(FinishedRow.Spent.NOTHING, FinishedRow.Spent::plus);
  }

  /** When it returns, the row outlives this process, where the filesystem can see to it. */
  void add(FinishedRow row) throws IOException {
    byte[] json = JsonFile.line(row);
    byte[] line = (checksum(json) + " " + new String(json, UTF_8) + "\n").getBytes(UTF_8);
    OutputStream to = segment();
    to.write(line);
    if (isLive && to instanceof Syncable remote) {
      remote.hflush();
    }
    places.put(
        row.offset(), Place.of(row, files.get(files.size() - 1), written, line.length, false));
    written += line.length;
  }

  private OutputStream segment() throws IOException {
    if (out != null
        && !isLive
        && System.nanoTime() - segmentBegun > SEGMENT_SECONDS * 1_000_000_000L) {
      endSegment();
    }
    if (out == null) {
      Path file = folder.layout().finishedRows(piece, attempt, segments++);
      Optional<OutputStream> live = folder.store().createLive(file);
      isLive = live.isPresent();
      out = isLive ? live.get() : folder.store().files().create(file, true);
      files.add(file);
      written = 0;
      segmentBegun = System.nanoTime();
    }
    return out;
  }

  private void endSegment() throws IOException {
    OutputStream ending = out;
    out = null;
    if (ending != null) {
      ending.close();
    }
  }

  /** No row is added any more, and all may be read. */
  void finish() throws IOException {
    endSegment();
  }

  /**
   * What became of a line that {@linkplain #has is} done.
   *
   * @throws IOException also where its file is not what it was
   */
  FinishedRow read(long offset) throws IOException {
    Place place = places.get(offset);
    if (place == null) {
      throw new IOException("expected what became of the line at byte " + offset + ", found none");
    }
    FSDataInputStream in = at(place.file);
    byte[] line = new byte[place.length];
    try {
      in.seek(place.start);
      in.readFully(line);
    } catch (EOFException e) {
      throw changed(place, e);
    }
    return row(line).orElseThrow(() -> changed(place, null));
  }

  private static IOException changed(Place place, @Nullable Throwable cause) {
    return new IOException(
        "[" + place.file + "] expected a row at byte " + place.start + ", found another content",
        cause);
  }

  /** Whether a line that is done is set aside. */
  boolean isRejected(long offset) {
    Place place = places.get(offset);
    return place != null && place.isRejected;
  }

  /** Whether an attempt before this one has done the line. */
  boolean isEarlier(long offset) {
    Place place = places.get(offset);
    return place != null && place.isEarlier;
  }

  private FSDataInputStream at(Path file) throws IOException {
    if (reading == null || !reading.file.equals(file)) {
      closeReading();
      reading = new Reading(file, folder.store().files().open(file));
    }
    return reading.in;
  }

  private void closeReading() throws IOException {
    if (reading != null) {
      reading.in.close();
      reading = null;
    }
  }

  /** After the piece is committed. */
  void forget() throws IOException {
    for (Path file : files) {
      folder.store().files().delete(file, false);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      endSegment();
    } finally {
      closeReading();
    }
  }
}
