package io.touchstone.scoring;

import io.touchstone.batch.LoadPacker;
import io.touchstone.batch.PackedLoad;
import io.touchstone.conversation.ParsedLine;
import io.touchstone.conversation.RawLine;
import io.touchstone.reward.Rejected;
import io.touchstone.scoring.PendingLine.ToReject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Takes lines through all that stands before the model: what would be rejected, how long prompts
 * are, how many tokens are the same. What the model itself would refuse is not seen.
 */
public final class Survey {

  private final Scorer scorer;
  private final Function<byte[], ParsedLine> reader;
  private final int exampleTokens;
  private final List<PreparedRow> examples = new ArrayList<>();
  private int tokensOfExamples;

  /**
   * @param reader from the UTF-8 bytes of a line to its row
   * @param exampleTokens rows are kept until they have so many tokens
   */
  public Survey(Scorer scorer, Function<byte[], ParsedLine> reader, int exampleTokens) {
    this.scorer = scorer;
    this.reader = reader;
    this.exampleTokens = exampleTokens;
  }

  /**
   * Looks at every line.
   *
   * @param progress is told what each load was
   */
  public SurveyTotals of(Iterator<RawLine> lines, Consumer<SurveyTotals> progress) {
    SurveyTotals totals = SurveyTotals.NONE;
    LinePreparation preparation =
        new LinePreparation(reader, new Isolation(scorer), KnownScores.NONE);
    LoadReader loads = new LoadReader(lines, preparation, new Unwatched());
    while (loads.hasNext()) {
      SurveyTotals load = of(loads.next());
      totals = totals.plus(load);
      progress.accept(load);
    }
    return totals;
  }

  /** Rows to measure the model with. */
  public List<PreparedRow> examples() {
    return List.copyOf(examples);
  }

  private SurveyTotals of(Load load) {
    TreeMap<String, SurveyTotals.Refusals> refusals = new TreeMap<>();
    TreeMap<Integer, Long> lengths = new TreeMap<>();
    LoadPacker packer = new LoadPacker();
    for (PendingLine line : load.lines()) {
      if (line instanceof ToReject bad) {
        Rejected why = bad.why();
        refusals.merge(
            why.kind(),
            new SurveyTotals.Refusals(1, bad.line().source(), bad.line().offset(), why.reason()),
            SurveyTotals.Refusals::plus);
      }
    }
    for (PreparedRow row : RecalledRow.missing(load.rows())) {
      packer.add(row.tree());
      row.promptTokens().forEach(length -> lengths.merge(length, 1L, Long::sum));
      if (tokensOfExamples < exampleTokens) {
        examples.add(row);
        tokensOfExamples += row.distinctTokens();
      }
    }
    PackedLoad packed = packer.pack();
    return new SurveyTotals(
        load.lines().size(),
        load.blank(),
        refusals,
        lengths,
        packed.tokens(),
        Arrays.stream(packed.positions()).mapToLong(position -> position + 1L).sum(),
        load.prepareNanos());
  }
}
