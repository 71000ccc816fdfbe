package io.touchstone.files.read;

import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.RawLine;
import io.touchstone.conversation.line.RowProblem;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lines without some of the fields that their rows have, all others as they stand; lines that are
 * no rows stay whole.
 */
record DroppedFields(LineSource lines, Set<String> dropped) implements LineSource {

  @Override
  public @Nullable RawLine next() throws IOException {
    RawLine line = lines.next();
    return line instanceof RawLine.Whole whole && !line.isBlank()
        ? new RawLine.Whole(whole.source(), whole.offset(), without(whole.bytes()))
        : line;
  }

  private byte[] without(byte[] line) {
    try {
      JsonRow row = JsonRow.read(line);
      return Collections.disjoint(row.names(), dropped) ? line : row.rebuilt(Map.of(), dropped);
    } catch (RowProblem noRow) {
      return line;
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
