package io.touchstone.jobs.choose;

import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.RowReader;
import io.touchstone.conversation.line.JsonRow;
import io.touchstone.conversation.line.MalformedRow;
import io.touchstone.conversation.line.ParsedLine;
import io.touchstone.conversation.line.Row;
import io.touchstone.conversation.line.RowProblem;
import io.touchstone.selection.ConversationDigest;
import io.touchstone.selection.FilterRule;
import io.touchstone.selection.TopLimit;
import java.io.Serializable;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a filter job is asked for.
 *
 * @param rule what each row must fulfil by itself
 * @param top how many of the rows that do may stay
 */
public record FilterRequest(FilterRule rule, TopLimit top, Set<Part> parts)
    implements Serializable {

  /** What else may be asked for. */
  public enum Part {
    /** Of equal conversations only the first stays. */
    DEDUP,
    /** Rank and percentile are written into the rows. */
    RANK
  }

  public FilterRequest {
    parts = Set.copyOf(parts);
    if (rule.by() == null && (!top.isNone() || parts.contains(Part.RANK))) {
      throw new IllegalArgumentException("by: expected a name to rank by, found none");
    }
  }

  public boolean ranks() {
    return !top.isNone() || parts.contains(Part.RANK);
  }

  public boolean dedups() {
    return parts.contains(Part.DEDUP);
  }

  /** Whether a row's fate depends on other rows. */
  public boolean looksAtAll() {
    return ranks() || dedups();
  }

  /**
   * @throws RowProblem if the row lacks what is asked for
   */
  public ReadRow read(byte[] line, @Nullable RowFormat format) {
    JsonRow row = JsonRow.read(line);
    FilterRule.Judged judged = rule.judge(row);
    if (!dedups() || format == null) {
      return new ReadRow(row, judged, null);
    }
    ParsedLine parsed = new RowReader(format).read(line);
    if (parsed instanceof MalformedRow bad) {
      throw new RowProblem(bad);
    }
    return new ReadRow(row, judged, (Row) parsed);
  }

  /**
   * A row that has all that is asked for.
   *
   * @param conversations null if they are not asked for
   */
  public record ReadRow(JsonRow row, FilterRule.Judged judged, @Nullable Row conversations) {

    public boolean passed() {
      return judged.verdict() == FilterRule.Verdict.PASSED;
    }

    public double score() {
      return judged.score().orElse(0);
    }

    public ConversationDigest digest() {
      if (conversations == null) {
        throw new IllegalStateException("conversations were not asked for");
      }
      return ConversationDigest.of(conversations.conversations());
    }
  }
}
