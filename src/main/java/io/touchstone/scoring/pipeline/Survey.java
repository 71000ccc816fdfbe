package io.touchstone.scoring.pipeline;

import io.touchstone.batch.LoadPacker;
import io.touchstone.batch.PackedLoad;
import io.touchstone.conversation.line.ParsedLine;
import io.touchstone.conversation.line.RawLine;
import io.touchstone.conversation.line.RowNote;
import io.touchstone.reward.Rejected;
import io.touchstone.reward.Reward;
import io.touchstone.scoring.KnownScores;
import io.touchstone.scoring.PreparedRow;
import io.touchstone.scoring.PromptKey;
import io.touchstone.scoring.Scorer;
import io.touchstone.scoring.pipeline.PendingLine.ToReject;
import io.touchstone.scoring.pipeline.PendingLine.ToScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Takes lines through all that stands before the model: what would be rejected, how long prompts
 * are, how many tokens are the same. What the model itself would refuse is not seen.
 */
public final class Survey {

  /** About 64 MB. */
  private static final int MOST_MET = 1 << 20;

  /** It is counted, and never read. */
  private static final Reward UNKNOWN_REWARD = new Reward(new float[] {0});

  private final Scorer scorer;
  private final Function<byte[], ParsedLine> reader;
  private final long groupBytes;
  private final int exampleTokens;
  private final Set<PromptKey> met;
  private final List<PreparedRow> examples = new ArrayList<>();
  private int tokensOfExamples;

  /**
   * @param reader from the UTF-8 bytes of a line to its row
   * @param groupBytes as the job's {@link Annotator#groupedBy} has them
   * @param exampleTokens rows are kept until they have so many tokens
   * @param met conversations that a job would know by then, as it has scored them; several surveys
   *     may share them
   */
  public Survey(
      Scorer scorer,
      Function<byte[], ParsedLine> reader,
      long groupBytes,
      int exampleTokens,
      Set<PromptKey> met) {
    this.met = met;
    this.groupBytes = groupBytes;
    this.scorer = scorer;
    this.reader = reader;
    this.exampleTokens = exampleTokens;
  }

  /**
   * Looks at every line.
   *
   * @param known scores that need not be computed; stays the caller's
   * @param progress is told what each load was
   */
  public SurveyTotals of(
      Iterator<RawLine> lines, KnownScores known, Consumer<SurveyTotals> progress) {
    SurveyTotals totals = SurveyTotals.NONE;
    LinePreparation preparation = new LinePreparation(reader, new Isolation(scorer), known);
    WindowReader windows = new WindowReader(lines, preparation, RowWatch.NONE, groupBytes);
    while (windows.hasNext()) {
      for (Load load : windows.next().loads()) {
        SurveyTotals seen = of(load);
        totals = totals.plus(seen);
        progress.accept(seen);
      }
    }
    return totals;
  }

  /** Rows to measure the model with. */
  public List<PreparedRow> examples() {
    return List.copyOf(examples);
  }

  private SurveyTotals of(Load load) {
    TreeMap<String, SurveyTotals.Refusals> refusals = new TreeMap<>();
    TreeMap<String, Long> notes = new TreeMap<>();
    TreeMap<Integer, Long> lengths = new TreeMap<>();
    LoadPacker packer = new LoadPacker();
    for (PendingLine line : load.lines()) {
      if (line instanceof ToReject bad) {
        Rejected why = bad.why();
        refusals.merge(
            why.kind(),
            new SurveyTotals.Refusals(1, bad.line().source(), bad.line().offset(), why.reason()),
            SurveyTotals.Refusals::plus);
      } else if (line instanceof ToScore row) {
        row.row().notes().forEach(note -> notes.merge(note.name(), 1L, Long::sum));
        if (row.recalled().counts().cutTexts() > 0) {
          notes.merge(RowNote.Kind.CUT_TEXT.word(), 1L, Long::sum);
        }
      }
    }
    List<RecalledRow> rows = load.rows().stream().map(row -> row.recall(this::asIfScored)).toList();
    List<PreparedRow> missing = RecalledRow.missing(rows);
    for (PreparedRow row : missing) {
      packer.add(row.tree());
      if (tokensOfExamples < exampleTokens) {
        examples.add(row);
        tokensOfExamples += row.distinctTokens();
      }
    }
    KnownTotals known = KnownTotals.NONE;
    for (RecalledRow row : rows) {
      row.counts().promptTokens().forEach(length -> lengths.merge(length, 1L, Long::sum));
      if (!row.keys().isEmpty()) {
        known = known.plus(row.totals(meet(row)));
      }
    }
    PackedLoad packed = packer.pack();
    return new SurveyTotals(
        load.lines().size(),
        load.blank(),
        refusals,
        notes,
        lengths,
        new SurveyTotals.Work(
            packed.tokens(),
            Arrays.stream(packed.positions()).mapToLong(position -> position + 1L).sum(),
            missing.stream().mapToLong(row -> row.tree().ends().length).sum(),
            missing.stream().mapToLong(PreparedRow::seenTokens).sum()),
        known,
        load.prepareNanos());
  }

  private Optional<Reward> asIfScored(PromptKey key) {
    return met.contains(key) ? Optional.of(UNKNOWN_REWARD) : Optional.empty();
  }

  /** How many of the row's missing conversations were not met before. */
  private int meet(RecalledRow row) {
    int added = 0;
    for (int i = 0; i < row.keys().size(); i++) {
      if (row.known().get(i).isEmpty() && met.size() < MOST_MET && met.add(row.keys().get(i))) {
        added++;
      }
    }
    return added;
  }
}
