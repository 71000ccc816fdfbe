package io.touchstone.files.read;

import io.touchstone.conversation.line.RawLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The lines at the beginning of a piece. */
public final class FirstLines implements Iterator<RawLine> {

  private final LineSource lines;
  private final int most;
  private int count;
  private @Nullable RawLine next;

  public FirstLines(LineSource lines, int most) {
    this.lines = lines;
    this.most = most;
  }

  @Override
  public boolean hasNext() {
    if (next == null && count < most) {
      try {
        next = lines.next();
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

  /** Whether there may be lines behind the last one given. */
  public boolean isCut() {
    return count >= most;
  }
}
