package io.touchstone.jobs.choose;

import io.touchstone.conversation.line.RowProblem;
import io.touchstone.jobs.ResultColumns;
import io.touchstone.selection.PairRule;
import io.touchstone.selection.SelectRule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What is selected from rows with scores, or from rows that another job is yet to score.
 *
 * @param scoring what that job makes of a row
 */
public record SampleSelection(SelectRule rule, ResultColumns.RowMaking scoring)
    implements ResultColumns.RowMaking {

  /** From rows with scores. */
  public SampleSelection(SelectRule rule) {
    this(rule, List::of);
  }

  /** Pairs are shown by whatever rows have two scores, however near these are. */
  public SampleSelection {
    if (rule.choice() instanceof PairRule pairs) {
      PairRule any = new PairRule(pairs.which(), BigDecimal.ZERO, 1);
      rule = new SelectRule(rule.by(), rule.scalar(), any, rule.names());
    }
  }

  @Override
  public List<byte[]> rows(byte[] row) {
    List<byte[]> selected = new ArrayList<>();
    for (byte[] scored : scoring.rows(row)) {
      try {
        selected.addAll(rule.select(scored).lines());
      } catch (RowProblem rejected) {
        // It has no place among the rows of the result.
        continue;
      }
    }
    return selected;
  }

  /** One candidate's share of a list may be of another kind than the next one's. */
  @Override
  public boolean isUniform() {
    return false;
  }
}
