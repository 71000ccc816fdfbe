package io.touchstone.spark.choose;

import io.touchstone.conversation.line.RowProblem;
import io.touchstone.files.commit.CommitStore;
import io.touchstone.files.commit.OutputLayout;
import io.touchstone.files.commit.PieceOutput;
import io.touchstone.files.commit.PieceOutputs;
import io.touchstone.files.read.LineSource;
import io.touchstone.files.read.NumberedLine;
import io.touchstone.files.read.Piece;
import io.touchstone.files.read.PieceInput;
import io.touchstone.files.read.SpillFolder;
import io.touchstone.jobs.choose.ChooseRecord;
import io.touchstone.jobs.choose.ChooseRule;
import io.touchstone.jobs.choose.Outcome;
import io.touchstone.problem.JobException;
import io.touchstone.reward.Rejected;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One try, in one task, at putting the lines of one piece where they belong. */
final class ChooseAttempt {

  private static final Logger LOG = LoggerFactory.getLogger(ChooseAttempt.class);

  private final Piece piece;
  private final ChooseTask task;
  private final SortedMap<String, Long> rejected = new TreeMap<>();
  private final SortedMap<String, Long> verdicts = new TreeMap<>();
  private final SortedMap<String, Long> notes = new TreeMap<>();
  private final long begun = System.nanoTime();

  ChooseAttempt(Piece piece, ChooseTask task) {
    this.piece = piece;
    this.task = task;
  }

  /**
   * @throws JobException naming the piece and the cause
   */
  void run(ChooseRule rule) {
    try (SpillFolder spills = new SpillFolder()) {
      OutputLayout first = task.layouts().get(0);
      if (CommitStore.of(first, task.configuration()).files().exists(first.stats(piece.index()))) {
        LOG.info("{} is committed already", piece);
        return;
      }
      PieceInput input = new PieceInput(task.configuration(), task.maxLineBytes(), spills);
      try (LineSource lines = input.open(piece);
          PieceOutputs outputs =
              PieceOutputs.open(task.layouts(), task.configuration(), piece.index())) {
        NumberedLines rows = new NumberedLines(lines, piece, task.counters());
        write(rows, rule, outputs);
        long broken = lines.remains().isPresent() ? 1 : 0;
        if (lines.remains().isPresent()) {
          LineSource.Remains remains = lines.remains().get();
          outputs.first().rejected(remains.line(), remains.why());
          count(rejected, remains.why().kind());
        }
        outputs.finish();
        commit(outputs, stats(lines, rows, rows.rows() + broken, outputs));
      }
    } catch (UncheckedIOException e) {
      throw failed(Objects.requireNonNullElse(e.getCause(), e));
    } catch (IOException | RuntimeException e) {
      throw failed(e);
    }
  }

  private void write(NumberedLines rows, ChooseRule rule, PieceOutputs outputs) throws IOException {
    while (rows.hasNext()) {
      NumberedLine row = rows.next();
      Outcome outcome;
      try {
        outcome = rule.outcome(row);
      } catch (RowProblem problem) {
        Rejected why = new Rejected(problem.row().kind(), problem.row().reason());
        outputs.first().rejected(row.line(), why);
        count(rejected, why.kind());
        task.counters().rejected().add(1);
        continue;
      }
      for (byte[] line : outcome.lines()) {
        outputs.of(outcome.folder()).row(line);
      }
      count(verdicts, outcome.verdict());
      outcome.notes().forEach(note -> count(notes, note));
      task.counters().rows().add(1);
    }
  }

  private static void count(SortedMap<String, Long> counts, String word) {
    counts.merge(word, 1L, Long::sum);
  }

  private ChooseRecord stats(LineSource lines, NumberedLines rows, long in, PieceOutputs outputs) {
    List<ChooseRecord.Written> written = new ArrayList<>();
    for (int folder = 0; folder < task.layouts().size(); folder++) {
      PieceOutput output = outputs.of(folder);
      written.add(new ChooseRecord.Written(output.rows(), output.partBytes()));
    }
    return new ChooseRecord(
        piece.index(),
        piece.file().path(),
        piece.start(),
        lines.inputBytes(),
        in,
        rows.blank(),
        rejected,
        verdicts,
        notes,
        written,
        outputs.first().rejects(),
        System.nanoTime() - begun);
  }

  private void commit(PieceOutputs outputs, ChooseRecord stats) throws IOException {
    if (!stats.contradictions().isEmpty()) {
      throw new IOException(String.join("; ", stats.contradictions()));
    }
    if (outputs.commit(stats)) {
      LOG.info("{} committed: {} rows, {} rejected", piece, stats.in(), stats.rejects());
    } else {
      LOG.info("{} was committed by another attempt", piece);
    }
  }

  private JobException failed(Throwable cause) {
    String why = cause.getMessage();
    String message = piece + ": " + (why == null ? cause.getClass().getSimpleName() : why);
    LOG.error(message, cause);
    return new JobException(message, cause);
  }
}
