package io.touchstone.files.read;

import io.touchstone.conversation.line.RawLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a source for whoever takes them from an iterator. One thread's, but for {@link
 * #inputBytes()}.
 */
public final class LineIterator implements Iterator<RawLine> {

  private final LineSource lines;
  private final long most;
  private long count;
  private @Nullable RawLine next;
  private volatile long inputBytes;

  /** All lines. */
  public LineIterator(LineSource lines) {
    this(lines, Long.MAX_VALUE);
  }

  /** The first lines. */
  public LineIterator(LineSource lines, long most) {
    this.lines = lines;
    this.most = most;
  }

  @Override
  public boolean hasNext() {
    if (next == null && count < most) {
      try {
        next = lines.next();
        inputBytes = lines.inputBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return next != null;
  }

  @Override
  public RawLine next() {
    RawLine line = hasNext() ? next : null;
    if (line == null) {
      throw new NoSuchElementException("after the last line");
    }
    next = null;
    count++;
    return line;
  }

  /** What the source says as of the last line that was looked for. Any thread. */
  public long inputBytes() {
    return inputBytes;
  }

  /** Whether there may be lines behind the last one given. */
  public boolean isCut() {
    return count >= most;
  }
}
