package io.touchstone.files.read;

import io.touchstone.conversation.line.RawLine;
import io.touchstone.files.CountedInput;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The lines of a whole compressed file. */
final class CompressedLines implements LineSource {

  private final CountedInput compressed;
  private final InputStream plain;
  private final LineReader reader;

  CompressedLines(CountedInput compressed, InputStream plain, LineBuffer buffer) {
    this.compressed = compressed;
    this.plain = plain;
    this.reader = new LineReader(plain, 0, buffer);
  }

  @Override
  public @Nullable RawLine next() throws IOException {
    return reader.next();
  }

  @Override
  public long inputBytes() {
    return compressed.count();
  }

  @Override
  public void close() throws IOException {
    plain.close();
  }
}
