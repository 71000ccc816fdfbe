package io.touchstone.spark;

import io.touchstone.conversation.JsonRow;
import io.touchstone.conversation.MalformedRow;
import io.touchstone.conversation.ParsedLine;
import io.touchstone.conversation.Row;
import io.touchstone.conversation.RowFormat;
import io.touchstone.conversation.RowProblem;
import io.touchstone.conversation.RowReader;
import io.touchstone.conversation.ScoredTurns;
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
public record FilterAsk(FilterRule rule, TopLimit top, Set<Part> parts) implements Serializable {

  /** What else may be asked for. */
  public enum Part {
    /** Of equal conversations only the first stays. */
    DEDUP,
    /** Rank and percentile are written into the rows. */
    RANK
  }

  public FilterAsk {
    parts = Set.copyOf(parts);
    if (rule.by() == null && (!top.isNone() || parts.contains(Part.RANK))) {
      throw new IllegalArgumentException("by: expected a name to rank by, found none");
    }
  }

  boolean ranks() {
    return !top.isNone() || parts.contains(Part.RANK);
  }

  boolean dedups() {
    return parts.contains(Part.DEDUP);
  }

  /** Whether a row's fate depends on other rows. */
  boolean looksAtAll() {
    return ranks() || dedups();
  }

  /**
   * @throws RowProblem if the row lacks what is asked for
   */
  Reading read(byte[] line, @Nullable RowFormat format) {
    JsonRow row = JsonRow.read(line);
    FilterRule.Judged judged = rule.judge(row);
    if (!dedups() || format == null) {
      return new Reading(row, judged, null);
    }
    ParsedLine parsed = new RowReader(format, ScoredTurns.LAST).read(line);
    if (parsed instanceof MalformedRow bad) {
      throw new RowProblem(bad);
    }
    return new Reading(row, judged, (Row) parsed);
  }

  /**
   * A row that has all that is asked for.
   *
   * @param conversations null if they are not asked for
   */
  record Reading(JsonRow row, FilterRule.Judged judged, @Nullable Row conversations) {

    boolean passed() {
      return judged.verdict() == FilterRule.Verdict.PASSED;
    }

    double score() {
      return judged.score().orElse(0);
    }

    ConversationDigest digest() {
      if (conversations == null) {
        throw new IllegalStateException("conversations were not asked for");
      }
      return ConversationDigest.of(conversations.conversations());
    }
  }
}
