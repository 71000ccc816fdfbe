package io.touchstone.files.read;

import io.touchstone.conversation.line.RawLine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects the bytes of one line after another; over the limit they go to disk. */
final class LineBuffer {

  private static final int USUAL = 16 << 10;

  private final String source;
  private final long limit;
  private final SpillFolder spills;

  private byte[] held = new byte[USUAL];
  private long length;
  private byte last;
  private @Nullable Path spill;
  private @Nullable OutputStream spilling;

  LineBuffer(String source, long limit, SpillFolder spills) {
    this.source = source;
    this.limit = limit;
    this.spills = spills;
  }

  String source() {
    return source;
  }

  long limit() {
    return limit;
  }

  boolean isEmpty() {
    return length == 0;
  }

  void append(byte[] bytes, int from, int to) throws IOException {
    int count = to - from;
    if (count == 0) {
      return;
    }
    // One byte more than the limit is held: it may be the carriage return of the line's end.
    if (spilling == null && length + count <= limit + 1) {
      int needed = Math.toIntExact(length + count);
      if (needed > held.length) {
        held = Arrays.copyOf(held, (int) Math.min(limit + 1, Math.max(needed, held.length * 2L)));
      }
      System.arraycopy(bytes, from, held, (int) length, count);
    } else {
      spilling().write(bytes, from, count);
    }
    length += count;
    last = bytes[to - 1];
  }

  /** The line without a carriage return at its end; the buffer is empty afterwards. */
  RawLine endOfLine(long offset) throws IOException {
    boolean carriageReturn = length > 0 && last == '\r';
    return take(offset, carriageReturn ? length - 1 : length);
  }

  /** The bytes as they are; the buffer is empty afterwards. */
  RawLine take(long offset) throws IOException {
    return take(offset, length);
  }

  private RawLine take(long offset, long size) throws IOException {
    RawLine line;
    if (spilling == null && size <= limit) {
      line = new RawLine.Whole(source, offset, Arrays.copyOf(held, (int) size));
    } else {
      spilling().close();
      Path file = spillFile();
      if (size < length) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.truncate(size);
        }
      }
      line = new RawLine.TooLong(source, offset, size, limit, file);
    }
    spilling = null;
    spill = null;
    length = 0;
    if (held.length > 1 << 20) {
      held = new byte[USUAL];
    }
    return line;
  }

  private OutputStream spilling() throws IOException {
    if (spilling == null) {
      spilling = Files.newOutputStream(spillFile());
      spilling.write(held, 0, (int) length);
    }
    return spilling;
  }

  private Path spillFile() throws IOException {
    if (spill == null) {
      spill = spills.newFile();
    }
    return spill;
  }
}
