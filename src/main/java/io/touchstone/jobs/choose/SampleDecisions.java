package io.touchstone.jobs.choose;

import io.touchstone.conversation.line.RowProblem;
import io.touchstone.jobs.ResultColumns;
import java.util.List;

/** Rows with ranks that no order gave, which show what a filter adds to them. */
public record SampleDecisions(FilterRequest request) implements ResultColumns.RowMaking {

  private static final Decision FIRST = new Decision(0, 1, 1);

  @Override
  public List<byte[]> rows(byte[] row) {
    try {
      FilterRequest.ReadRow read = request.read(row, null);
      return List.of(FilterRows.written(row, read, request, FIRST, new FilterRows.Ranked(1, 1)));
    } catch (RowProblem rejected) {
      return List.of();
    }
  }
}
