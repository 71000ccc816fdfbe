package io.touchstone.jobs.choose;

import io.touchstone.conversation.format.RowFormat;
import io.touchstone.files.read.NumberedLine;
import io.touchstone.selection.Rank;
import io.touchstone.selection.SelectRule;
import java.io.Serializable;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts the rows of one piece among the kept or the dropped ones. */
public final class FilterRows implements ChooseRule {

  private static final int KEPT = 0;
  private static final int DROPPED = 1;

  private final FilterRequest request;
  private final @Nullable RowFormat format;
  private final DecidedRows<Decision> decided;
  private final Ranked ranked;

  /**
   * The rows that are ranked in the whole job.
   *
   * @param rows their number; 0 if rows are not ranked
   * @param top how many of them stay
   */
  public record Ranked(long rows, long top) implements Serializable {
    public static final Ranked NONE = new Ranked(0, 0);
  }

  /**
   * @param decisions on the piece's rows that pass by themselves, in their order; none at all where
   *     the job does not look at all rows
   */
  public FilterRows(
      FilterRequest request,
      @Nullable RowFormat format,
      Iterator<Decision> decisions,
      Ranked ranked) {
    this.request = request;
    this.format = format;
    this.decided = new DecidedRows<>(decisions, Decision::position);
    this.ranked = ranked;
  }

  @Override
  public Outcome outcome(NumberedLine row) {
    byte[] line = row.bytes();
    FilterRequest.ReadRow read = request.read(line, format);
    FilterVerdict verdict = FilterVerdict.of(read.judged().verdict());
    Decision decision = Decision.unranked(0);
    if (verdict == FilterVerdict.KEPT && request.looksAtAll()) {
      decision = decided.on(row);
      verdict = verdict(decision);
    }
    // The first of the rows with its score stays.
    boolean tied = verdict == FilterVerdict.NOT_TOP && decision.rank() <= ranked.top;
    return new Outcome(
        verdict == FilterVerdict.KEPT ? KEPT : DROPPED,
        List.of(written(line, read, request, decision, ranked)),
        verdict.word(),
        tied ? new TreeMap<>(Map.of(FilterVerdict.TIED_WITH_TOP, 1L)) : Outcome.noNotes());
  }

  private FilterVerdict verdict(Decision decision) {
    if (decision.isDuplicate()) {
      return FilterVerdict.DUPLICATE;
    }
    return decision.place() > ranked.top && request.ranks()
        ? FilterVerdict.NOT_TOP
        : FilterVerdict.KEPT;
  }

  /** The line with what the job adds to it. */
  static byte[] written(
      byte[] line,
      FilterRequest.ReadRow read,
      FilterRequest request,
      Decision decision,
      Ranked ranked) {
    Map<String, String> fields = new LinkedHashMap<>();
    read.judged()
        .scalar()
        .ifPresent(value -> fields.put(SelectRule.SCALAR, Double.toString(value)));
    if (request.parts().contains(FilterRequest.Part.RANK) && decision.place() > 0) {
      Rank rank = new Rank(decision.place(), decision.rank());
      fields.put("rank", Long.toString(rank.rank()));
      fields.put("percentile", Double.toString(rank.percentile(ranked.rows)));
    }
    return fields.isEmpty() ? line : read.row().with(fields);
  }
}
