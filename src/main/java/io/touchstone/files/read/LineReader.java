package io.touchstone.files.read;

import io.touchstone.conversation.line.ByteScan;
import io.touchstone.conversation.line.RawLine;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines of bytes: only LF ends one, a CR before it is dropped, the last needs none.
 *
 * <p>A byte order mark at offset 0 belongs to no line.
 */
public final class LineReader {

  public static final int BUFFER_BYTES = 256 << 10;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final InputStream in;
  private final LineBuffer line;
  private final byte[] buffer;
  private long bufferOffset;
  private int at;
  private int filled;

  /**
   * @param offset of the stream's first byte in the uncompressed file
   */
  LineReader(InputStream in, long offset, LineBuffer line) {
    this(in, offset, line, BUFFER_BYTES);
  }

  LineReader(InputStream in, long offset, LineBuffer line, int bufferBytes) {
    this.in = in;
    this.bufferOffset = offset;
    this.line = line;
    this.buffer = new byte[bufferBytes];
  }

  /** Offset of the byte after the last line that was read. */
  long position() {
    return bufferOffset + at;
  }

  /** The start of a file of which nothing is read yet; reading goes on with its first line. */
  TextStart start() throws IOException {
    begin();
    return new TextStart(buffer, lengthOfByteOrderMark(buffer, filled), filled);
  }

  /** Passes everything up to the next line's first byte, or some byte from {@code end} on. */
  void skipLine(long end) throws IOException {
    while (position() < end && (at < filled || fill())) {
      int newline = ByteScan.next('\n', buffer, at, filled);
      if (newline < filled) {
        at = newline + 1;
        return;
      }
      at = filled;
    }
  }

  /** The next line; null after the last. */
  @Nullable RawLine next() throws IOException {
    if (position() == 0) {
      skipByteOrderMark();
    }
    if (at == filled && !fill()) {
      return null;
    }
    long start = position();
    while (true) {
      int newline = ByteScan.next('\n', buffer, at, filled);
      int from = at;
      if (newline < filled) {
        at = newline + 1;
        if (line.isEmpty() && newline - from <= line.limit()) {
          int end = newline > from && buffer[newline - 1] == '\r' ? newline - 1 : newline;
          return new RawLine.Whole(line.source(), start, Arrays.copyOfRange(buffer, from, end));
        }
        line.append(buffer, from, newline);
        return line.endOfLine(start);
      }
      at = filled;
      line.append(buffer, from, filled);
      if (!fill()) {
        return line.endOfLine(start);
      }
    }
  }

  /** How many of a file's first bytes are a mark and no text. */
  static int lengthOfByteOrderMark(byte[] bytes, int count) {
    int length = BYTE_ORDER_MARK.length;
    return count >= length && Arrays.equals(bytes, 0, length, BYTE_ORDER_MARK, 0, length)
        ? length
        : 0;
  }

  private void skipByteOrderMark() throws IOException {
    if (filled == 0) {
      begin();
    }
    at = lengthOfByteOrderMark(buffer, filled);
  }

  /** As many bytes as the buffer holds, so that the file's start can be looked at. */
  private void begin() throws IOException {
    filled = in.readNBytes(buffer, 0, buffer.length);
  }

  private boolean fill() throws IOException {
    bufferOffset += filled;
    at = 0;
    filled = Math.max(0, in.read(buffer, 0, buffer.length));
    return filled > 0;
  }
}
