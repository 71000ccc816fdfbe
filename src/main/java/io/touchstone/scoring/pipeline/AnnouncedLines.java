package io.touchstone.scoring.pipeline;

import io.touchstone.conversation.line.RawLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Lines of which a watch is told before they are handed out, many at a time: telling costs. */
final class AnnouncedLines implements Iterator<RawLine> {

  /** After a death each of them is told of by itself. */
  static final int MOST_LINES = 4_096;

  private static final long MOST_BYTES = 4L << 20;

  private final Iterator<RawLine> lines;
  private final RowWatch watch;
  private final ArrayDeque<RawLine> told = new ArrayDeque<>();

  AnnouncedLines(Iterator<RawLine> lines, RowWatch watch) {
    this.lines = lines;
    this.watch = watch;
  }

  @Override
  public boolean hasNext() {
    return !told.isEmpty() || lines.hasNext();
  }

  @Override
  public RawLine next() {
    if (told.isEmpty()) {
      readAndTell();
    }
    return told.remove();
  }

  private void readAndTell() {
    if (!lines.hasNext()) {
      throw new NoSuchElementException("after the last line");
    }
    long bytes = 0;
    while (lines.hasNext() && told.size() < MOST_LINES && bytes < MOST_BYTES) {
      RawLine line = lines.next();
      told.add(line);
      bytes += line instanceof RawLine.Whole whole ? whole.bytes().length : 0;
    }
    try {
      watch.ahead(List.copyOf(told));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
