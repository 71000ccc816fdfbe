package io.touchstone.jobs.choose;

import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.jobs.ResultColumns;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows as if no other had their prompt, which show what joined ones look like. */
public record SampleGroups(GroupRequest request, RowFormat format)
    implements ResultColumns.RowMaking {

  /** What joined rows of a format become; empty for a file without rows. */
  public static Optional<ResultColumns.RowMaking> of(
      GroupRequest request, @Nullable RowFormat format) {
    return Optional.ofNullable(format)
        .map(known -> new SampleGroups(request, known))
        .map(
            joined ->
                request.rule() == null ? joined : new SampleSelection(request.rule(), joined));
  }

  @Override
  public List<byte[]> rows(byte[] row) {
    try {
      return List.of(request.alone(row, format));
    } catch (RowProblem rejected) {
      return List.of();
    }
  }

  /** What one row has as a number another may have as a text. */
  @Override
  public boolean isUniform() {
    return false;
  }
}
