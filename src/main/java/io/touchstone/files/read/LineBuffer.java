package io.touchstone.files.read;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.digest.Sha256;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Collects the bytes of one line after another; of one over the limit only how it begins. */
final class LineBuffer {

  private static final int USUAL = 16 << 10;

  private final String source;
  private final long limit;

  private byte[] held = new byte[USUAL];
  private long length;
  private byte last;

  /** Of a line over the limit: all its bytes but the last, which may be of the line's end. */
  private @Nullable MessageDigest digest;

  LineBuffer(String source, long limit) {
    this.source = source;
    this.limit = limit;
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

  void append(byte[] bytes, int from, int to) {
    int count = to - from;
    if (count == 0) {
      return;
    }
    // One byte more than the limit is held: it may be the carriage return of the line's end.
    if (digest == null && length + count <= limit + 1) {
      int needed = Math.toIntExact(length + count);
      if (needed > held.length) {
        held = Arrays.copyOf(held, (int) Math.min(limit + 1, Math.max(needed, held.length * 2L)));
      }
      System.arraycopy(bytes, from, held, (int) length, count);
    } else {
      pass(bytes, from, to);
    }
    length += count;
    last = bytes[to - 1];
  }

  private void pass(byte[] bytes, int from, int to) {
    MessageDigest passing = digesting();
    if (length > 0) {
      passing.update(last);
    }
    passing.update(bytes, from, to - 1 - from);
    if (length < RawLine.TooLong.HEAD_BYTES) {
      int more = (int) Math.min(RawLine.TooLong.HEAD_BYTES - length, to - from);
      System.arraycopy(bytes, from, held, (int) length, more);
    }
  }

  private MessageDigest digesting() {
    if (digest == null) {
      digest = Sha256.begin();
      digest.update(held, 0, (int) Math.max(0, length - 1));
      held = Arrays.copyOf(held, USUAL);
    }
    return digest;
  }

  /** The line without a carriage return at its end; the buffer is empty afterwards. */
  RawLine endOfLine(long offset) {
    boolean carriageReturn = length > 0 && last == '\r';
    return take(offset, carriageReturn ? length - 1 : length);
  }

  /** The bytes as they are; the buffer is empty afterwards. */
  RawLine take(long offset) {
    return take(offset, length);
  }

  private RawLine take(long offset, long size) {
    RawLine line =
        digest == null && size <= limit
            ? new RawLine.Whole(source, offset, Arrays.copyOf(held, (int) size))
            : tooLong(offset, size);
    digest = null;
    length = 0;
    if (held.length > 1 << 20) {
      held = new byte[USUAL];
    }
    return line;
  }

  private RawLine.TooLong tooLong(long offset, long size) {
    MessageDigest whole = digesting();
    if (size == length) {
      whole.update(last);
    }
    byte[] head = Arrays.copyOf(held, (int) Math.min(size, RawLine.TooLong.HEAD_BYTES));
    return new RawLine.TooLong(
        source, offset, size, limit, head, HexFormat.of().formatHex(whole.digest()));
  }
}
