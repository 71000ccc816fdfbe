package io.touchstone.jobs.annotate;

import io.touchstone.conversation.format.RowFormat;
import io.touchstone.conversation.format.RowReader;
import io.touchstone.conversation.line.RawLine;
import io.touchstone.conversation.line.Row;
import io.touchstone.files.FileKind;
import io.touchstone.files.columns.Columns;
import io.touchstone.files.columns.RecordSource;
import io.touchstone.files.read.InputFile;
import io.touchstone.files.read.LineSource;
import io.touchstone.files.read.Piece;
import io.touchstone.problem.Refused;
import io.touchstone.reward.Reward;
import io.touchstone.reward.RewardText;
import io.touchstone.reward.Scored;
import io.touchstone.scoring.pipeline.RowText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Finds the columns of a result before any row is scored: those of Parquet inputs are theirs, those
 * of lines are what the first of them show, and what the job adds is seen by giving these rows a
 * score that no model gave.
 */
final class PartColumns {

  private static final int MOST_ROWS = 1_000;
  private static final long MOST_BYTES = 4 << 20;

  private final AnnotatePlan plan;
  private final Configuration hadoop;
  private final RewardText text;
  private boolean complete = true;

  PartColumns(AnnotatePlan plan, Configuration hadoop) {
    this.plan = plan;
    this.hadoop = hadoop;
    this.text = plan.config().labels().text(plan.model().attributes(), plan.config().writing());
  }

  /**
   * @throws Refused if a file cannot be read
   */
  Columns of(List<InputFile> files) {
    Columns columns = Columns.none();
    List<String> problems = new ArrayList<>();
    for (InputFile file : files) {
      RowFormat format = file.format();
      if (format != null) {
        try {
          columns = columns.merged(of(file, format));
        } catch (IOException e) {
          problems.add("[" + file.path() + "] cannot be read: " + e.getMessage());
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new Refused(problems);
    }
    return complete ? columns.settled() : columns.withExtra();
  }

  private Columns of(InputFile file, RowFormat format) throws IOException {
    Sample sample = sample(file, format);
    if (file.kind() != FileKind.PARQUET) {
      // A line after those that were looked at may have any field.
      complete = false;
      return sample.rows;
    }
    complete &= sample.scorable > 0;
    return RecordSource.footer(new Path(file.path()), hadoop).columns().overwritten(sample.written);
  }

  /**
   * @param rows what rows with scores show
   * @param written what of it the scores have changed
   */
  private record Sample(Columns rows, Columns written, int scorable) {}

  private Sample sample(InputFile file, RowFormat format) throws IOException {
    RowReader reader =
        new RowReader(format, plan.config().rules(), plan.config().writing().fields());
    Sample sample = new Sample(Columns.none(), Columns.none(), 0);
    long bytes = 0;
    long maxLineBytes = plan.config().reading().maxLineBytes();
    try (LineSource lines = LineSource.of(Piece.whole(file), maxLineBytes, hadoop)) {
      for (int i = 0; i < MOST_ROWS && bytes < MOST_BYTES; i++) {
        RawLine line = lines.next();
        if (line == null) {
          break;
        }
        if (line instanceof RawLine.Whole whole) {
          bytes += whole.bytes().length;
          if (reader.read(whole.bytes()) instanceof Row row) {
            Scored scored = new Scored(rewards(row));
            if (RowText.unwritable(row, scored, text).isEmpty()) {
              sample = with(sample, whole.bytes(), RowText.of(row, scored, text));
            }
          }
        }
      }
    }
    return sample;
  }

  private static Sample with(Sample sample, byte[] before, byte[] after) throws IOException {
    Columns shown = Columns.shown(after);
    return new Sample(
        sample.rows.merged(shown),
        sample.written.merged(shown.changedFrom(Columns.shown(before))),
        sample.scorable + 1);
  }

  private List<Reward> rewards(Row row) {
    int names =
        row.principles().map(own -> own.texts().size()).orElse(text.attributes().names().size());
    return Collections.nCopies(row.conversations().size(), ExampleReward.of(text, names));
  }
}
