package io.touchstone.files.read;

import io.touchstone.conversation.line.RawLine;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/** Lines of a file whose {@linkplain ReadFailure failures} are told in words that help. */
record ExplainedLines(LineSource lines, Path file) implements LineSource {

  @Override
  public @Nullable RawLine next() throws IOException {
    try {
      return lines.next();
    } catch (IOException e) {
      throw ReadFailure.explained(e, file);
    }
  }

  @Override
  public Optional<Remains> remains() {
    return lines.remains();
  }

  @Override
  public long inputBytes() {
    return lines.inputBytes();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
