package io.touchstone.spark.choose;

import io.touchstone.conversation.line.RowProblem;
import io.touchstone.files.commit.PieceOutput;
import io.touchstone.files.commit.PieceOutputs;
import io.touchstone.files.read.NumberedLine;
import io.touchstone.files.read.Piece;
import io.touchstone.jobs.choose.ChooseRecord;
import io.touchstone.jobs.choose.ChooseRule;
import io.touchstone.reward.Rejected;
import io.touchstone.spark.attempt.OpenPiece;
import io.touchstone.spark.attempt.PieceWork;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts the rows of a piece where a rule wants them. */
final class ChooseWork implements PieceWork<ChooseRecord> {

  private final ChooseRule rule;
  private final SortedMap<String, Long> rejected = new TreeMap<>();
  private final SortedMap<String, Long> verdicts = new TreeMap<>();
  private final SortedMap<String, Long> notes = new TreeMap<>();

  ChooseWork(ChooseRule rule) {
    this.rule = rule;
  }

  @Override
  public ChooseRecord work(OpenPiece open) throws IOException {
    NumberedLines rows = new NumberedLines(open.lines(), open.piece(), open.counters());
    for (NumberedLine row = rows.next(); row != null; row = rows.next()) {
      if (isWritten(row, open.outputs())) {
        open.counters().rows().add(1);
      } else {
        open.counters().rejected().add(1);
      }
    }
    Optional<Rejected> remains = open.rejectRemains();
    remains.ifPresent(why -> count(rejected, why.kind()));
    open.outputs().finish();
    return record(open, rows, rows.rows() + (remains.isPresent() ? 1 : 0));
  }

  /** Writes what becomes of a row; false if it is rejected. */
  private boolean isWritten(NumberedLine row, PieceOutputs outputs) throws IOException {
    ChooseRule.Outcome outcome;
    try {
      outcome = rule.outcome(row);
    } catch (RowProblem problem) {
      Rejected why = new Rejected(problem.row().kind(), problem.row().reason());
      outputs.first().rejected(row.line(), why);
      count(rejected, why.kind());
      return false;
    }
    for (byte[] line : outcome.lines()) {
      outputs.of(outcome.folder()).row(line);
    }
    count(verdicts, outcome.verdict());
    outcome.notes().forEach((note, count) -> notes.merge(note, count, Long::sum));
    return true;
  }

  private static void count(SortedMap<String, Long> counts, String word) {
    counts.merge(word, 1L, Long::sum);
  }

  private ChooseRecord record(OpenPiece open, NumberedLines rows, long in) {
    Piece piece = open.piece();
    List<PieceOutput> outputs = open.outputs().outputs();
    return new ChooseRecord(
        piece.index(),
        piece.file().path(),
        piece.start(),
        open.lines().inputBytes(),
        in,
        rows.blank(),
        rejected,
        verdicts,
        notes,
        outputs.stream()
            .map(output -> new ChooseRecord.Written(output.rows(), output.partBytes()))
            .toList(),
        open.outputs().first().rejects(),
        open.wallNanos());
  }
}
