package io.touchstone.files.read;

import io.touchstone.conversation.line.RawLine;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lines with a spill folder of their own, which goes when they are closed. */
record SpillingLines(LineSource lines, SpillFolder spills) implements LineSource {

  @Override
  public @Nullable RawLine next() throws IOException {
    return lines.next();
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
    try (spills) {
      lines.close();
    }
  }
}
