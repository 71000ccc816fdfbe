package io.touchstone.spark.generate;

import io.touchstone.jobs.generate.AnswerCounts;
import io.touchstone.jobs.generate.GenerateTotals;
import io.touchstone.jobs.generate.Repeats;
import io.touchstone.reward.Rejected;
import java.util.Arrays;
import java.util.TreeMap;

/** Adds up what became of a piece's lines. */
final class TotalsOfPiece {

  private final TreeMap<String, Long> rejected = new TreeMap<>();
  private final TreeMap<String, Long> notes = new TreeMap<>();
  private long in;
  private long blank;
  private AnswerCounts answers = AnswerCounts.NONE;
  private long presentedTokens;
  private long specialTokensInText;
  private long takenRows;
  private FinishedRow.Spent spent = FinishedRow.Spent.NOTHING;
  private long[] identities = new long[16];
  private int asked;
  private long out;

  void blank(long lines) {
    blank += lines;
  }

  void rejected(Rejected why) {
    in++;
    rejected.merge(why.kind(), 1L, Long::sum);
  }

  /**
   * @param taken whether an attempt before this one had finished it
   */
  void answered(FinishedRow row, boolean taken) {
    in++;
    out++;
    if (row.answers().count() > 0) {
      if (asked == identities.length) {
        identities = Arrays.copyOf(identities, 2 * asked);
      }
      identities[asked++] = row.identity();
    }
    row.notes().forEach(note -> notes.merge(note, 1L, Long::sum));
    answers = answers.plus(row.answers());
    presentedTokens += row.presentedTokens();
    specialTokensInText += row.specialTokensInText();
    takenRows += taken ? 1 : 0;
  }

  void spent(FinishedRow.Spent inAll) {
    spent = inAll;
  }

  GenerateTotals totals() {
    return new GenerateTotals(
        in,
        out,
        blank,
        rejected,
        notes,
        answers,
        presentedTokens,
        spent.computedTokens(),
        specialTokensInText,
        takenRows,
        spent.busyNanos(),
        Repeats.of(Arrays.copyOf(identities, asked)));
  }
}
